"""The editor's tree of steps."""
