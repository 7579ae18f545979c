"""Reminders through the day: one at a time, not during a session or soon after one, and none for a night asleep."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from timer_app.reminder_schedule import AWAY, CHECK_EVERY, begin, check

MINUTE = 60_000
EVERY = 30 * MINUTE


def reminded(looks: list[tuple[int, bool]], every: int = EVERY) -> list[int]:
    """Return at which of the looks, each at a time and busy or not, a reminder came."""
    rhythm, came = begin(every, 0), []
    for now, busy in looks:
        rhythm, due = check(rhythm, now, busy=busy)
        if due:
            came.append(now)
    return came


def minutely(minutes: int, *busy: int) -> list[tuple[int, bool]]:
    return [(minute * MINUTE, minute in busy) for minute in range(1, minutes + 1)]


def test_a_reminder_comes_every_half_hour() -> None:
    assert reminded(minutely(100)) == [30 * MINUTE, 60 * MINUTE, 90 * MINUTE]


def test_none_comes_while_a_session_runs_or_soon_after_it() -> None:
    assert reminded(minutely(100, *range(25, 36))) == [65 * MINUTE, 95 * MINUTE]


def test_a_night_asleep_is_no_reminder_at_all() -> None:
    morning = 9 * 60
    looks = minutely(20) + [((morning + minute) * MINUTE, False) for minute in range(40)]
    assert reminded(looks) == [(morning + 30) * MINUTE]


def test_a_late_timer_is_only_late() -> None:
    assert reminded([*minutely(29), (31 * MINUTE, False), *minutely(62)[31:]]) == [31 * MINUTE, 61 * MINUTE]


LOOKS = st.lists(st.tuples(st.integers(1, 20 * MINUTE), st.booleans()), max_size=60)


@given(LOOKS, st.integers(10 * MINUTE, 90 * MINUTE))
def test_whatever_happens_two_reminders_are_never_close_and_none_is_close_to_a_session(
    gaps: list[tuple[int, bool]], every: int
) -> None:
    now, looks = 0, []
    for gap, busy in gaps:
        now += gap
        looks.append((now, busy))
    came = reminded(looks, every)
    quiet = [0, *(at for at, busy in looks if busy), *came]
    assert all(at - before >= every for at in came for before in quiet if before < at)
    assert not [at for at, busy in looks if busy and at in came]


@given(st.lists(st.integers(1, AWAY), min_size=1, max_size=200))
def test_whoever_stays_is_reminded_within_a_look_of_the_time(gaps: list[int]) -> None:
    now, looks = 0, []
    for gap in gaps:
        now += gap
        looks.append((now, False))
    came = [0, *reminded(looks, EVERY), now]
    assert all(after - before < EVERY + AWAY for before, after in pairwise(came))


def test_looks_are_closer_than_what_counts_as_away() -> None:
    assert 2 * CHECK_EVERY <= AWAY < EVERY
