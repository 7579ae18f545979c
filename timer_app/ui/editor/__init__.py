"""The editor: a session as a tree of steps with a form, as a drawing, and as text."""
