"""Texts and file names of new sessions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import chain, count

from timer_app.definition.serializer import written_value
from timer_app.i18n import _

_LONGEST_STEM = 60
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z")


def starter_text(name: str) -> str:
    """Return the text of a new session called `name`, with comments that explain it."""
    comments = (
        _("Everything after # is a note for you; the program does not read it."),
        _("one word of: gentle, beginner, regular, advanced"),
        _("time to get into position before each exercise"),
        _("an id of the catalogue, or name: for an exercise of your own"),
        _("how long; also reps: 10, until_done: true or amrap: 1:00"),
        _("between the sets, never after the last one"),
        _("said in the middle"),
        _("the full time on each side, left first"),
    )
    head, level, setup, exercise, hold, rest, say, sides = comments
    return f"""\
# {head}
format: 1
name: {written_value(" ".join(name.split())[:80].strip() or _("My session"))}
level: regular          # {level}
setup: 10s              # {setup}
steps:
  - exercise: plank     # {exercise}
    hold: 30s           # {hold}
    sets: 2
    rest: 30s           # {rest}
    say:
      - at: half        # {say}
        line: {written_value(_("Half way, keep breathing"))}

  - rest: 1:00

  - exercise: knee-to-chest
    hold: 20s
    each_side: true     # {sides}
"""


def empty_text(name: str) -> str:
    """Return the text of a new session called `name` that has no step yet."""
    return f"format: 1\nname: {written_value(name)}\nsteps: []\n"


def free_stem(stem: str, is_taken: Callable[[str], bool]) -> str:
    """Return the stem or, if it is taken, the first of it with a number, from 2, that is not."""
    return next(name for name in chain((stem,), (f"{stem}-{number}" for number in count(2))) if not is_taken(name))


def stem_for(title: str) -> str:
    """Return the kebab-case stem of a session's file for its title: a name that is safe on all systems."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", title) if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", plain.replace("'", "").replace("’", "")).lower())
    stem = "-".join(words)
    while len(stem) > _LONGEST_STEM or len(stem.encode()) > 3 * _LONGEST_STEM:
        stem = stem[:-1]
    stem = stem.strip("-") or "session"
    return f"{stem}-session" if _DEVICES.match(stem) else stem
