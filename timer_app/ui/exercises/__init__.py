"""The Exercises page: what there is to do, and how it is done."""
