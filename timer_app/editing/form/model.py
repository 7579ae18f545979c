"""A form as values: what it shows of a step, field by field."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from timer_app.definition import format_fields
from timer_app.definition.model import StepPath, where
from timer_app.exercises.model import Exercise

MOST = 1_000
"""The largest number of reps, sets or rounds."""


class FormKind(StrEnum):
    """What a form is of; `NOTHING` is what is no step, or cannot be told yet."""

    SESSION = "session"
    EXERCISE = "exercise"
    REST = "rest"
    ROUNDS = "rounds"
    NOTHING = "nothing"


class Group(StrEnum):
    """What belongs together in a form."""

    WHAT = "what"
    AMOUNT = "amount"
    SIDES = "sides"
    READY = "ready"


class Control(StrEnum):
    """How a field is filled in.

    `EXERCISE` is picked; `LINE` and `LINES` are typed text; `LENGTH` is a duration and `PAUSE` one that may be 0;
    `CHOICE` is one of a few and `LIST` one of several, or none; `WORDS` have commas between them.
    """

    EXERCISE = "exercise"
    LINE = "line"
    LINES = "lines"
    LENGTH = "length"
    PAUSE = "pause"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    LIST = "list"
    WORDS = "words"


class WorkKind(StrEnum):
    """The kinds of work, by their keys."""

    HOLD = "hold"
    REPS = "reps"
    UNTIL_DONE = "until_done"
    AMRAP = "amrap"


class Pace(StrEnum):
    """Where the pace of reps comes from: the catalogue or the person, a length for each rep, or one for each phase."""

    USUAL = "usual"
    REP = "rep"
    PHASES = "tempo"


WORK = "work"
PACE = "pace"
"""The names of the fields that choose what others there are; all others are called as their keys, or `tempo.lift`."""


class Option(Struct, frozen=True):
    """One of the values of a choice: its word, and what it is called."""

    word: str
    label: str


class Field(Struct, frozen=True):
    """One field: `text` is what is written, or the word that is chosen; `given` is whether its key is there at all.

    `default` says in words what holds while nothing is written, and `usual` is that as a number, in milliseconds where
    it is a length. `problems` are sentences.
    """

    name: str
    control: Control
    group: Group
    label: str
    hint: str
    text: str
    given: bool
    problems: tuple[str, ...] = ()
    default: str = ""
    usual: int | None = None
    options: tuple[Option, ...] = ()
    required: bool = False


class FormLine(Struct, frozen=True):
    """One line to be said: when, and what. Where it is no such line, `raw` is what is written there instead."""

    index: int
    at: str
    words: str
    at_problems: tuple[str, ...] = ()
    words_problems: tuple[str, ...] = ()
    raw: str = ""


class Stray(Struct, frozen=True):
    """Something written that no field is for; `key` is its name, and within the phases of a rep `tempo.…`."""

    key: str
    text: str
    problems: tuple[str, ...] = ()


class Form(Struct, frozen=True):
    """The form of a step, or of the session itself for the empty path.

    `problems` are those beside no field. `note` says what is not in the fields, and `mark` is the line and column at
    which it begins in the text. `says` is whether it can have lines to be said. `exercise` is the catalogue's.
    """

    path: StepPath
    kind: FormKind
    mark: tuple[int, int] = (1, 1)
    fields: tuple[Field, ...] = ()
    lines: tuple[FormLine, ...] = ()
    strays: tuple[Stray, ...] = ()
    problems: tuple[str, ...] = ()
    note: str = ""
    says: bool = False
    exercise: Exercise | None = None
    broken: bool = False

    def field(self, name: str) -> Field | None:
        """Return a field by its name, or None where the form has none of it."""
        return next((field for field in self.fields if field.name == name), None)

    def text(self, name: str) -> str:
        """Return what is written in a field, empty where there is none."""
        field = self.field(name)
        return field.text if field is not None else ""

    def given(self, name: str) -> bool:
        """Whether something is written for a field."""
        field = self.field(name)
        return field is not None and field.given

    def with_cleared_field(self, name: str, before: Form) -> Form:
        """Return the form with a field that it had `before`, now empty: nobody is done with what is being typed in."""
        field = before.field(name)
        if field is None or self.field(name) is not None:
            return self
        above = before.fields[: before.fields.index(field)]
        names = {one.name for one in above}
        place = max((number + 1 for number, one in enumerate(self.fields) if one.name in names), default=0)
        kept = replace(field, text="", given=False, problems=(), required=False)
        return replace(self, fields=(*self.fields[:place], kept, *self.fields[place:]))

    def named(self, place: str) -> str:
        """Return the field or the stray that a finding's `where` leads to, such as `say[1].at`; else the first one."""
        name = place.removeprefix(where(self.path)).removeprefix(".")
        if name.startswith(f"{format_fields.SAY.name}[") and self.says:
            return name
        if name == format_fields.TEMPO.name and self.field(PACE) is not None:
            return PACE
        names = (*(field.name for field in self.fields), *(stray.key for stray in self.strays))
        return next((one for one in names if covers(one, name)), names[0] if names else "")


def covers(name: str, place: str) -> bool:
    """Whether what is wrong at a place in a step is a matter of the field called `name`."""
    return place == name or place.startswith((f"{name}[", f"{name}."))
