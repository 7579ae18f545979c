"""The Settings page: what the person chooses."""
