"""Back comfort (0 to 10) beside what was done: what goes together, with no claim of what causes what."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timer_app.history.progress import WEEK
from timer_app.history.records import RunSummary
from timer_app.history.rows import SUMMARY_COLUMNS, day, summary
from timer_app.history.statistics import DONE, counts, day_of

_EPOCH = date(1970, 1, 1)
_DAY = "(r.started_at / 1000000 + r.started_offset) / 86400"
_RATED = (
    "r.deleted_at IS NULL AND NOT (r.comfort_before IS NULL AND r.comfort_after IS NULL AND r.comfort_next IS NULL)"
)
_VALUES = ("r.comfort_before", "r.comfort_after", "r.comfort_after - r.comfort_before", "r.comfort_next")
_MEANS = ", ".join(("count(*)", *(f"count({each}), avg({each})" for each in _VALUES)))

MOST_REST = 7
"""From so many days of rest on, they are told as one."""


class Beside(StrEnum):
    """What comfort is set beside."""

    SESSION = "session"
    EXERCISE = "exercise"
    REST = "rest"
    TAG = "tag"


_EXERCISES = """
    JOIN (
        SELECT run, coalesce(exercise, title) AS key, max(title) AS title FROM interval
        WHERE kind IN ('work', 'last_rep_hold') GROUP BY run, key
    ) AS e ON e.run = r.number
"""
_SOURCES = {
    Beside.SESSION: ("r.stem, max(r.session)", "", "r.stem"),
    Beside.EXERCISE: ("e.key, max(e.title)", _EXERCISES, "e.key"),
    Beside.TAG: ("t.kind, t.word", "JOIN tag AS t ON t.run = r.number", "t.kind, t.word"),
}
"""For each: its key and label, where they come from, and what makes them one."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean and how many observations are in it; with none it is None."""

    observations: int
    value: float | None

    @classmethod
    def of(cls, values: Iterable[int | None]) -> Mean:
        """Return the mean of the values that are there."""
        there = [value for value in values if value is not None]
        return cls(len(there), sum(there) / len(there) if there else None)


@dataclass(frozen=True, slots=True)
class Comfort:
    """Comfort in some runs: before, after, the change from before to after where both are known, and next morning."""

    runs: int
    before: Mean
    after: Mean
    change: Mean
    next_morning: Mean

    @classmethod
    def of(cls, runs: Collection[RunSummary]) -> Comfort:
        """Return the comfort in some runs that have any rating of it."""
        changes = (
            None if run.comfort_after is None or run.comfort_before is None else run.comfort_after - run.comfort_before
            for run in runs
        )
        return cls(
            len(runs),
            Mean.of(run.comfort_before for run in runs),
            Mean.of(run.comfort_after for run in runs),
            Mean.of(changes),
            Mean.of(run.comfort_next for run in runs),
        )


@dataclass(frozen=True, slots=True)
class Observed:
    """Comfort in the runs that have something in common.

    `key` is a session's stem, an exercise's id or title, a number of days of rest (7 stands for more, too), or a tag's
    kind; `label` is the session's name, the exercise's title, or the tag's word.
    """

    key: str
    label: str
    comfort: Comfort


def observed(connection: sqlite3.Connection, beside: Beside) -> tuple[Observed, ...]:
    """Return comfort beside something, what was observed most first; days of rest come in their order."""
    if beside is Beside.REST:
        return _by_rest(connection)
    columns, source, groups = _SOURCES[beside]
    query = f"SELECT {columns}, {_MEANS} FROM run AS r {source} WHERE {_RATED} GROUP BY {groups}"  # noqa: S608 - constants
    found = (Observed(key, label, _comfort(means)) for key, label, *means in connection.execute(query))
    return tuple(sorted(found, key=lambda each: (-each.comfort.runs, each.key, each.label)))


def comfort_by_week(connection: sqlite3.Connection, first: date, last: date) -> Mapping[date, Comfort]:
    """Return the comfort in each week from that of `first` to that of `last`, by their Mondays; none without one."""
    low, high = (((each - _EPOCH).days + 3) // 7 for each in (first, last))
    bounds = ((low * 7 - 4) * 86_400_000_000, (high * 7 + 5) * 86_400_000_000)
    query = f"""
        SELECT {WEEK} AS week, {_MEANS} FROM run AS r
        WHERE {_RATED} AND r.started_at >= ? AND r.started_at < ? AND week BETWEEN ? AND ? GROUP BY week ORDER BY week
    """  # noqa: S608 - constants
    rows = connection.execute(query, (*bounds, low, high))
    return {day(week * 7 - 3): _comfort(means) for week, *means in rows}


def to_ask(connection: sqlite3.Connection, today: date) -> RunSummary | None:
    """Return the run whose next morning `today` is, where that was not asked for: yesterday's last that counts."""
    yesterday = (today - _EPOCH).days - 1
    bounds = ((yesterday - 1) * 86_400_000_000, (yesterday + 2) * 86_400_000_000)
    query = f"""
        SELECT {SUMMARY_COLUMNS}, r.next_asked FROM run AS r
        WHERE r.deleted_at IS NULL AND r.started_at >= ? AND r.started_at < ? AND {_DAY} = ? ORDER BY r.started_at DESC
    """  # noqa: S608 - constants
    for *columns, asked in connection.execute(query, (*bounds, yesterday)):
        run = summary(tuple(columns))
        if counts(run):
            return None if asked or run.comfort_next is not None else run
    return None


def rest_before(runs: Iterable[RunSummary], days: Collection[date]) -> Mapping[str, int]:
    """Return for each run's id how many days of rest came before its day, 7 for more, too; none for the first day.

    `days` are those with something done.
    """
    ordered = sorted(days)
    found = {}
    for run in runs:
        place = bisect_left(ordered, day_of(run))
        if place:
            found[run.id] = min((day_of(run) - ordered[place - 1]).days - 1, MOST_REST)
    return found


def _by_rest(connection: sqlite3.Connection) -> tuple[Observed, ...]:
    """Give each day its days of rest first, so that there is a row a day and not a row a run to go through."""
    done = f"SELECT DISTINCT {_DAY} FROM run AS r INDEXED BY run_by_time WHERE r.deleted_at IS NULL AND {DONE}"  # noqa: S608 - constants
    days = sorted(row[0] for row in connection.execute(done))
    sums = f"""
        SELECT {_DAY} AS day, count(*), {", ".join(f"count({each}), sum({each})" for each in _VALUES)}
        FROM run AS r WHERE {_RATED} GROUP BY day
    """  # noqa: S608 - constants
    of_rest: dict[int, list[int]] = {}
    for number, *row in connection.execute(sums):
        place = bisect_left(days, number)
        if place:
            rest = min(number - days[place - 1] - 1, MOST_REST)
            known = of_rest.setdefault(rest, [0] * len(row))
            of_rest[rest] = [total + (value or 0) for total, value in zip(known, row, strict=True)]
    return tuple(Observed(str(rest), "", _comfort_of_sums(of_rest[rest])) for rest in sorted(of_rest))


def _comfort_of_sums(sums: list[int]) -> Comfort:
    runs, *pairs = sums
    means = (
        Mean(count, total / count if count else None) for count, total in zip(pairs[::2], pairs[1::2], strict=True)
    )
    return Comfort(runs, *means)


def _comfort(means: list[float | None]) -> Comfort:
    runs, *pairs = means
    each = [Mean(int(pairs[place] or 0), pairs[place + 1]) for place in range(0, len(pairs), 2)]
    return Comfort(int(runs or 0), *each)
