"""Exercise figures: poses, their parser, the skeleton and its movement."""
