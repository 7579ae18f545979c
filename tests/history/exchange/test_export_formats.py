from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from unicodedata import category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.random_runs import RECORDS, WORDS
from tests.history.runs import EVENING, begun, plank, reps, run, utc
from timer_app.history.exchange.export_formats import INTERVAL_COLUMNS as CSV_INTERVALS
from timer_app.history.exchange.export_formats import (
    RUN_COLUMNS,
    calendar,
    harmless,
    intervals_csv,
    runs_csv,
    runs_json,
)
from timer_app.history.records import RunOutcome, RunRecord, Tag, TagKind


def test_a_run_is_reported_to_machines() -> None:
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
    (exported,) = json.loads(json.dumps(runs_json([record])))
    assert exported == {
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
        "resume_at": None,
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
                "attempts": 1,
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
                "attempts": 1,
            },
        ],
    }


def test_a_run_without_an_end_is_interrupted() -> None:
    (exported,) = runs_json([RunRecord(begun(), None, RunOutcome.INTERRUPTED, ())])
    assert (exported["ended_at"], exported["outcome"], exported["actual_seconds"], exported["intervals"]) == (
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


_BEFORE = st.sampled_from(["", " ", "  ", "sore;", "sore; ", "sore\n", "sore\t "])
_RISKY = st.tuples(_BEFORE, st.sampled_from("=+-@\t\r\n＝＋－＠"), WORDS).map("".join)


@given(_RISKY, _RISKY, _RISKY)
def test_no_text_is_a_formula(note: str, session: str, word: str) -> None:
    record = replace(run(name=session, note=note), tags=(Tag(TagKind.SHOES, word),))
    record = replace(record, intervals=(replace(plank(), title=note, exercise=session),))
    for row in (*_rows(runs_csv([record]))[1:], *_rows(intervals_csv([record]))[1:]):
        for cell in row:
            assert not cell.lstrip(" ").startswith(("\t", "\r", "\n"))
            # Each part is a cell of its own where a semicolon parts the cells, and quotes do not count.
            for part in re.split(r"[;\t\r\n]", cell):
                assert not part.lstrip(" ").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


_TRICKY = st.text(st.sampled_from("=+-@;,|\t\n\r \"'a\xa0\x0b\u2028\u200b＝"), max_size=12)


@given(_TRICKY, _TRICKY, _TRICKY)
@example('a;"=1+1;"', "", "")
@example('a\n"=1+1;b', "", "")
@example("a|=1+1", "", "")
@example("a;\xa0=1+1", "", "")
@settings(max_examples=400, deadline=None)
def test_no_cell_is_a_formula_whichever_separator_a_spreadsheet_takes(note: str, session: str, word: str) -> None:
    record = replace(run(name=session, note=note), tags=(Tag(TagKind.SHOES, word),))
    record = replace(record, intervals=(replace(plank(), title=note, exercise=session),))
    for written in ("".join(runs_csv([record])), "".join(intervals_csv([record]))):
        for separator in ",;\t|":
            # As a spreadsheet does, this reader takes quotes for such only where a cell begins.
            for row in csv.reader(io.StringIO(written[1:], newline=""), delimiter=separator):
                for cell in row:
                    bare = cell.lstrip(" \xa0\x0b\u2028\u200b\t\r\n")
                    assert not bare.startswith(("=", "+", "-", "@", "＝")), (separator, cell)


@given(WORDS)
def test_another_text_stays_as_it_is(text: str) -> None:
    made = harmless(text)
    assert made.replace("'", "") == text.replace("'", "")
    if not set(text) & set("=+-@\t\r\n＝＋－＠"):
        assert made == text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1+1", "'=1+1"),
        ("Red;=cmd|'/c calc'!A0", "Red;'=cmd|'/c calc'!A0"),
        ('Red;"=1+1;"', 'Red;\'"=1+1;"'),
        ("Red|\xa0=1+1", "Red|'\xa0=1+1"),
        ("Slept well;  -2", "Slept well;'  -2"),
        ("Sore.\n- the left side", "Sore.\n'- the left side"),
        ("well-slept; a walk + tea, -2 °C", "well-slept; a walk + tea, -2 °C"),
    ],
)
def test_a_formula_is_made_harmless_wherever_a_cell_may_begin(text: str, made: str) -> None:
    assert harmless(text) == made


def test_a_run_of_no_length_is_a_moment() -> None:
    # An event whose end is not after its start breaks RFC 5545, 3.8.2.2.
    record = replace(run("a", utc(2026, 3, 2)), ended_at=utc(2026, 3, 2) + timedelta(milliseconds=400))
    lines = list(calendar([record]))
    assert "DTSTART:20260302T120000Z\r\n" in lines
    assert not any(line.startswith("DTEND") for line in lines)


def test_a_calendar_keeps_every_character_of_a_note_but_controls() -> None:
    family, wide = "\N{MAN}\N{ZERO WIDTH JOINER}\N{GIRL}", "腰\N{IDEOGRAPHIC SPACE}よい"
    note = f"10\N{NO-BREAK SPACE}min {family} {wide}\tso\x07"
    exported = "".join(calendar([run("a", note=note)])).replace("\r\n ", "")
    assert f"DESCRIPTION:Completed\\n10\N{NO-BREAK SPACE}min {family} {wide}\tso\r\n" in exported


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
        assert not any(category(character) == "Cc" for character in line[:-2] if character != "\t")
    unfolded = "".join(lines).replace("\r\n ", "").split("\r\n")
    names = [line.partition(":")[0] for line in unfolded if line]
    (start,) = (line.partition(":")[2] for line in unfolded if line.startswith("DTSTART"))
    end = next((line.partition(":")[2] for line in unfolded if line.startswith("DTEND")), None)
    assert names[3:-1] == [
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART",
        *([] if end is None else ["DTEND"]),
        "SUMMARY",
        "DESCRIPTION",
        "TRANSP",
        "END",
    ]
    assert end is None or start < end
