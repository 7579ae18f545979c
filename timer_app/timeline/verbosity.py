"""How talkative the voice is: what each choice keeps of the script, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto

from msgspec.structs import replace

from timer_app.settings import Talk
from timer_app.timeline.cue_lines import CueLine, LineKind


class Rendering(Enum):
    """How a kind of line is heard."""

    WORDS = auto()
    TONE = auto()
    NOT = auto()


_TONES = dict.fromkeys(LineKind, Rendering.TONE)

TABLE: Mapping[Talk, Mapping[LineKind, Rendering]] = {
    Talk.FULL: dict.fromkeys(LineKind, Rendering.WORDS),
    # Brief says what has to be known, and leaves the encouragement out; a tone tells of the half.
    Talk.BRIEF: dict.fromkeys(LineKind, Rendering.WORDS)
    | {
        LineKind.HALF: Rendering.TONE,
        LineKind.TEN: Rendering.NOT,
        LineKind.FORM: Rendering.NOT,
        LineKind.LAST_SET: Rendering.NOT,
    },
    Talk.COUNTS: _TONES | {LineKind.COUNT: Rendering.WORDS, LineKind.REP: Rendering.WORDS},
    Talk.TONES: _TONES,
    Talk.SILENT: dict.fromkeys(LineKind, Rendering.NOT),
}
"""With `TONE`, a line that has no tone is not heard at all."""

EXPLAINS = frozenset({Talk.FULL})
"""Who is told how to get into position, the first time that an exercise comes."""


def as_talk(lines: Iterable[CueLine], talk: Talk) -> tuple[CueLine, ...]:
    """Return the lines of a script that `talk` keeps, in the form that it keeps them in."""
    kept: list[CueLine] = []
    for line in lines:
        how = TABLE[talk][line.kind]
        if how is Rendering.TONE:
            line = replace(line, variants=())  # noqa: PLW2901 - the same line, in the form that is heard
        if how is not Rendering.NOT and (line.variants or line.tone):
            kept.append(line)
    return tuple(kept)
