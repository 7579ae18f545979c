"""Convert text typed in a field to the spelling of the format, and step values up and down.

The format is strict about durations; a field accepts more, and writes what is unambiguous.
"""

from __future__ import annotations

import re

from timer_app.clock import Milliseconds
from timer_app.durations import LONGEST, SHORTEST, format_duration, is_duration, parse_duration

_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_MINUTE_SIGN = re.compile(r"['’′] ?")
_SECOND_SIGN = re.compile(r"[\"”″]")
_BARE_SECONDS = re.compile(r"(?:^|[a-z] ?)[0-9.]+\Z")
_COUNT = re.compile(r"[0-9]{1,6}\Z")

_SECOND: Milliseconds = 1_000
_FINE_BELOW: Milliseconds = 10 * _SECOND
_STEP: Milliseconds = 5 * _SECOND
_LARGE_STEP: Milliseconds = 30 * _SECOND
_LARGE_COUNT = 10


def tidied_duration(text: str) -> str:
    """Return a typed duration in the spelling of the format: `1m30` as `1:30`, `15` as `15s`.

    Any other text is returned as it was typed, without blanks around it.
    """
    plain = " ".join(text.split())
    if is_duration(plain) and not _BARE_SECONDS.search(plain):
        return plain
    meant = _meant(plain)
    tidy = format_duration(parse_duration(meant)) if is_duration(meant) else plain
    return tidy if is_duration(tidy) else plain


def duration_of(text: str, *, zero: bool = False) -> Milliseconds | None:
    """Return the length that a typed text says: 0.1 s to 4 h, or with `zero` 0 as well; None where it says none."""
    tidy = tidied_duration(text)
    if not is_duration(tidy):
        return None
    length = parse_duration(tidy)
    return length if SHORTEST <= length <= LONGEST or (zero and length == 0) else None


def stepped_duration(length: Milliseconds, steps: int, *, large: bool = False, zero: bool = False) -> Milliseconds:
    """Return a length some steps up or, with less than nought, down: of 5 s, below 10 s of 1 s, and `large` of 30 s.

    Steps lead to no less than a second, or with `zero` to 0, and to no more than 4 h.
    """
    for _step in range(abs(steps)):
        length = _up(length, large=large) if steps > 0 else _down(length, large=large, zero=zero)
    return length


def tidied_count(text: str) -> str:
    """Return a typed whole number, or any other text, without blanks around it."""
    return " ".join(text.split())


def count_of(text: str, low: int, high: int) -> int | None:
    """Return the whole number that a typed text says, where it lies from `low` to `high`; else None."""
    plain = tidied_count(text)
    number = int(plain) if _COUNT.match(plain) else low - 1
    return number if low <= number <= high else None


def stepped_count(number: int, steps: int, low: int, high: int, *, large: bool = False) -> int:
    """Return a number some steps up or down, `large` ones being of ten, within its bounds."""
    return max(low, min(high, number + steps * (_LARGE_COUNT if large else 1)))


def _meant(text: str) -> str:
    """Return a text in the format's spelling, where it is another one that people use: `1'30"`, `1,5 S`."""
    plain = _DECIMAL_COMMA.sub(".", text.casefold())
    return _SECOND_SIGN.sub("s", _MINUTE_SIGN.sub("m", plain))


def _up(length: Milliseconds, *, large: bool) -> Milliseconds:
    if large:
        higher = length + _LARGE_STEP
    elif length < _FINE_BELOW:
        higher = length // _SECOND * _SECOND + _SECOND
    else:
        higher = length + _STEP
    return min(LONGEST, higher)


def _down(length: Milliseconds, *, large: bool, zero: bool) -> Milliseconds:
    if large:
        lower = length - _LARGE_STEP
    elif length <= _FINE_BELOW:
        lower = -(-length // _SECOND) * _SECOND - _SECOND
    else:
        lower = max(_FINE_BELOW, length - _STEP)
    return max(0 if zero else min(length, _SECOND), lower)
