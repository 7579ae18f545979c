"""The pages of a running and of an ended session."""
