"""YAML text to checked values: a tree with positions, errors with lines and columns, tables of fields."""
