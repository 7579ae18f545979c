"""Figures worked out from the history."""
