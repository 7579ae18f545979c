"""Any run there can be, for the tests of what must always hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.runs import begun
from timer_app.history.records import IntervalOutcome, IntervalRecord, RunOutcome, RunRecord, Tag, TagKind

MOMENTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2027, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.sampled_from([timezone(timedelta(minutes=minutes)) for minutes in (-720, -210, 0, 60, 345, 840)]),
)

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
TAG_WORDS = WORDS.map(str.strip).filter(bool)
SCALE = st.none() | st.integers(1, 10)
INTERVALS = st.lists(
    st.builds(
        IntervalRecord,
        position=st.integers(0, 2000),
        exercise=st.none() | WORDS,
        title=WORDS,
        kind=st.sampled_from(["setup", "work", "last_rep_hold", "switch", "rest"]),
        side=st.sampled_from([None, "left", "right"]),
        set=st.none() | st.integers(1, 99),
        round=st.none() | st.integers(1, 99),
        planned=st.none() | st.integers(0, 14_400_000),
        actual=st.integers(0, 86_400_000),
        outcome=st.sampled_from(IntervalOutcome),
        planned_reps=st.none() | st.integers(1, 500),
        actual_reps=st.none() | st.integers(0, 500),
        attempts=st.integers(1, 3),
    ),
    max_size=6,
    unique_by=lambda interval: interval.position,
).map(lambda intervals: tuple(sorted(intervals, key=lambda interval: interval.position)))


RECORDS = st.builds(
    RunRecord,
    begun=st.builds(
        lambda run, left_out: replace(run, left_out=left_out),
        st.builds(begun, started_at=MOMENTS, name=WORDS, text=WORDS),
        st.lists(WORDS, max_size=3).map(lambda paths: json.dumps(paths, ensure_ascii=False)),
    ),
    ended_at=MOMENTS,
    outcome=st.sampled_from(RunOutcome),
    intervals=INTERVALS,
    effort=SCALE,
    comfort_before=SCALE,
    comfort_after=SCALE,
    note=WORDS,
    comfort_next=SCALE,
    tags=st.sets(st.builds(Tag, st.sampled_from(TagKind), TAG_WORDS), max_size=4).map(lambda tags: tuple(sorted(tags))),
    away=st.booleans(),
    resume_at=st.none() | st.integers(0, 2000),
)
