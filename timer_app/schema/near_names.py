"""The names that may have been meant by one that there is not, for whoever types a name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from timer_app.i18n import _
from timer_app.schema.table_reader import LONGEST_GUESS, nearest, or_list

MOST = 3
"""How many names are suggested at most: more would be a list."""

_NEAR = 0.75
"""How much two words have in common, from 0 to 1, that are taken for the same one with a slip in it: our choice."""

_PARTLY = 2
"""How far a name is that has only some of the words."""


def near_names(typed: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that may have been meant, the likeliest first.

    `names` has what each name can be found by, in small letters, and the name itself. What begins as it was typed comes
    first, then what has all its words. Where there is neither, it is what differs by a slip, or else what has one of
    the words, or nearly so.
    """
    typed = typed.strip().casefold()
    if not typed or len(typed) > LONGEST_GUESS:
        return ()
    found = sorted((far, place) for place, known in enumerate(names) if (far := _distance(typed, known)) is not None)
    near = [place for far, place in found if far < _PARTLY]
    slip = None if near else nearest(typed, names)
    if slip is not None:
        return (names[slip],)
    every = list(names.values())
    return tuple(dict.fromkeys(every[place] for place in near or [place for _far, place in found]))[:MOST]


def advice(typed: str, names: Mapping[str, str]) -> str:
    """Return what to tell whoever typed a name that there is not."""
    near = near_names(typed, names)
    return _("Did you mean {name}?").format(name=or_list(near)) if near else _("List them to see which there are.")


def _distance(typed: str, known: str) -> int | None:
    """Return how far a known name is from a typed one; None where they have nothing in common."""
    words, others = _words(typed), _words(known)
    begun = [any(other.startswith(word) for other in others) for word in words]
    if known.startswith(typed):
        return 0
    if words and all(begun):
        return 1
    close = any(difflib.get_close_matches(word, others, 1, _NEAR) for word in words)
    return _PARTLY if any(begun) or close else None


def _words(name: str) -> list[str]:
    """Return the words of a name that say something: three letters or more."""
    return [word for word in re.split(r"[\W_]+", name) if len(word) > 2]
