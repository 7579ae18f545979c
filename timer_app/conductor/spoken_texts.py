"""The spoken texts of a session, to render their clips and to place them."""

from __future__ import annotations

from msgspec import Struct

from timer_app.exercises.model import Catalogue
from timer_app.settings import Talk
from timer_app.timeline.cue_lines import CueLine
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.timeline.script import script, texts


class Wording(Struct, frozen=True):
    """The script of a session, and the BCP 47 language that it is spoken in.

    A language with no phrases of its own is spoken in English, and by an English voice.
    """

    language: str
    lines: tuple[CueLine, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that may be said, once, in the order in which they will be needed."""
        return texts(self.lines)


def wording(timeline: Timeline, catalogue: Catalogue, talk: Talk) -> Wording:
    """Return what is said in a session, at the verbosity `talk`."""
    phrases = load_phrases(timeline.language)
    return Wording(phrases.language, script(timeline, phrases, catalogue, talk))
