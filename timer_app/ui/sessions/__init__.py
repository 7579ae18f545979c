"""The Sessions page: what there is to do, in full, and what starts it."""
