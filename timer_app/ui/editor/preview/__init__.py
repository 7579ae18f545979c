"""Previews of a draft: its timeline and its sound."""
