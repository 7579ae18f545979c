"""Guided Session Timer: follow a timed session by a countdown and a voice that ends on its mark."""

__version__ = "0.1.0"
