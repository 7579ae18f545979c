"""What was done: the SQLite store and all that is worked out from it."""
