"""The wall clock is set while a session runs, or its zone changes: no length is touched, and the history is right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.fakes import FakeVoice, RecordingSpeaker
from timer_app.clock import ManualClock
from timer_app.conductor.start_run import PlaybackServices, conduct, plan_run
from timer_app.definition.library import Library
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.model import Catalogue
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.paths import assets, shipped_sessions
from timer_app.problems import Problem
from timer_app.settings import Settings

BERLIN, NEW_YORK, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
LORD_HOWE, KATHMANDU = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu")
EVENING = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)
SPRING, AUTUMN = datetime(2026, 3, 29, 0, 57, tzinfo=UTC), datetime(2026, 10, 25, 0, 57, tzinfo=UTC)
"""Three minutes before the clocks of Berlin are put on, and back: a session of five minutes goes across it."""
HOWE_SPRING, HOWE_AUTUMN = datetime(2026, 10, 3, 15, 27, tzinfo=UTC), datetime(2026, 4, 4, 14, 57, tzinfo=UTC)
"""Three minutes before Lord Howe's clocks are put on, and back, by half an hour."""
NEW_YORK_SPRING, NEW_YORK_AUTUMN = datetime(2026, 3, 8, 6, 57, tzinfo=UTC), datetime(2026, 11, 1, 5, 57, tzinfo=UTC)

Change = Callable[[datetime], datetime]


def later(**by: int) -> Change:
    return lambda wall: wall + timedelta(**by)


def moved_to(zone: ZoneInfo) -> Change:
    return lambda wall: wall.astimezone(zone)


def untouched(wall: datetime) -> datetime:
    return wall


CASES: list[tuple[str, datetime, ZoneInfo, int, Change]] = [
    *((f"an hour on after {at} s", EVENING, BERLIN, at, later(hours=1)) for at in (5, 70, 200, 305)),
    *((f"an hour back after {at} s", EVENING, BERLIN, at, later(hours=-1)) for at in (5, 70, 200, 305)),
    ("a year back", EVENING, BERLIN, 100, later(days=-365)),
    ("ten years on", EVENING, BERLIN, 100, later(days=3_650)),
    ("into summer time in Berlin", SPRING, BERLIN, 0, untouched),
    ("out of summer time in Berlin", AUTUMN, BERLIN, 0, untouched),
    ("into summer time in New York", NEW_YORK_SPRING, NEW_YORK, 0, untouched),
    ("out of summer time in New York", NEW_YORK_AUTUMN, NEW_YORK, 0, untouched),
    ("half an hour on, Lord Howe", HOWE_SPRING, LORD_HOWE, 0, untouched),
    ("half an hour back, Lord Howe", HOWE_AUTUMN, LORD_HOWE, 0, untouched),
    *((f"Berlin to {zone}", EVENING, BERLIN, 90, moved_to(zone)) for zone in (NEW_YORK, TOKYO, KATHMANDU, LORD_HOWE)),
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(assets() / "exercises").catalogue


class Zoned(ManualClock):
    """A clock whose wall time goes on in UTC and is told in its zone, as a computer's is."""

    def __init__(self, wall: datetime) -> None:
        super().__init__(wall=wall)
        self.zone = wall.tzinfo

    def advance(self, milliseconds: int) -> None:
        wall = self.wall().astimezone(UTC) + timedelta(milliseconds=milliseconds)
        super().advance(milliseconds)
        self.set_wall(wall.astimezone(self.zone))

    def change(self, change: Change) -> None:
        wall = change(self.wall())
        self.zone = wall.tzinfo
        self.set_wall(wall)


def test_there_are_twenty() -> None:
    assert len(CASES) == 20


@pytest.mark.parametrize(
    ("start", "zone", "at", "change"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_no_length_is_touched(
    tmp_path: Path, catalogue: Catalogue, *, start: datetime, zone: ZoneInfo, at: int, change: Change
) -> None:
    clock = Zoned(start.astimezone(zone))
    told: list[Problem] = []
    journal = Journal(tmp_path / "history.sqlite", clock, told.append)
    library = Library(shipped_sessions(), tmp_path / "own", catalogue)
    playback = PlaybackServices(clock, catalogue, FakeVoice(), RecordingSpeaker(), journal)
    wanted = plan_run(library.find("planks-by-the-minute"), catalogue)
    conductor = conduct(wanted, playback, Settings())
    for second in range(1, 311):
        clock.advance(1_000)
        if second == at:
            clock.change(change)
        conductor.poll()
    assert not conductor.snapshot().live
    end = clock.wall()
    assert journal.close()
    assert told == []
    history = History(tmp_path / "history.sqlite")
    run = history.run(wanted.id)
    assert run.outcome is RunOutcome.COMPLETED
    assert [(done.planned, done.actual) for done in run.intervals] == [
        (interval.length, interval.length) for interval in wanted.timeline.intervals
    ]
    assert run.actual == 310_000
    assert run.ended_at is not None
    assert run.begun.started_at.astimezone(UTC) == start
    assert run.begun.started_at.utcoffset() == start.astimezone(zone).utcoffset()
    assert run.ended_at.astimezone(UTC) == end.astimezone(UTC)
    assert run.ended_at.utcoffset() == end.utcoffset()
    assert history.days_done() == {start.astimezone(zone).date()}
