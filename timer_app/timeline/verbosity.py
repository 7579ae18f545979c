"""How talkative the voice is: what each choice keeps of the script, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum, auto

from timer_app.settings import Talk
from timer_app.timeline.cue_lines import Line, LineKind


class How(Enum):
    """How a kind of line is heard."""

    WORDS = auto()
    TONE = auto()
    NOT = auto()


_TONES = dict.fromkeys(LineKind, How.TONE)

TABLE: Mapping[Talk, Mapping[LineKind, How]] = {
    Talk.FULL: dict.fromkeys(LineKind, How.WORDS),
    # Brief says what has to be known, and leaves the encouragement out; a tone tells of the half.
    Talk.BRIEF: dict.fromkeys(LineKind, How.WORDS)
    | {LineKind.HALF: How.TONE, LineKind.TEN: How.NOT, LineKind.FORM: How.NOT, LineKind.LAST_SET: How.NOT},
    Talk.COUNTS: _TONES | {LineKind.COUNT: How.WORDS, LineKind.REP: How.WORDS},
    Talk.TONES: _TONES,
    Talk.SILENT: dict.fromkeys(LineKind, How.NOT),
}
"""With `TONE`, a line that has no tone is not heard at all."""

EXPLAINS = frozenset({Talk.FULL})
"""Who is told how to get into position, the first time that an exercise comes."""


def as_talk(lines: Iterable[Line], talk: Talk) -> tuple[Line, ...]:
    """Return the lines of a script that `talk` keeps, in the form that it keeps them in."""
    kept: list[Line] = []
    for line in lines:
        how = TABLE[talk][line.kind]
        if how is How.TONE:
            line = replace(line, variants=())  # noqa: PLW2901 - the same line, in the form that is heard
        if how is not How.NOT and (line.variants or line.tone):
            kept.append(line)
    return tuple(kept)
