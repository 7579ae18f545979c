"""The clocks: the computer's, a faster one, and one that is turned by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from timer_app.clock import ManualClock, SpedClock, SystemClock


def test_the_systems_clock_goes_on_and_knows_its_zone() -> None:
    clock = SystemClock()
    looks = [clock.now() for _ in range(1000)]
    assert looks == sorted(looks)
    assert clock.wall().tzinfo is not None
    assert clock.speed == 1


def test_a_faster_clock_runs_from_where_it_was_made() -> None:
    slow = ManualClock(now=5_000)
    fast = SpedClock(slow, 60)
    assert fast.now() == 5_000
    slow.advance(1_000)
    assert fast.now() == 65_000
    assert fast.wall() == slow.wall()
    assert SpedClock(fast, 2).speed == 120


@pytest.mark.parametrize("speed", [0, -1])
def test_time_does_not_stand_still_or_run_backwards(speed: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        SpedClock(ManualClock(), speed)
    with pytest.raises(ValueError, match="does not go back"):
        ManualClock().advance(-1)


def test_a_hand_turned_clock_moves_both_times_and_its_wall_can_be_set_alone() -> None:
    clock = ManualClock(wall=datetime(2026, 3, 29, 1, 59, tzinfo=UTC))
    clock.advance(60_000)
    assert (clock.now(), clock.wall()) == (60_000, datetime(2026, 3, 29, 2, 0, tzinfo=UTC))
    clock.set_wall(clock.wall() - timedelta(hours=1))
    assert (clock.now(), clock.wall().hour) == (60_000, 1)
    with pytest.raises(ValueError, match="zone"):
        ManualClock(wall=datetime(2026, 3, 29))  # noqa: DTZ001 - that is what is refused
