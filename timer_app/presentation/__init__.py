"""What a view shows, worked out without Qt; the window and the terminal use it."""
