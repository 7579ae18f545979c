"""The run: a session as it is done, and what was done at its end."""
