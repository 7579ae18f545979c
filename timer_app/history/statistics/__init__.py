"""Statistics of the history."""
