"""Durations and numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.durations import LONGEST, SHORTEST, format_duration, is_duration, parse_duration
from timer_app.editing.input_parsing import (
    count_of,
    duration_of,
    stepped_count,
    stepped_duration,
    tidied_count,
    tidied_duration,
)


@pytest.mark.parametrize(
    ("typed", "tidy", "length"),
    [
        ("90", "1:30", 90_000),
        ("15", "15s", 15_000),
        ("1.5", "1.5s", 1_500),
        ("007", "7s", 7_000),
        ("20000", "5:33:20", None),
        ("999999", "999999", None),
        (" 90s ", "90s", 90_000),
        ("1:30", "1:30", 90_000),
        ("1m30", "1:30", 90_000),
        ("1m 30", "1:30", 90_000),
        ("1 min 30", "1:30", 90_000),
        ("1m30s", "1m30s", 90_000),
        ("1  min  30 s", "1 min 30 s", 90_000),
        ("1 Min 30 S", "1:30", 90_000),
        ("1m2.5", "1:02.5", 62_500),
        ("1.5s", "1.5s", 1_500),
        ("1,5", "1.5s", 1_500),
        ("1'30", "1:30", 90_000),
        ("1'30\"", "1:30", 90_000),
        ("1′ 30″", "1:30", 90_000),
        ("45”", "45s", 45_000),
        ("1h30", "1:00:30", 3_630_000),
        ("1h 5m 30", "1:05:30", 3_930_000),
    ],
)
def test_a_duration_is_taken_as_it_comes_to_hand(typed: str, tidy: str, length: int | None) -> None:
    assert tidied_duration(typed) == tidy
    assert duration_of(typed) == length


@pytest.mark.parametrize("typed", ["", "m", "sixty", "1:", "1:3", "1.", "-5", "30 reps", "1m30x", "m30", "1 2"])
def test_what_is_no_duration_stays_as_it_was_typed(typed: str) -> None:
    assert tidied_duration(f" {typed} ") == typed
    assert duration_of(typed) is None


@pytest.mark.parametrize("typed", ["1,5", "1 Min 30 S", "1'30", "45”", " 90s"])
def test_the_format_itself_stays_strict(typed: str) -> None:
    assert not is_duration(typed)


def test_lengths_have_bounds() -> None:
    assert (duration_of("0.1s"), duration_of("4h")) == (SHORTEST, LONGEST)
    assert (duration_of("0.05"), duration_of("4:00:01"), duration_of("0")) == (None, None, None)
    assert duration_of("0", zero=True) == 0
    assert duration_of("0.05", zero=True) is None


@given(st.text(max_size=30))
def test_whatever_is_typed_is_tidied_once_and_for_all(typed: str) -> None:
    tidy = tidied_duration(typed)
    assert tidied_duration(tidy) == tidy
    assert duration_of(tidy) == duration_of(typed)


@given(st.integers(0, 200), st.integers(0, 59))
def test_seconds_after_minutes_are_meant(minutes: int, seconds: int) -> None:
    tidy = tidied_duration(f"{minutes}m{seconds}")
    assert parse_duration(tidy) == (minutes * 60 + seconds) * 1_000


@pytest.mark.parametrize(
    ("length", "up", "down"),
    [
        (30_000, 35_000, 25_000),
        (10_000, 15_000, 9_000),
        (9_000, 10_000, 8_000),
        (12_000, 17_000, 10_000),
        (1_500, 2_000, 1_000),
        (1_000, 2_000, 1_000),
        (500, 1_000, 500),
        (LONGEST, LONGEST, LONGEST - 5_000),
        (LONGEST - 1_000, LONGEST, LONGEST - 6_000),
    ],
)
def test_a_step_is_finer_where_lengths_are_short(length: int, up: int, down: int) -> None:
    assert stepped_duration(length, 1) == up
    assert stepped_duration(length, -1) == down


def test_large_steps_are_of_half_a_minute_and_zero_is_reached_where_it_is_allowed() -> None:
    assert stepped_duration(45_000, 1, large=True) == 75_000
    assert stepped_duration(45_000, -1, large=True) == 15_000
    assert stepped_duration(15_000, -1, large=True) == 1_000
    assert stepped_duration(15_000, -1, large=True, zero=True) == 0
    assert stepped_duration(1_000, -1, zero=True) == 0
    assert stepped_duration(0, 1, zero=True) == 1_000
    assert stepped_duration(9_000, 3) == 20_000
    assert stepped_duration(9_000, 0) == 9_000


@given(st.integers(SHORTEST, LONGEST), st.integers(-40, 40), st.booleans(), st.booleans())
def test_steps_never_leave_what_a_file_may_say(length: int, steps: int, large: bool, zero: bool) -> None:
    stepped = stepped_duration(length, steps, large=large, zero=zero)
    assert duration_of(format_duration(stepped), zero=zero) == stepped


def test_counts_are_whole_numbers_within_bounds() -> None:
    assert tidied_count("  12 ") == "12"
    assert tidied_count(" a  few ") == "a few"
    assert (count_of("012", 1, 1_000), count_of("1000", 1, 1_000)) == (12, 1_000)
    assert [count_of(text, 1, 1_000) for text in ("", "0", "1001", "3.0", "-3", "three", "٣")] == [None] * 7


def test_counts_step_by_one_or_by_ten() -> None:
    assert stepped_count(3, 1, 1, 1_000) == 4
    assert stepped_count(3, -1, 1, 1_000) == 2
    assert stepped_count(3, 2, 1, 1_000, large=True) == 23
    assert stepped_count(3, -1, 1, 1_000, large=True) == 1
    assert stepped_count(995, 1, 1, 1_000, large=True) == 1_000
