"""Lengths of time as authors write them, under the name that the rooms above know."""

from timer_app.durations import LONGEST, SHORTEST, format_duration, parse_duration

__all__ = ["LONGEST", "SHORTEST", "format_duration", "parse_duration"]
