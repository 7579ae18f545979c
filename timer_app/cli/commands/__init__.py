"""A module for each command, loaded when the command is run; its `run` takes the context and the options."""
