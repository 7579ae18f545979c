"""What will happen: every interval, and every line that is spoken, worked out before the start."""
