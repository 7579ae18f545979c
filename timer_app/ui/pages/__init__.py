"""Pages that need no package of their own: help and welcome."""
