"""The form of a step as values, field by field."""

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
    """What a form is of; `NOTHING` is not a step, or not one yet."""

    SESSION = "session"
    EXERCISE = "exercise"
    REST = "rest"
    ROUNDS = "rounds"
    NOTHING = "nothing"


class Group(StrEnum):
    """The groups of fields."""

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
    """Where the pace of reps comes from: the catalogue or the user, a length for each rep, or one for each phase."""

    USUAL = "usual"
    REP = "rep"
    PHASES = "tempo"


WORK = "work"
PACE = "pace"
"""The fields that decide which others there are; the others have the names of their keys, or `tempo.lift`."""


class Option(Struct, frozen=True):
    """One of the values of a choice: its word in the file, and its label."""

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
    """A spoken line: its moment and its words; `raw` is what is written instead of one."""

    index: int
    at: str
    words: str
    at_problems: tuple[str, ...] = ()
    words_problems: tuple[str, ...] = ()
    raw: str = ""


class Stray(Struct, frozen=True):
    """A key that has no field; within the phases of a rep `key` is `tempo.…`."""

    key: str
    text: str
    problems: tuple[str, ...] = ()


class Form(Struct, frozen=True):
    """The form of a step, or of the session itself for the empty path.

    `problems` are those of no field. `note` says what is not in the fields, and `mark` is the line and column at which
    the step begins in the text. `says` is whether it can have spoken lines. `exercise` is the catalogue's.
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
        """Return the field with a name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def text(self, name: str) -> str:
        """Return the text of a field, empty if there is no such field."""
        field = self.field(name)
        return field.text if field is not None else ""

    def given(self, name: str) -> bool:
        """Return whether the key of a field is written."""
        field = self.field(name)
        return field is not None and field.given

    def with_cleared_field(self, name: str, before: Form) -> Form:
        """Return the form with a field that it had `before`, now empty: the user is still typing in it."""
        field = before.field(name)
        if field is None or self.field(name) is not None:
            return self
        above = before.fields[: before.fields.index(field)]
        names = {item.name for item in above}
        place = max((number + 1 for number, item in enumerate(self.fields) if item.name in names), default=0)
        cleared = replace(field, text="", given=False, problems=(), required=False)
        return replace(self, fields=(*self.fields[:place], cleared, *self.fields[place:]))

    def named(self, place: str) -> str:
        """Return the name of the field or stray of a finding's `where`, such as `say[1].at`; else the first one."""
        name = place.removeprefix(where(self.path)).removeprefix(".")
        if name.startswith(f"{format_fields.SAY.name}[") and self.says:
            return name
        if name == format_fields.TEMPO.name and self.field(PACE) is not None:
            return PACE
        names = (*(field.name for field in self.fields), *(stray.key for stray in self.strays))
        return next((key for key in names if covers(key, name)), names[0] if names else "")


def covers(name: str, place: str) -> bool:
    """Return whether a problem at `place` in a step belongs to the field `name`."""
    return place == name or place.startswith((f"{name}[", f"{name}."))
