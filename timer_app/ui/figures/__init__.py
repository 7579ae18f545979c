"""Draw the animated figure of an exercise."""
