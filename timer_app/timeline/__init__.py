"""The timeline of a session: every interval and every spoken line, worked out before the start."""
