"""A run in the terminal that cannot be saved: it is told, its exit code says so, and the next start has it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from timer_app.cli import main

Call = Callable[..., tuple[int, str, str]]
RUN = ("run", "planks-by-the-minute", "--no-window", "--speed", "1000")


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run `timer-app` with a data folder of its own."""
    monkeypatch.setattr("timer_app.history.store._BUSY_SECONDS", 0.01)

    def called(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data-dir", str(tmp_path / "data")])
        out, err = capsys.readouterr()
        return code, out, err

    return called


def test_a_run_that_could_not_be_saved_ends_with_1_and_is_there_at_the_next_start(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "data" / "history.sqlite"
    monkeypatch.setattr("timer_app.history.writer._PATIENCE_SECONDS", 30)
    assert call(*RUN)[0] == 0
    monkeypatch.setattr("timer_app.history.writer._PATIENCE_SECONDS", 0)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = call(*RUN)
        assert code == 1
    assert "Complete" in out
    assert "What you did last is not in your history yet" in err
    assert "put into your history at the next start" in err
    monkeypatch.undo()
    code, out, err = call("history", "list", "--json")
    assert code == 0
    assert "is in your history now" in err
    newest, _before = json.loads(out)
    assert newest["outcome"] == "completed"
    assert len(newest["intervals"]) > 3
    assert call("history", "list", "--json")[1:] == (out, "")
