"""The player: a frozen state and pure functions over it. Time is an argument."""
