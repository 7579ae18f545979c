"""The wall clock is set, or the person travels: the history is right in UTC, with the offset of the place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.history.runs import begun, plank
from timer_app.clock import ManualClock
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem

BERLIN, NEW_YORK, KATHMANDU = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")
SPRING = datetime(2026, 3, 29, 0, 55, tzinfo=UTC)
"""Five minutes before Berlin's clocks go from two to three."""
AUTUMN = datetime(2026, 10, 25, 0, 55, tzinfo=UTC)
"""Five minutes before Berlin's clocks go from three back to two."""


@pytest.mark.parametrize(
    ("start", "end", "offsets"),
    [
        (SPRING.astimezone(BERLIN), (SPRING + timedelta(minutes=10)).astimezone(BERLIN), (1, 2)),
        (AUTUMN.astimezone(BERLIN), (AUTUMN + timedelta(minutes=10)).astimezone(BERLIN), (2, 1)),
        (SPRING.astimezone(NEW_YORK), (SPRING + timedelta(minutes=10)).astimezone(BERLIN), (-4, 2)),
        (SPRING.astimezone(KATHMANDU), (SPRING + timedelta(hours=1)).astimezone(KATHMANDU), (5.75, 5.75)),
        (SPRING.astimezone(BERLIN), (SPRING - timedelta(hours=1)).astimezone(BERLIN), (1, 1)),
        (SPRING.astimezone(BERLIN), (SPRING + timedelta(hours=1)).astimezone(BERLIN), (1, 2)),
    ],
)
def test_a_run_keeps_its_times_and_offsets(
    tmp_path: Path, start: datetime, end: datetime, offsets: tuple[float, float]
) -> None:
    file = tmp_path / "history.sqlite"
    clock = ManualClock(wall=start)
    problems: list[Problem] = []
    journal = Journal(file, clock, problems.append)
    journal.begin(begun("a", clock.wall()))
    journal.interval_ended("a", plank(1))
    clock.set_wall(end)
    journal.interval_ended("a", plank(2))
    journal.end("a", RunOutcome.COMPLETED, clock.wall())
    assert journal.close()
    assert problems == []
    history = History(file)
    read = history.run("a")
    assert read.ended_at is not None
    times = (read.begun.started_at, read.ended_at)
    # In UTC, for Python never calls a time that comes twice equal to one of another zone.
    assert [time.astimezone(UTC) for time in times] == [start.astimezone(UTC), end.astimezone(UTC)]
    assert tuple(time.utcoffset() for time in times) == tuple(timedelta(hours=hours) for hours in offsets)
    assert read.actual == 120_000
    assert history.days_done() == {start.date()}
    assert history.minutes_by_day(start.date(), start.date()) == {start.date(): 2.0}
