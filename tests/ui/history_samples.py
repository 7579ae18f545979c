"""Sample runs for tests of the history, and the texts of list models."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from tests.ui.stage import Stage
from timer_app.history.db_file import definition_hash
from timer_app.history.records import IntervalOutcome, IntervalRecord, RunBegun, RunOutcome, RunRecord

TEXT = "format: 1\nname: Planks\n"


def add_plank(stage: Stage, run_id: str, *, days_ago: int = 0, minutes: int = 2, **said: object) -> RunRecord:
    """Note a run of one plank."""
    started = stage.clock.wall() - timedelta(days=days_ago, minutes=20)
    length = minutes * 60_000
    plank = IntervalRecord(1, "plank", "Plank", "work", None, 1, None, 60_000, length, IntervalOutcome.DONE)
    begun = RunBegun(run_id, "Planks", "planks", TEXT, definition_hash(TEXT), length, started)
    run = replace(
        RunRecord(begun, started + timedelta(milliseconds=length), RunOutcome.COMPLETED, (plank,)),
        **said,  # fields of a run by their names
    )
    stage.journal.add_run(run)
    assert stage.journal.flush()
    return run


def words_of(model: object, rows: int) -> list[str]:
    return [str(model.index(number).data()) for number in range(rows)]  # type: ignore[attr-defined] # any list model
