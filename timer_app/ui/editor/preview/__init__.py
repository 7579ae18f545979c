"""Seeing and hearing a draft: its strip, its sound."""
