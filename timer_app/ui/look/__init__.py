"""How the program looks: theme, colours, sizes, icons."""
