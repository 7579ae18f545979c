from __future__ import annotations

import json
from dataclasses import replace

from tests.history.runs import EVENING, begun, plank, reps
from timer_app.history.exchange import runs_json
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
