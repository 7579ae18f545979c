"""The drawn person: poses, their parser, the skeleton and its movement."""
