"""The text of a session file while it is typed: tokens, the caret's context, completion."""
