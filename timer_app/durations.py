"""Lengths of time as people write them."""

from __future__ import annotations

import re

from timer_app.clock import Milliseconds

SHORTEST: Milliseconds = 100
LONGEST: Milliseconds = 4 * 60 * 60 * 1000

_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_SECONDS = rf"{_NUMBER} ?(?:s|secs?|seconds?)?"
_CLOCK = r"(?:[0-9]{1,2}:[0-5][0-9]|[0-9]{1,3}):[0-5][0-9](?:\.[0-9]{1,3})?"
_HOURS, _MINUTES = rf"{_NUMBER} ?(?:h|hours?)", rf"{_NUMBER} ?(?:m|mins?|minutes?)"
_UNITS = (
    rf"{_HOURS}(?: ?{_MINUTES})?(?: ?{_SECONDS})?"
    rf"|{_MINUTES}(?: ?{_SECONDS})?"
)
PATTERN = rf"^(?:{_SECONDS}|{_CLOCK}|{_UNITS})$"
"""All the ways to write a duration, as a regular expression that JavaScript reads in the same way."""

_SHAPE = re.compile(PATTERN.replace("$", r"\Z"))
_PART = re.compile(rf"({_NUMBER}) ?([hms]?)")
_WORTH = {"h": 3_600_000, "m": 60_000, "s": 1_000, "": 1_000}


def is_duration(text: str) -> bool:
    """Whether a text says a length, of whatever size."""
    return _SHAPE.match(text) is not None


def parse_duration(text: str) -> Milliseconds:
    """Return the length that a text such as `90`, `90s`, `1:30`, `1m30s`, `1 min 30 s` or `1.5s` says.

    Raises ValueError where it says none. Any length is returned; what range is wanted is the caller's business.
    """
    if not is_duration(text):
        raise ValueError(f"not a duration: {text[:40]!r}")
    if ":" in text:
        total = 0
        *larger, seconds = text.split(":")
        for part in larger:
            total = total * 60 + int(part)
        return total * 60_000 + _thousandths(seconds)
    return sum(_thousandths(number) * _WORTH[unit] // 1_000 for number, unit in _PART.findall(text))


def format_duration(length: Milliseconds) -> str:
    """Return a length as a user writes it: `45s`, `1:00`, `1:02:30`, `1.5s`. It always reads back as the same."""
    seconds, thousandths = divmod(length, 1_000)
    rest = f".{thousandths:03}".rstrip("0") if thousandths else ""
    if seconds < 60:
        return f"{seconds}{rest}s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02}{rest}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}{rest}"


def _thousandths(number: str) -> int:
    """Return a decimal number of up to three places, times a thousand, exactly."""
    whole, _, places = number.partition(".")
    return int(whole) * 1_000 + int(places.ljust(3, "0"))
