"""Compute what views show, without Qt, for the window and the command line."""
