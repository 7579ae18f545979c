"""What to do next: the day's suggestion, and when to progress."""
