"""The form of a step: its fields, and what an edited field changes in the text."""
