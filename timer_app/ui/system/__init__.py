"""What the window asks of the computer that it runs on: awake, media keys, one instance, and the crash report."""
