"""The dialog that chooses an exercise."""
