"""The drawn person on the screen, and on a sheet."""
