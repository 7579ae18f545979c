"""A run in the terminal that cannot be saved: it is told, its exit code says so, and the next start has it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.history.runs import EVENING, run
from timer_app.cli import main
from timer_app.history.backups import back_up, list_backups
from timer_app.history.db_file import open_store, writing
from timer_app.history.row_mapping import write_run

Call = Callable[..., tuple[int, str, str]]
RUN = ("run", "planks-by-the-minute", "--no-window", "--speed", "1000")


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run `timer-app` with a data folder of its own."""
    monkeypatch.setattr("timer_app.history.db_file._BUSY_SECONDS", 0.01)

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


@pytest.fixture
def gone(call: Call, tmp_path: Path) -> Path:
    """Return a history that was deleted beside the copy of its one run."""
    file = tmp_path / "data" / "history.sqlite"
    with closing(open_store(file)) as connection:
        with writing(connection):
            write_run(connection, run("old"), EVENING)
        back_up(connection, file, EVENING)
    file.unlink()
    return file


@pytest.mark.parametrize(
    "action", ["", "list", "stats", "check", "list --json", "backup copy.sqlite", "export --json x"]
)
def test_a_history_that_is_gone_is_reported_and_the_ways_out_of_it(call: Call, gone: Path, action: str) -> None:
    for _time in range(2):
        code, out, err = call("history", *action.split())
        assert (code, out) == (1, "")
        assert err.count("Your history is gone") == 1
        assert "A sound safety copy is there, made " in err
        assert f"To restore it: timer-app history restore {list_backups(gone)[0].file}" in err
        assert "To begin anew: timer-app history new" in err
    assert not gone.exists()


def test_the_way_back_and_the_way_on(call: Call, gone: Path) -> None:
    assert call("history", "restore", str(list_backups(gone)[0].file))[0] == 0
    assert "Planks by the minute" in call("history")[1]
    code, _out, err = call("history", "new")
    assert (code, "There is a history already" in err) == (1, True)
    gone.unlink()
    code, out, _err = call("history", "new")
    assert (code, str(gone) in out) == (0, True)
    assert call("history") == (0, "Nothing yet. Your first session will be here.\n", "")


def test_a_run_without_its_history_says_so_and_is_saved(
    call: Call, gone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    code, out, err = call(*RUN)
    assert (code, "Complete" in out) == (0, True)
    assert err.count("Your history is gone") == 1
    assert "timer-app history restore" in err
    assert len(call("history")[1].splitlines()) == 1


def test_the_last_session_is_not_looked_for_in_a_history_that_is_gone(call: Call, gone: Path) -> None:
    code, _out, err = call("run", "--last", "--no-window")
    assert (code, "Your history is gone" in err) == (1, True)
    assert "timer-app history restore" in err


def test_a_run_whose_history_is_on_a_drive_that_is_away_is_kept_for_it(call: Call, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "history.sqlite").symlink_to(drive / "history.sqlite")
    code, _out, err = call("history")
    assert (code, "is a link to" in err, "history new" in err) == (1, True, False)
    code, _out, err = call(*RUN)
    assert (code, "at the next start" in err) == (1, True)
    drive.mkdir()
    code, _out, err = call("history", "new")
    assert code == 0
    assert (tmp_path / "data" / "history.sqlite").is_symlink()
    assert len(call("history")[1].splitlines()) == 1
