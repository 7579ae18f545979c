"""Suggest existing names for a mistyped one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from timer_app.i18n import _
from timer_app.schema.table_reader import LONGEST_GUESS, nearest, or_list

MOST = 3
"""How many names are suggested at most: more would be a list."""

_NEAR = 0.75
"""The similarity, from 0 to 1, from which two words count as the same one mistyped: our choice."""

_PARTLY = 2
"""The distance of a name that has only some of the words."""


def near_names(typed: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that may have been meant, the likeliest first.

    `names` maps what each name can be found by, in lower case, to the name itself. Names that begin as typed come
    first, then those with all its words. Where there is neither, it is the one that was mistyped, or else those with
    one of the words, or nearly so.
    """
    typed = typed.strip().casefold()
    if not typed or len(typed) > LONGEST_GUESS:
        return ()
    ranked = sorted((far, index) for index, name in enumerate(names) if (far := _distance(typed, name)) is not None)
    near = [index for far, index in ranked if far < _PARTLY]
    slip = None if near else nearest(typed, names)
    if slip is not None:
        return (names[slip],)
    every = list(names.values())
    return tuple(dict.fromkeys(every[index] for index in near or [index for _far, index in ranked]))[:MOST]


def advice(typed: str, names: Mapping[str, str]) -> str:
    """Return the advice for a name that does not exist."""
    near = near_names(typed, names)
    return _("Did you mean {name}?").format(name=or_list(near)) if near else _("List them to see which there are.")


def _distance(typed: str, name: str) -> int | None:
    """Return the distance of a name from a typed one; None where they have nothing in common."""
    words, candidates = _words(typed), _words(name)
    begun = [any(candidate.startswith(word) for candidate in candidates) for word in words]
    if name.startswith(typed):
        return 0
    if words and all(begun):
        return 1
    close = any(difflib.get_close_matches(word, candidates, 1, _NEAR) for word in words)
    return _PARTLY if any(begun) or close else None


def _words(name: str) -> list[str]:
    """Return the significant words of a name: three letters or more."""
    return [word for word in re.split(r"[\W_]+", name) if len(word) > 2]
