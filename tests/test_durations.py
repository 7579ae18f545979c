from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.durations import LONGEST, PATTERN, format_duration, is_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90", 90_000),
        ("90s", 90_000),
        ("1:30", 90_000),
        ("1m30s", 90_000),
        ("1 min 30 s", 90_000),
        ("1.5s", 1_500),
        ("0:30", 30_000),
        ("030", 30_000),
        ("1.5m", 90_000),
        ("1h", 3_600_000),
        ("1:02:03", 3_723_000),
        ("1h 2m 3s", 3_723_000),
        ("2 hours", 7_200_000),
        ("1 minute 1 second", 61_000),
        ("0.25", 250),
        ("1:00.5", 60_500),
        ("90:00", 5_400_000),
        ("0", 0),
    ],
)
def test_means_what_it_looks_like(text: str, length: int) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text",
    ["", " ", "sixty", "1:5", "1:75", "1:60:00", "1,5s", "-5", "+5", "1.2345s", "1e3", "0x10", "5 s 3 m", "1m 2m", "s",
     "10S", "1_000", "٣", "9" * 5_000, "1:30s", "1..5", ".5", "5.", "90s\n", "1:1:1:1"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    assert not is_duration(text)
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("length", "text"),
    [(45_000, "45s"), (60_000, "1:00"), (1_500, "1.5s"), (100, "0.1s"), (0, "0s"), (90_250, "1:30.25"),
     (3_600_000, "1:00:00"), (14_400_000, "4:00:00"), (3_723_004, "1:02:03.004")],
)  # fmt: skip
def test_is_written_as_a_person_writes_it(length: int, text: str) -> None:
    assert format_duration(length) == text


@given(st.integers(0, 2 * LONGEST))
def test_what_is_written_reads_back(length: int) -> None:
    assert parse_duration(format_duration(length)) == length


@given(st.from_regex(PATTERN.replace("$", r"\Z"), fullmatch=True))
def test_the_published_pattern_is_what_is_read(text: str) -> None:
    assert parse_duration(text) >= 0
    assert json.loads(json.dumps(PATTERN)) == PATTERN
    assert re.search(PATTERN, text)
