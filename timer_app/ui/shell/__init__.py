"""The main window: navigation, notices, reminders, and what is made ahead."""
