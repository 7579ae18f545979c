"""A session as the keys and values of its file: what has to be written, and no defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from timer_app.definition import tables
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
    return _kept(
        (
            (tables.FORMAT_KEY, session.format),
            (tables.NAME, session.name),
            (tables.ABOUT, session.about),
            (tables.LEVEL, session.level.value if session.level else None),
            (tables.TAGS, list(session.tags) or None),
            (tables.LANGUAGE, session.language if session.language != "en" else None),
            (tables.SETUP, format_duration(session.setup) if session.setup != DEFAULT_SETUP else None),
        )
    )


def step_outline(step: Step) -> Outline:
    """Return the keys of a step, without the steps that rounds hold."""
    if isinstance(step, ExerciseStep):
        return _exercise(step)
    if isinstance(step, RestStep):
        return _kept(
            (
                (tables.REST_LENGTH, format_duration(step.length)),
                (tables.REST_NAME, step.name),
                (tables.SAY, [say_outline(line) for line in step.say] or None),
            )
        )
    return _kept(
        (
            (tables.ROUNDS, step.count),
            (tables.ROUNDS_REST, format_duration(step.rest) if step.rest else None),
            (tables.SHUFFLE, step.shuffle or None),
        )
    )


def say_outline(line: SayLine) -> Outline:
    """Return the keys of a line to be said."""
    return {tables.AT.name: _moment(line.at), tables.LINE.name: line.line}


def _exercise(step: ExerciseStep) -> Outline:
    work = step.work
    return _kept(
        (
            (tables.EXERCISE, step.exercise),
            (tables.OWN_NAME, step.name),
            (tables.HOW_TO, step.about),
            *_work(step),
            (tables.LAST_REP_HOLD, _length(work.last_rep_hold) if isinstance(work, Reps) else None),
            (tables.SETS, step.sets if step.sets != 1 else None),
            (tables.REST, _length(step.rest)),
            (tables.EACH_SIDE, step.each_side or None),
            (tables.FIRST_SIDE, step.first_side.value if step.first_side is not Side.LEFT else None),
            (tables.SWITCH, format_duration(step.switch) if step.switch != DEFAULT_SWITCH else None),
            (tables.STEP_SETUP, format_duration(step.setup) if step.setup is not None else None),
            (tables.SAY, [say_outline(line) for line in step.say] or None),
        )
    )


def _work(step: ExerciseStep) -> tuple[tuple[Key[object], Value | None], ...]:
    """Return the keys of a step's work."""
    work = step.work
    if isinstance(work, Hold):
        return ((tables.HOLD, format_duration(work.length)),)
    if isinstance(work, Amrap):
        return ((tables.AMRAP, format_duration(work.length)),)
    if not isinstance(work, Reps):
        return ((tables.UNTIL_DONE, True),)
    tempo = work.tempo
    if tempo is None:
        return ((tables.REPS, work.count),)
    pace = (tables.TEMPO, _phases(tempo)) if tempo.phased else (tables.REP, format_duration(tempo.rep))
    return ((tables.REPS, work.count), pace)


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


def _kept(pairs: Sequence[tuple[Key[object], Value | None]]) -> Outline:
    """Return the pairs that have a value, by the names of their keys."""
    return {key.name: value for key, value in pairs if value is not None}
