"""Convert a session to the keys and values of its file, without defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from timer_app.definition import format_fields
from timer_app.definition.model import (
    DEFAULT_SETUP,
    DEFAULT_SWITCH,
    Amrap,
    ExerciseStep,
    FromEnd,
    FromStart,
    Hold,
    Moment,
    Reps,
    RestStep,
    SayLine,
    Session,
    Side,
    Step,
)
from timer_app.durations import format_duration
from timer_app.exercises.model import Tempo
from timer_app.schema.table_reader import Key

Value: TypeAlias = "Mapping[str, Value] | Sequence[Value] | str | int"
Outline: TypeAlias = Mapping[str, Value]
"""Keys with their values, in the order of the tables."""


def session_outline(session: Session) -> Outline:
    """Return the keys of a session, without its steps."""
    return _present(
        (
            (format_fields.FORMAT_KEY, session.format),
            (format_fields.NAME, session.name),
            (format_fields.ABOUT, session.about),
            (format_fields.LEVEL, session.level.value if session.level else None),
            (format_fields.TAGS, list(session.tags) or None),
            (format_fields.LANGUAGE, session.language if session.language != "en" else None),
            (format_fields.SETUP, format_duration(session.setup) if session.setup != DEFAULT_SETUP else None),
        )
    )


def step_outline(step: Step) -> Outline:
    """Return the keys of a step, without the steps that rounds hold."""
    if isinstance(step, ExerciseStep):
        return _exercise(step)
    if isinstance(step, RestStep):
        return _present(
            (
                (format_fields.REST_LENGTH, format_duration(step.length)),
                (format_fields.REST_NAME, step.name),
                (format_fields.SAY, [say_outline(line) for line in step.say] or None),
            )
        )
    return _present(
        (
            (format_fields.ROUNDS, step.count),
            (format_fields.ROUNDS_REST, format_duration(step.rest) if step.rest else None),
            (format_fields.SHUFFLE, step.shuffle or None),
        )
    )


def say_outline(line: SayLine) -> Outline:
    """Return the keys of a spoken line."""
    return {format_fields.AT.name: _moment(line.at), format_fields.LINE.name: line.line}


def _exercise(step: ExerciseStep) -> Outline:
    work = step.work
    return _present(
        (
            (format_fields.EXERCISE, step.exercise),
            (format_fields.OWN_NAME, step.name),
            (format_fields.HOW_TO, step.about),
            *_work(step),
            (format_fields.LAST_REP_HOLD, _length(work.last_rep_hold) if isinstance(work, Reps) else None),
            (format_fields.SETS, step.sets if step.sets != 1 else None),
            (format_fields.REST, _length(step.rest)),
            (format_fields.EACH_SIDE, step.each_side or None),
            (format_fields.FIRST_SIDE, step.first_side.value if step.first_side is not Side.LEFT else None),
            (format_fields.SWITCH, format_duration(step.switch) if step.switch != DEFAULT_SWITCH else None),
            (format_fields.STEP_SETUP, format_duration(step.setup) if step.setup is not None else None),
            (format_fields.SAY, [say_outline(line) for line in step.say] or None),
        )
    )


def _work(step: ExerciseStep) -> tuple[tuple[Key[object], Value | None], ...]:
    """Return the keys of a step's work."""
    work = step.work
    if isinstance(work, Hold):
        return ((format_fields.HOLD, format_duration(work.length)),)
    if isinstance(work, Amrap):
        return ((format_fields.AMRAP, format_duration(work.length)),)
    if not isinstance(work, Reps):
        return ((format_fields.UNTIL_DONE, True),)
    tempo = work.tempo
    if tempo is None:
        return ((format_fields.REPS, work.count),)
    pace = (format_fields.TEMPO, _phases(tempo)) if tempo.phased else (format_fields.REP, format_duration(tempo.rep))
    return ((format_fields.REPS, work.count), pace)


def _phases(tempo: Tempo) -> Outline:
    phases = {"lift": tempo.lift, "hold": tempo.hold, "lower": tempo.lower}
    return {name: format_duration(length) for name, length in phases.items() if length}


def _length(length: int) -> str | None:
    """Return a length that is left out when it is 0."""
    return format_duration(length) if length else None


def _moment(moment: Moment) -> str:
    if isinstance(moment, FromStart):
        return format_duration(moment.offset)
    return f"-{format_duration(moment.offset)}" if isinstance(moment, FromEnd) else "half"


def _present(pairs: Sequence[tuple[Key[object], Value | None]]) -> Outline:
    """Return the pairs that have a value, by the names of their keys."""
    return {key.name: value for key, value in pairs if value is not None}
