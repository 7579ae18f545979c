"""Average back comfort (0 to 10) by session, exercise, rest or tag: correlation, not cause."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from operator import add

from msgspec import Struct

from timer_app.history.records import RunSummary
from timer_app.history.row_mapping import SUMMARY_COLUMNS, day, summary
from timer_app.history.statistics.statistics import counts, week_of
from timer_app.history.statistics.weekly_aggregates import ADDED_UP, COMFORT_COLUMNS, DAY, day_sums, sums

_EPOCH = date(1970, 1, 1)
MOST_REST = 7
"""Days of rest from which on all are one group."""


class ComfortGrouping(StrEnum):
    """What comfort is grouped by."""

    SESSION = "session"
    EXERCISE = "exercise"
    REST = "rest"
    TAG = "tag"


_QUERIES = {
    ComfortGrouping.SESSION: ("comfort_sum", "key, max(label)", "beside = 'session'", "key"),
    ComfortGrouping.EXERCISE: ("exercise_sum", "coalesce(exercise, own), max(title)", "rated > 0", "exercise, own"),
    ComfortGrouping.TAG: ("comfort_sum", "key, label", "beside = 'tag'", "key, label"),
}
"""For each: the table of sums, its key and label there, which rows count, and the columns to group by."""


class Mean(Struct, frozen=True):
    """A mean, None without observations."""

    observations: int
    value: float | None


class Comfort(Struct, frozen=True):
    """Comfort in a group of runs: before, after, the change where both are known, and on the next morning."""

    runs: int
    before: Mean
    after: Mean
    change: Mean
    next_morning: Mean


class ComfortObservation(Struct, frozen=True):
    """Comfort in one group of runs.

    `key` is a session's stem, an exercise's id or title, a number of days of rest (7 is 7 or more), or a tag's kind;
    `label` is the session's name, the exercise's title, or the tag's word.
    """

    key: str
    label: str
    comfort: Comfort


def comfort_by(connection: sqlite3.Connection, grouping: ComfortGrouping) -> tuple[ComfortObservation, ...]:
    """Return comfort by groups, the most observed first; days of rest in ascending order."""
    if grouping is ComfortGrouping.REST:
        return _by_rest(connection)
    table, columns, condition, groups = _QUERIES[grouping]
    query = f"SELECT {columns}, {ADDED_UP} FROM {{sums}} WHERE {condition} GROUP BY {groups}"  # noqa: S608 - constants
    observations = (
        ComfortObservation(key, label, _comfort(numbers)) for key, label, *numbers in sums(connection, table, query)
    )
    return tuple(sorted(observations, key=lambda each: (-each.comfort.runs, each.key, each.label)))


def comfort_by_week(connection: sqlite3.Connection, first: date, last: date) -> Mapping[date, Comfort]:
    """Return the comfort in each week from that of `first` to that of `last`, by their Mondays; none without one."""
    weeks: dict[date, list[int]] = {}
    for number, *row in day_sums(connection, COMFORT_COLUMNS, week_of(first), week_of(last) + timedelta(days=6)):
        if row[0]:
            _add(weeks.setdefault(week_of(day(number)), [0] * len(row)), row)
    return {monday: _comfort(weeks[monday]) for monday in sorted(weeks)}


def next_morning_due(connection: sqlite3.Connection, today: date) -> RunSummary | None:
    """Return yesterday's last run that counts, unless its next-morning comfort was asked for; else None."""
    yesterday = (today - _EPOCH).days - 1
    bounds = ((yesterday - 1) * 86_400_000_000, (yesterday + 2) * 86_400_000_000)
    query = f"""
        SELECT {SUMMARY_COLUMNS}, r.next_asked FROM run AS r
        WHERE r.deleted_at IS NULL AND r.started_at >= ? AND r.started_at < ? AND {DAY} = ? ORDER BY r.started_at DESC
    """  # noqa: S608 - constants
    for *columns, asked in connection.execute(query, (*bounds, yesterday)):
        run = summary(tuple(columns))
        if counts(run):
            return None if asked or run.comfort_next is not None else run
    return None


def _by_rest(connection: sqlite3.Connection) -> tuple[ComfortObservation, ...]:
    every = list(day_sums(connection, f"done, {COMFORT_COLUMNS}"))
    days = sorted(number for number, done, *_row in every if done)
    of_rest: dict[int, list[int]] = {}
    for number, _done, *row in every:
        place = bisect_left(days, number)
        if place and row[0]:
            rest = min(number - days[place - 1] - 1, MOST_REST)
            _add(of_rest.setdefault(rest, [0] * len(row)), row)
    return tuple(ComfortObservation(str(rest), "", _comfort(of_rest[rest])) for rest in sorted(of_rest))


def _add(total: list[int], row: Sequence[int]) -> None:
    total[:] = map(add, total, row)


def _comfort(numbers: Sequence[int]) -> Comfort:
    """Return the means of a row of COMFORT_COLUMNS."""
    runs, *pairs = numbers
    means = (
        Mean(count, total / count if count else None) for count, total in zip(pairs[::2], pairs[1::2], strict=True)
    )
    return Comfort(runs, *means)
