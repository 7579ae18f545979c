"""Histories in and out: JSON, CSV, calendars, other computers."""
