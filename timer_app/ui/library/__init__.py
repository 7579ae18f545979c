"""The Sessions page: what there is to do, and what each session holds."""
