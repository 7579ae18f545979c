"""The catalogue: names of exercises, how to do them, their cautions and their usual tempo."""
