"""What is suggested today, and why: never the same three times running, and what has been missing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.runs import utc
from timer_app.coaching.suggestion import SORE, suggest
from timer_app.definition.library import Library, LibraryEntry
from timer_app.definition.model import Level
from timer_app.exercises.catalogue import load_catalogue
from timer_app.history.records import RunOutcome, RunSummary
from timer_app.paths import assets, shipped_sessions

TODAY = date(2026, 3, 14)


def entry(stem: str, level: Level | None = Level.REGULAR, *tags: str, minutes: int = 5) -> LibraryEntry:
    file = Path(f"{stem}.session.yaml")
    return LibraryEntry(stem, file, shipped=True, title=stem, level=level, tags=tags, total=minutes * 60_000)


def done(
    stem: str, days_ago: int, *, felt: int | None = None, outcome: RunOutcome = RunOutcome.COMPLETED
) -> RunSummary:
    when = utc(TODAY.year, TODAY.month, TODAY.day) - timedelta(days=days_ago)
    return RunSummary(f"{stem}-{days_ago}", stem, stem, when, when, outcome, 300_000, 50_000, comfort_after=felt)


CORE = entry("core", Level.REGULAR, "core")
MORE_CORE = entry("more-core", Level.REGULAR, "core")
SOFT = entry("soft", Level.GENTLE, "stretch")
HARD = entry("hard", Level.ADVANCED, "core")
ALL = (CORE, MORE_CORE, SOFT, HARD)


def suggested(
    *runs: RunSummary, entries: tuple[LibraryEntry, ...] = ALL, today: date = TODAY
) -> tuple[str, str] | None:
    suggestion = suggest(entries, runs, today)
    return None if suggestion is None else (suggestion.entry.stem, suggestion.why)


def test_a_newcomer_begins_kindly() -> None:
    assert suggested() == ("soft", "a kind one to begin with")


def test_what_was_missing_longest_comes_back() -> None:
    assert suggested(done("soft", 2), done("core", 6), done("more-core", 9)) == ("more-core", "not done for 9 days")


def test_core_on_the_last_two_days_gives_way() -> None:
    assert suggested(done("core", 1), done("more-core", 2), done("soft", 3)) == ("soft", "core two days running")
    assert suggested(done("core", 1), done("more-core", 3)) == ("soft", "something new: you did the others of late")


def test_core_on_two_days_long_ago_does_not_run_on() -> None:
    assert suggested(done("core", 9), done("more-core", 10), done("soft", 2)) == ("more-core", "not done for 10 days")
    assert suggested(done("core", 9), done("more-core", 10), done("soft", 11)) == ("soft", "not done for 11 days")
    assert suggested(done("core", 9), done("more-core", 10)) == ("more-core", "not done for 10 days")


def test_a_sore_back_gets_something_gentle() -> None:
    assert suggested(done("core", 1, felt=SORE), done("soft", 2)) == ("soft", "your back was sore last time")
    morning = replace(done("core", 1, felt=9), comfort_next=SORE - 1)
    assert suggested(morning, done("soft", 2)) == ("soft", "your back was sore last time")
    assert suggested(done("core", 5, felt=SORE + 1)) != ("soft", "your back was sore last time")


def test_after_a_break_it_begins_gently() -> None:
    assert suggested(done("core", 21), done("soft", 22)) == ("soft", "gently, after your break")
    assert suggested(done("core", 20), done("soft", 19), entries=(CORE, SOFT)) == ("core", "not done for 20 days")


def test_no_higher_level_than_was_ever_done() -> None:
    assert suggested(done("core", 1), entries=(CORE, HARD)) == ("core", "not done for 1 day")
    assert suggested(done("hard", 9), done("core", 12), entries=(CORE, HARD)) == ("core", "not done for 12 days")


def test_today_done_is_done() -> None:
    assert suggested(done("core", 0)) is None
    assert suggested(done("core", 0, outcome=RunOutcome.STOPPED), done("core", 6), entries=(CORE,)) is not None


@pytest.mark.parametrize("tag", ["warm-up", "cool-down", "recovery", "desk", "mid-run"])
def test_what_goes_with_something_else_is_not_suggested(tag: str) -> None:
    assert suggested(entries=(entry("around", Level.GENTLE, tag),)) is None


RUNS = st.lists(
    st.builds(
        done,
        st.sampled_from(["core", "more-core", "soft", "hard", "gone"]),
        st.integers(0, 40),
        felt=st.none() | st.integers(0, 10),
        outcome=st.sampled_from(RunOutcome),
    ),
    max_size=12,
).map(lambda runs: sorted(runs, key=lambda run: run.started_at, reverse=True))


@given(RUNS)
@settings(max_examples=300, deadline=None)
def test_never_the_same_three_times_running(runs: list[RunSummary]) -> None:
    suggestion = suggest(ALL, runs, TODAY)
    counted = [run.stem for run in runs if run.outcome is RunOutcome.COMPLETED]
    if suggestion is not None:
        assert counted[:2] != [suggestion.entry.stem] * 2
        assert suggestion.why


def test_whoever_follows_it_for_months_does_many_things_and_none_three_times_running() -> None:
    library = Library(shipped_sessions(), Path("nowhere"), load_catalogue(assets() / "exercises").catalogue)
    entries = library.entries()
    runs: list[RunSummary] = []
    for day in range(90, 0, -1):
        suggestion = suggest(entries, runs[:60], TODAY - timedelta(days=day))
        assert suggestion is not None
        runs.insert(0, done(suggestion.entry.stem, day))
    stems = [run.stem for run in runs]
    assert not [number for number in range(2, len(stems)) if len(set(stems[number - 2 : number + 1])) == 1]
    assert len(set(stems)) >= 5
