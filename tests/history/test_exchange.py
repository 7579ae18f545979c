from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.anything import RECORDS, WORDS
from tests.history.runs import EVENING, begun, plank, reps, run, utc
from timer_app.history.exchange import INTERVAL_COLUMNS as CSV_INTERVALS
from timer_app.history.exchange import RUN_COLUMNS, calendar, harmless, intervals_csv, runs_csv, runs_json
from timer_app.history.records import RunOutcome, RunRecord, Tag, TagKind


def test_a_run_is_told_to_machines() -> None:
    record = RunRecord(
        begun=replace(begun(), left_out='["steps[1]"]'),
        ended_at=EVENING,
        outcome=RunOutcome.COMPLETED,
        intervals=(plank(1, 59_500), replace(reps(2), actual_reps=9)),
        effort=6,
        comfort_before=4,
        note="Fine",
        comfort_next=7,
        tags=(Tag(TagKind.SHOES, "Red"),),
        away=True,
    )
    (told,) = json.loads(json.dumps(runs_json([record])))
    assert told == {
        "id": "a",
        "session": "Planks by the minute",
        "stem": "planks-by-the-minute",
        "started_at": "2026-03-14T18:30:00.123456+01:00",
        "ended_at": "2026-03-14T18:30:00.123456+01:00",
        "outcome": "completed",
        "planned_seconds": 310,
        "actual_seconds": 59.501,
        "effort": 6,
        "comfort_before": 4,
        "comfort_after": None,
        "comfort_next": 7,
        "note": "Fine",
        "tags": [{"kind": "shoes", "word": "Red"}],
        "left_out": ["steps[1]"],
        "away": True,
        "intervals": [
            {
                "position": 1,
                "exercise": "plank",
                "title": "Plank",
                "kind": "work",
                "side": None,
                "set": 1,
                "round": None,
                "planned_seconds": 60,
                "actual_seconds": 59.5,
                "planned_reps": None,
                "actual_reps": None,
                "outcome": "done",
            },
            {
                "position": 2,
                "exercise": None,
                "title": "Wall push",
                "kind": "work",
                "side": "left",
                "set": 2,
                "round": 3,
                "planned_seconds": None,
                "actual_seconds": 0.001,
                "planned_reps": 10,
                "actual_reps": 9,
                "outcome": "skipped",
            },
        ],
    }


def test_a_run_without_an_end_is_interrupted() -> None:
    (told,) = runs_json([RunRecord(begun(), None, RunOutcome.INTERRUPTED, ())])
    assert (told["ended_at"], told["outcome"], told["actual_seconds"], told["intervals"]) == (
        None,
        "interrupted",
        0,
        [],
    )


def test_a_table_has_one_row_a_run_or_one_row_an_interval_oldest_first() -> None:
    older = replace(run("b", utc(2026, 3, 1)), intervals=(plank(1, 59_500), reps(2)), effort=6, away=True)
    newer = replace(run("a", utc(2026, 3, 2), note='He said: "go",\nso I did'), tags=(Tag(TagKind.SHOES, "Red"),))
    rows = _rows(runs_csv([newer, older]))
    assert rows[0] == list(RUN_COLUMNS)
    assert rows[1] == [
        "b",
        "Planks by the minute",
        "planks-by-the-minute",
        "2026-03-01T12:00:00+00:00",
        "2026-03-01T12:06:00+00:00",
        "completed",
        "310",
        "59.501",
        "6",
        "",
        "",
        "",
        "",
        "",
        "yes",
    ]
    assert rows[2][RUN_COLUMNS.index("note")] == 'He said: "go",\nso I did'
    assert rows[2][RUN_COLUMNS.index("tags")] == "shoes: Red"
    rows = _rows(intervals_csv([newer, older]))
    assert rows[0] == list(CSV_INTERVALS)
    assert [(row[0], row[3], row[5], row[11]) for row in rows[1:]] == [
        ("b", "1", "Plank", "59.5"),
        ("b", "2", "Wall push", "0.001"),
        ("a", "1", "Plank", "60"),
    ]


def _rows(lines: Iterable[str]) -> list[list[str]]:
    text = "".join(lines)
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


_RISKY = st.tuples(st.sampled_from(["", " ", "  "]), st.sampled_from("=+-@\t\r\n＝＋－＠"), WORDS).map("".join)


@given(_RISKY, _RISKY, _RISKY)
def test_no_text_is_a_formula(note: str, session: str, word: str) -> None:
    record = replace(run(name=session, note=note), tags=(Tag(TagKind.SHOES, word),))
    record = replace(record, intervals=(replace(plank(), title=note, exercise=session),))
    for row in (*_rows(runs_csv([record]))[1:], *_rows(intervals_csv([record]))[1:]):
        for cell in row:
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(WORDS)
def test_another_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) in {text, f"'{text}"}
    if text[:1].isalnum():
        assert harmless(text) == text


def test_a_calendar_has_one_event_a_run() -> None:
    tokyo = timezone(timedelta(hours=9))
    record = run("a", datetime(2026, 3, 2, 0, 30, tzinfo=tokyo), note="Well; then,\nslept")
    assert "".join(calendar([record])).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Guided Session Timer//History//EN",
        "BEGIN:VEVENT",
        "UID:a@guided-session-timer",
        "DTSTAMP:20260301T153600Z",
        "DTSTART:20260301T153000Z",
        "DTEND:20260301T153600Z",
        "SUMMARY:Planks by the minute",
        "DESCRIPTION:Completed\\nWell\\; then\\,\\nslept",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_run_without_an_end_takes_the_time_that_was_spent() -> None:
    record = replace(run("a", utc(2026, 3, 2), actual=90_000), ended_at=None)
    assert "DTEND:20260302T120130Z\r\n" in list(calendar([record]))


@given(RECORDS)
@settings(max_examples=60, deadline=None)
def test_any_run_is_an_event_of_short_lines_that_unfold(record: RunRecord) -> None:
    lines = list(calendar([record]))
    for line in lines:
        assert line.endswith("\r\n")
        assert len(line[:-2].encode()) <= 75
        assert line[:-2].isprintable()
    unfolded = "".join(lines).replace("\r\n ", "").split("\r\n")
    names = [line.partition(":")[0] for line in unfolded if line]
    assert names[3:-1] == [
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "TRANSP",
        "END",
    ]
    (start,) = (line.partition(":")[2] for line in unfolded if line.startswith("DTSTART"))
    (end,) = (line.partition(":")[2] for line in unfolded if line.startswith("DTEND"))
    assert start <= end
