"""Changing a session file by hand and by form: one document, one history, whatever the changes come from."""
