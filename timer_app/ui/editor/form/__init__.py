"""The editor's form of a step."""
