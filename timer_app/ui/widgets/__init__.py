"""Controls that every page uses, in the one look."""
