"""Verbosity: which lines of the script are spoken, sounded or left out at each setting of `Talk`."""

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
    # Brief leaves the encouragement out; a tone marks the half.
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
"""The settings with which the first announcement of an exercise says how to get into position."""


def at_verbosity(lines: Iterable[CueLine], talk: Talk) -> tuple[CueLine, ...]:
    """Return the lines of a script that are heard at the verbosity `talk`, as words or tones."""
    kept: list[CueLine] = []
    for line in lines:
        rendering = TABLE[talk][line.kind]
        if rendering is Rendering.TONE:
            line = replace(line, variants=())  # noqa: PLW2901 - the same line, in the form that is heard
        if rendering is not Rendering.NOT and (line.variants or line.tone):
            kept.append(line)
    return tuple(kept)
