"""The keys of the session format: the one place that says what an author may write.

The reader reads by these tables and the schema is made from them. Descriptions are the schema's, which is in English
in every language, as the keys themselves are.
"""

from __future__ import annotations

import re

from msgspec import Struct

from timer_app.definition.model import FromEnd, FromStart, HalfWay, Level, Moment, SayLine, Side
from timer_app.durations import LONGEST, PATTERN, SHORTEST, is_duration
from timer_app.exercises.tempo_field import TempoPhases
from timer_app.i18n import _
from timer_app.schema.table_reader import Key, Report, Schema, Text, read_table, scalar, shown, table_schema
from timer_app.schema.value_types import Duration, Flag, Listed, OneOf, Pattern, WholeNumber
from timer_app.schema.yaml_tree import MAX_ITEMS, Items, Node, Refused, Scalar

FORMAT = 1
MAX_NESTED_ROUNDS = 3
ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"


class FormatNumber:
    """The version of the format."""

    def read(self, node: Node, where: str, report: Report) -> int | None:
        """Read the version: this program reads one of them."""
        value = scalar(node, where, report, _("the number of a format"), _("write {number}").format(number=FORMAT))
        if value is None:
            return None
        if not value.quoted and re.fullmatch(f"0*{FORMAT}", value.text, re.ASCII):
            return FORMAT
        problem = _("this program does not know format {value}").format(value=shown(value))
        report.add(node, where, problem, _("write {number}, or get a newer version").format(number=FORMAT))
        return None

    def schema(self) -> Schema:
        """Return the schema of the version."""
        return {"const": FORMAT}


class MomentIn:
    """A moment in an interval: from its start, from its end, or half way."""

    def read(self, node: Node, where: str, report: Report) -> Moment | None:
        """Read a moment; whether it lies inside its interval is found out later."""
        value = scalar(node, where, report, _("a moment"), _("write 15s, -10s or half"))
        if value is None:
            return None
        if value.text == "half":
            return HalfWay()
        before_end = value.text.startswith("-")
        text = value.text.removeprefix("-")
        if not is_duration(text):
            problem = _("{value} is not a moment").format(value=shown(value))
            report.add(node, where, problem, _("write 15s, -10s or half"))
            return None
        length = Duration(zero=not before_end).read_text(value, text, where, report)
        if length is None:
            return None
        return FromEnd(length) if before_end else FromStart(length)

    def schema(self) -> Schema:
        """Return the schema of a moment."""
        longest, shortest = LONGEST // 1000, SHORTEST / 1000
        return {
            "anyOf": [
                {"const": "half"},
                {"type": "number", "minimum": 0, "maximum": longest},
                {"type": "number", "minimum": -longest, "maximum": -shortest},
                {"type": "string", "pattern": PATTERN.replace("^", "^-?", 1)},
            ]
        }


AT: Key[Moment] = Key(
    "at", MomentIn(), "When it begins: 15s from the start, -10s from the end, or half.", required=True
)
LINE = Key("line", Text(200), "What is said.", required=True, example="Half way")
SAY_KEYS = (AT, LINE)


class Saying:
    """One line of the author's own."""

    def read(self, node: Node, where: str, report: Report) -> SayLine | None:
        """Read the line and its moment."""
        record = read_table(node, SAY_KEYS, where, report)
        if record is None:
            return None
        at, line = record.get(AT), record.get(LINE)
        return None if at is None or line is None else SayLine(at, line)

    def schema(self) -> Schema:
        """Return the schema of a line."""
        return table_schema(SAY_KEYS)


class ExerciseId:
    """The id of an exercise. Whether it is in the catalogue is found out later, and what may have been meant."""

    def read(self, node: Node, where: str, report: Report) -> str | None:
        """Read an id."""
        value = scalar(node, where, report, _("an exercise"), _("write its id, such as side-plank"))
        return None if value is None else value.text.strip()

    def schema(self) -> Schema:
        """Return the schema of an id."""
        return {"type": "string", "pattern": ID_PATTERN}


class Steps(Struct, frozen=True):
    """The list of steps, kept as nodes: what a step may be depends on its keys."""

    def read(self, node: Node, where: str, report: Report) -> tuple[Node, ...] | None:
        """Return the nodes of the steps, at least one."""
        if isinstance(node, Items) and node.nodes:
            return node.nodes
        if not isinstance(node, Refused):
            if isinstance(node, Items) or (isinstance(node, Scalar) and not node.text):
                report.add(node, where, _("the list is empty"), _("add at least one step"))
            else:
                problem = _("{value} is not a list of steps").format(value=shown(node))
                report.add(node, where, problem, _('write steps, each beginning with "- "'))
        return None

    def schema(self) -> Schema:
        """Return the schema of the list."""
        return {"type": "array", "minItems": 1, "maxItems": MAX_ITEMS, "items": {"$ref": "#/$defs/step"}}


LONGEST_NAME = 80
_NAME = Text(LONGEST_NAME)
_ABOUT = Text(2_000, lines=True)
_PAUSE = Duration(zero=True)
_TAG = Text(40)

FORMAT_KEY = Key("format", FormatNumber(), "The version of the session format: 1.", required=True, example="1")
NAME = Key("name", _NAME, "What the session is called.", required=True, example="Back on Sunday")
ABOUT = Key("about", _ABOUT, "What the session is for, in at most 2,000 characters.")
LEVEL = Key("level", OneOf(Level), "For whom it is meant.")
TAGS = Key("tags", Listed(_TAG, 0, 20, "[core, back]"), "Short words to find the session by.")
LANGUAGE = Key(
    "language",
    Pattern("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "a language tag", "write en, de or pt-BR"),
    "The language of the names and spoken lines, as a BCP 47 tag.",
    default="en",
)
SETUP = Key("setup", _PAUSE, "Time to get into position before each exercise.", default="10s")
STEPS = Key("steps", Steps(), "What is done, in order.", required=True, example="…")
SESSION_KEYS = (FORMAT_KEY, NAME, ABOUT, LEVEL, TAGS, LANGUAGE, SETUP, STEPS)

EXERCISE = Key("exercise", ExerciseId(), "An exercise of the catalogue, by its id.")
OWN_NAME = Key("name", _NAME, "The name of an exercise of the author's own, in place of a catalogue id.")
HOW_TO = Key("about", _ABOUT, "How to do it; in place of the catalogue's text where there is one.")
HOLD = Key("hold", Duration(), "A position, held for so long.")
REPS = Key("reps", WholeNumber(1, 1_000), "So many repetitions.")
UNTIL_DONE = Key("until_done", Flag(only_true=True), "Goes on until the person says that it is done.")
AMRAP = Key("amrap", Duration(), "As many reps as possible in this time; the count is asked for afterwards.")
REP = Key("rep", Duration(), "With reps: how long each takes.")
TEMPO = Key("tempo", TempoPhases(), "With reps: how long each phase of a rep takes.")
LAST_REP_HOLD = Key("last_rep_hold", Duration(), "With paced reps: a hold after the last rep of each set.")
SETS = Key("sets", WholeNumber(1, 1_000), "How many sets.", default=1)
REST = Key("rest", _PAUSE, "The rest between sets; never after the last one.", default="0s")
EACH_SIDE = Key("each_side", Flag(), "Left and right in turn, within each set.", default=False)
FIRST_SIDE = Key("first_side", OneOf(Side), "With each_side: which side comes first.", default="left")
SWITCH = Key("switch", Duration(), "With each_side: time to change over.", default="5s")
STEP_SETUP = Key("setup", _PAUSE, "Time to get into position, in place of the session's.")
SAY = Key("say", Listed(Saying(), 0, 100, "- {at: half, line: Half way}"), "Lines to be said at certain moments.")
EXERCISE_KEYS = (
    EXERCISE,
    OWN_NAME,
    HOW_TO,
    HOLD,
    REPS,
    UNTIL_DONE,
    AMRAP,
    REP,
    TEMPO,
    LAST_REP_HOLD,
    SETS,
    REST,
    EACH_SIDE,
    FIRST_SIDE,
    SWITCH,
    STEP_SETUP,
    SAY,
)
WORK_KEYS = (HOLD, REPS, UNTIL_DONE, AMRAP)

REST_LENGTH = Key("rest", Duration(), "A rest of its own, so long.", required=True, example="30s")
REST_NAME = Key("name", _NAME, "What the rest is called, such as Drink of water.")
REST_KEYS = (REST_LENGTH, REST_NAME, SAY)

ROUNDS = Key("rounds", WholeNumber(1, 1_000), "How many times the steps are done.", required=True, example="3")
ROUNDS_REST = Key("rest", _PAUSE, "The rest between rounds; never after the last one.", default="0s")
SHUFFLE = Key("shuffle", Flag(), "Another order each run, and the run records which.", default=False)
ROUNDS_KEYS = (ROUNDS, ROUNDS_REST, SHUFFLE, STEPS)
