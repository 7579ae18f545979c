from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.random_runs import MOMENTS, RECORDS
from tests.history.reference_statistics import comfort_of, days_done, progress_of, rest_before
from tests.history.runs import plank, reps, run, utc
from timer_app.history.db_file import empty_store
from timer_app.history.reader import record_of
from timer_app.history.records import RunOutcome, RunRecord, RunSummary, Tag, TagKind
from timer_app.history.row_mapping import write_next_morning, write_run
from timer_app.history.run_edits import delete_run
from timer_app.history.statistics.comfort_stats import (
    Comfort,
    ComfortGrouping,
    ComfortObservation,
    Mean,
    comfort_by,
    comfort_by_week,
    next_morning_due,
)
from timer_app.history.statistics.exercise_progress import WORK, DoneExercise, ExerciseProgress, progress
from timer_app.history.statistics.statistics import week_of
from timer_app.history.statistics.weekly_aggregates import sum_up

MONDAY = date(2026, 3, 9)


class Exercise(NamedTuple):
    """What tells an exercise from others: its id, or its own title."""

    name: str | None
    own: str | None


def _store(runs: list[RunRecord], summed: int = 0) -> sqlite3.Connection:
    """Return a history of these runs, the first so many of them summed up before the others came."""
    connection = empty_store()
    for number, record in enumerate(runs):
        if number == summed:
            sum_up(connection)
        write_run(connection, record, record.begun.started_at)
    if summed >= len(runs):
        sum_up(connection)
    return connection


def _summary(record: RunRecord) -> RunSummary:
    begun = record.begun
    return RunSummary(
        begun.id,
        begun.session,
        begun.stem,
        begun.started_at,
        record.ended_at,
        record.outcome,
        begun.planned,
        record.actual,
        comfort_before=record.comfort_before,
        comfort_after=record.comfort_after,
        comfort_next=record.comfort_next,
    )


def test_an_exercise_grows_week_by_week() -> None:
    first = replace(run("a", utc(2026, 3, 10)), intervals=(plank(1, 40_000), plank(2, 61_000), reps(3, 8)))
    second = replace(run("b", utc(2026, 3, 17)), intervals=(plank(1, 70_000), replace(plank(2), kind="rest")))
    with closing(_store([first, second])) as connection:
        planks, pushes = progress(connection)
    assert planks == ExerciseProgress(
        "plank",
        "Plank",
        DoneExercise(2, 70_000, 0, 171_000),
        ((MONDAY, DoneExercise(1, 61_000, 0, 101_000)), (date(2026, 3, 16), DoneExercise(1, 70_000, 0, 70_000))),
    )
    assert pushes == ExerciseProgress(
        None, "Wall push", DoneExercise(1, 0, 8, 1), ((MONDAY, DoneExercise(1, 0, 8, 1)),)
    )


def test_the_hold_on_the_last_rep_is_a_hold_and_what_was_deleted_does_not_count() -> None:
    held = replace(reps(4, None), kind="last_rep_hold", actual=10_000)
    with closing(_store([replace(run("a"), intervals=(reps(3, 10), held)), run("b")])) as connection:
        delete_run(connection, "b", utc(2026, 3, 20))
        (pushes,) = progress(connection)
    assert pushes.total == DoneExercise(1, 10_000, 10, 10_001)


_RUNS = st.lists(RECORDS, max_size=6).map(
    lambda runs: [replace(each, begun=replace(each.begun, id=str(number))) for number, each in enumerate(runs)]
)


@given(_RUNS, st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_the_file_and_a_simple_computation_tell_the_same_progress(runs: list[RunRecord], summed: int) -> None:
    with closing(_store(runs, summed)) as connection:
        assert progress(connection) == progress_of(runs)


def _rated(
    run_id: str,
    when: datetime,
    before: int | None,
    after: int | None,
    *,
    next_day: int | None = None,
    name: str = "Planks",
) -> RunRecord:
    record = run(run_id, when, name=name)
    return replace(record, comfort_before=before, comfort_after=after, comfort_next=next_day)


def test_comfort_beside_a_session_tells_how_many_observations_there_are() -> None:
    runs = [
        _rated("a", utc(2026, 3, 10), 4, 6, next_day=7),
        _rated("b", utc(2026, 3, 11), 5, None),
        _rated("c", utc(2026, 3, 12), None, 8),
        _rated("d", utc(2026, 3, 12), None, None),
        _rated("e", utc(2026, 3, 13), 2, 1, name="Hard core"),
    ]
    with closing(_store(runs)) as connection:
        assert comfort_by(connection, ComfortGrouping.SESSION) == (
            ComfortObservation("planks", "Planks", Comfort(3, Mean(2, 4.5), Mean(2, 7.0), Mean(1, 2.0), Mean(1, 7.0))),
            ComfortObservation(
                "hard-core", "Hard core", Comfort(1, Mean(1, 2.0), Mean(1, 1.0), Mean(1, -1.0), Mean(0, None))
            ),
        )


def test_days_of_rest_are_those_since_the_last_day_with_something_done() -> None:
    runs = [
        _rated("first", utc(2026, 3, 1), 1, 1),
        _rated("next", utc(2026, 3, 2), 2, 2),
        _rated("after two", utc(2026, 3, 5), 3, 3),
        _rated("again", utc(2026, 3, 5, 20), 4, 4),
        _rated("after a month", utc(2026, 4, 5), 5, 5),
    ]
    with closing(_store(runs)) as connection:
        found = {each.key: each.comfort.before for each in comfort_by(connection, ComfortGrouping.REST)}
    assert found == {"0": Mean(1, 2.0), "2": Mean(2, 3.5), "7": Mean(1, 5.0)}


@given(_RUNS, st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_the_file_and_a_simple_computation_tell_the_same_comfort(runs: list[RunRecord], summed: int) -> None:
    summaries = {record.begun.id: _summary(record) for record in runs}
    rest = rest_before(summaries.values(), days_done(summaries.values()))
    groups: dict[ComfortGrouping, dict[object, list[RunSummary]]] = {beside: {} for beside in ComfortGrouping}
    weeks: dict[date, list[RunSummary]] = {}
    for record in runs:
        each = summaries[record.begun.id]
        if {each.comfort_before, each.comfort_after, each.comfort_next} == {None}:
            continue
        done = {
            Exercise(interval.exercise, interval.title if interval.exercise is None else None)
            for interval in record.intervals
            if interval.kind in WORK
        }
        common: dict[ComfortGrouping, set[object]] = {
            ComfortGrouping.SESSION: {each.stem},
            ComfortGrouping.EXERCISE: set(done),
            ComfortGrouping.REST: {str(rest[each.id])} if each.id in rest else set(),
            ComfortGrouping.TAG: {(tag.kind.value, tag.word) for tag in record.tags},
        }
        for beside, keys in common.items():
            for key in keys:
                groups[beside].setdefault(key, []).append(each)
        weeks.setdefault(week_of(each.started_at.date()), []).append(each)
    with closing(_store(runs, summed)) as connection:
        for beside in ComfortGrouping:
            found = comfort_by(connection, beside)
            rows = [
                ((each.key, each.label) if beside is ComfortGrouping.TAG else each.key, each.comfort) for each in found
            ]
            # An exercise of the catalogue and an author's own of the same name are two.
            wanted = [(_key(key), comfort_of(of)) for key, of in groups[beside].items()]
            assert sorted(rows, key=repr) == sorted(wanted, key=repr)
        by_week = comfort_by_week(connection, date(2023, 1, 1), date(2028, 1, 1))
        assert by_week == {week: comfort_of(of) for week, of in weeks.items()}


def _key(key: object) -> object:
    match key:
        case Exercise(None, own):
            return own
        case Exercise(name, None):
            return name
    return key


def test_the_weeks_of_comfort_are_those_that_were_asked_for() -> None:
    runs = [_rated(str(day), utc(2026, 3, day), day % 10, None) for day in (8, 9, 15, 16)]
    with closing(_store(runs)) as connection:
        found = comfort_by_week(connection, date(2026, 3, 11), date(2026, 3, 12))
    assert {week: comfort.before for week, comfort in found.items()} == {MONDAY: Mean(2, 7.0)}


def test_the_next_morning_is_asked_for_once() -> None:
    runs = [
        run("morning", utc(2026, 3, 10, 8)),
        run("evening", utc(2026, 3, 10, 20)),
        run("too short", utc(2026, 3, 10, 22), outcome=RunOutcome.STOPPED, actual=5_000),
    ]
    with closing(_store(runs)) as connection:
        assert next_morning_due(connection, date(2026, 3, 10)) is None
        assert next_morning_due(connection, date(2026, 3, 12)) is None
        asked = next_morning_due(connection, date(2026, 3, 11))
        assert asked is not None
        assert asked.id == "evening"
        write_next_morning(connection, "evening", None, utc(2026, 3, 11))
        assert next_morning_due(connection, date(2026, 3, 11)) is None
        record = record_of(connection, "evening")
        assert record is not None
        assert record.comfort_next is None


@given(st.lists(MOMENTS, max_size=5), st.integers(-800, 800))
@settings(max_examples=60, deadline=None)
def test_yesterday_is_the_persons_own(moments: list[datetime], offset: int) -> None:
    today = date(2025, 6, 1) + timedelta(days=offset)
    near = [datetime.combine(today - timedelta(days=1), when.time(), when.tzinfo) for when in moments[:2]]
    runs = [run(str(number), when) for number, when in enumerate([*moments, *near])]
    of_yesterday = [each for each in runs if each.begun.started_at.date() == today - timedelta(days=1)]
    with closing(_store(runs)) as connection:
        asked = next_morning_due(connection, today)
    if not of_yesterday:
        assert asked is None
    else:
        assert asked is not None
        assert asked.started_at == max(each.begun.started_at for each in of_yesterday)


def test_a_tag_is_beside_the_runs_that_have_it() -> None:
    red, blue = Tag(TagKind.SHOES, "red"), Tag(TagKind.SHOES, "blue")
    tokyo = timezone(timedelta(hours=9))
    runs = [
        replace(_rated("a", datetime(2026, 3, 1, tzinfo=tokyo), 4, 6), tags=(red,)),
        replace(_rated("b", utc(2026, 3, 2), 2, 6), tags=(blue, red)),
    ]
    with closing(_store(runs)) as connection:
        first, second = comfort_by(connection, ComfortGrouping.TAG)
    assert (first.key, first.label, first.comfort.change) == ("shoes", "red", Mean(2, 3.0))
    assert (second.label, second.comfort.change) == ("blue", Mean(1, 4.0))
