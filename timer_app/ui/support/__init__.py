"""Shared services of the pages: messages, background tasks, settings, the session driver."""
