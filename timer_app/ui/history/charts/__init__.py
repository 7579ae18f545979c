"""The charts of the History page."""
