"""The phrases of the voice in one language: numbers, durations, sides and templates."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition.model import Side

IN_SECONDS_UP_TO = 90
"""Durations up to this many seconds are said in seconds ("ninety seconds"), apart from whole minutes."""


class Noun(StrEnum):
    """Countable nouns; the values are the keys in a phrase file."""

    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"
    REPS = "reps"


class Phrase(StrEnum):
    """The templates; the values are the keys in a phrase file."""

    GO = "go"
    GO_ON_SIDE = "go_on_side"
    HOLD = "hold"
    SWITCH = "switch"
    HALF = "half"
    TEN = "ten"
    LAST_SET = "last_set"
    END = "end"
    END_OPEN = "end_open"
    NEXT = "next"
    NEXT_ON_SIDE = "next_on_side"
    AGAIN_ON_SIDE = "again_on_side"
    FIRST_TIME = "first_time"
    FOR_TIME = "for_time"
    IN_REPS = "in_reps"
    IN_REPS_THEN_HOLD = "in_reps_then_hold"
    OWN_PACE = "own_pace"
    UNTIL_DONE = "until_done"
    AMRAP = "amrap"
    HOURS_AND_MINUTES = "hours_and_minutes"
    MINUTES_AND_SECONDS = "minutes_and_seconds"


_ON_SIDE = frozenset({"on", "to", "side"})
_NEXT = frozenset({"name", "dose", "short"})

SLOTS: Mapping[Phrase, frozenset[str]] = {
    Phrase.GO: frozenset(),
    Phrase.GO_ON_SIDE: _ON_SIDE,
    Phrase.HOLD: frozenset(),
    Phrase.SWITCH: _ON_SIDE,
    Phrase.HALF: frozenset(),
    Phrase.TEN: frozenset(),
    Phrase.LAST_SET: frozenset(),
    Phrase.END: frozenset({"duration"}),
    Phrase.END_OPEN: frozenset(),
    Phrase.NEXT: _NEXT,
    Phrase.NEXT_ON_SIDE: _NEXT | _ON_SIDE,
    Phrase.AGAIN_ON_SIDE: _NEXT | _ON_SIDE,
    Phrase.FIRST_TIME: frozenset({"next", "position"}),
    Phrase.FOR_TIME: frozenset({"duration"}),
    Phrase.IN_REPS: frozenset({"reps"}),
    Phrase.IN_REPS_THEN_HOLD: frozenset({"reps", "duration"}),
    Phrase.OWN_PACE: frozenset({"reps"}),
    Phrase.UNTIL_DONE: frozenset(),
    Phrase.AMRAP: frozenset({"duration"}),
    Phrase.HOURS_AND_MINUTES: frozenset({"hours", "minutes"}),
    Phrase.MINUTES_AND_SECONDS: frozenset({"minutes", "seconds", "number"}),
}
"""The slots that each phrase can have."""


class Counted(Struct, frozen=True):
    """A noun with its number: forms for some exact numbers, and the form for all others, with a slot `number`."""

    exact: Mapping[int, str]
    other: str


class SideForms(Struct, frozen=True):
    """The forms of a side in a sentence: on it, to it, and by itself."""

    on: str
    to: str
    side: str


class Phrases(Struct, frozen=True):
    """The phrases of one language. `numbers` are the words from 1 on; higher ones are left to the voice as digits."""

    language: str
    numbers: tuple[str, ...]
    nouns: Mapping[Noun, Counted]
    sides: Mapping[Side, SideForms]
    templates: Mapping[Phrase, tuple[str, ...]]

    def number(self, n: int) -> str:
        """Return a whole number as it is said: "three"."""
        return self.numbers[n - 1] if 1 <= n <= len(self.numbers) else str(n)

    def counted(self, noun: Noun, n: int) -> str:
        """Return a count of something, in the right plural: "one minute", "ten reps"."""
        forms = self.nouns[noun]
        return forms.exact.get(n, forms.other).format(number=self.number(n))

    def duration(self, length: Milliseconds) -> str:
        """Return a length as it is said, in whole seconds from 1 on: "ninety seconds", "two minutes thirty"."""
        seconds = max(1, (length + 500) // 1000)
        minutes, rest = divmod(seconds, 60)
        if not minutes or (rest and seconds <= IN_SECONDS_UP_TO):
            return self.counted(Noun.SECONDS, seconds)
        if minutes >= 60:
            return self._hours(minutes)
        if not rest:
            return self.counted(Noun.MINUTES, minutes)
        return self.first(
            Phrase.MINUTES_AND_SECONDS,
            minutes=self.counted(Noun.MINUTES, minutes),
            seconds=self.counted(Noun.SECONDS, rest),
            number=self.number(rest),
        )

    def _hours(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        spoken_hours = self.counted(Noun.HOURS, hours)
        if not rest:
            return spoken_hours
        return self.first(Phrase.HOURS_AND_MINUTES, hours=spoken_hours, minutes=self.counted(Noun.MINUTES, rest))

    def variants(self, phrase: Phrase, side: Side | None = None, /, **slots: str) -> tuple[str, ...]:
        """Return a phrase's variants from long to short with their slots filled, each once.

        Braces in what is put into a slot have no meaning.
        """
        if side is not None:
            forms = self.sides[side]
            slots |= {"on": forms.on, "to": forms.to, "side": forms.side}
        return tuple(dict.fromkeys(template.format(**slots) for template in self.templates[phrase]))

    def first(self, phrase: Phrase, /, **slots: str) -> str:
        """Return a phrase in its longest variant."""
        return self.variants(phrase, **slots)[0]
