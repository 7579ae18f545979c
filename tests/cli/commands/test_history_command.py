"""`timer-app history …` for users and for other programs."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.faults.invalid_rows import InvalidValue, write_invalid
from tests.history.runs import plank, reps, run, utc
from timer_app.cli import main
from timer_app.clock import SystemClock
from timer_app.history.db_file import open_store, writing
from timer_app.history.records import Pause, PauseKind, RunRecord, Tag, TagKind
from timer_app.history.row_mapping import write_run
from timer_app.history.run_edits import delete_run, put_pause, undo
from timer_app.presentation.formatting import clock_time

Call = Callable[..., tuple[int, str, str]]

FIRST = replace(
    run("first", utc(2026, 3, 10), note="=HYPERLINK(1)"),
    intervals=(plank(1, 70_000), reps(2, 8)),
    comfort_before=4,
    comfort_after=6,
    tags=(Tag(TagKind.SHOES, "red"),),
)
SECOND = replace(run("second", utc(2026, 3, 11)), comfort_before=5)


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `timer-app history` with the data folder of that name: returns its exit code, its output and its errors."""

    def called(*arguments: str, data: str = "data") -> tuple[int, str, str]:
        try:
            code = main(["history", *arguments, "--data-dir", str(tmp_path / data)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return called


def _write(folder: Path, *runs: RunRecord) -> None:
    with closing(open_store(folder / "history.sqlite")) as connection, writing(connection):
        for record in runs:
            write_run(connection, record, record.begun.started_at)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    _write(tmp_path / "data", FIRST, SECOND)
    return tmp_path / "data"


def test_the_list_is_what_history_alone_tells(call: Call, data: Path) -> None:
    assert call("list") == call()
    assert [line.split() for line in call()[1].splitlines()] == [
        ["2026-03-11", "12:00", "1:00", "/", "5:10", "completed", "Planks", "by", "the", "minute"],
        ["2026-03-10", "12:00", "1:10", "/", "5:10", "completed", "Planks", "by", "the", "minute"],
    ]


@pytest.mark.parametrize("actual", [499, 500, 70_400, 525_400, 525_500, 3_599_500])
def test_a_length_is_rounded_as_in_the_windows(call: Call, tmp_path: Path, actual: int) -> None:
    lasted = replace(run("lasted", utc(2026, 3, 10)), intervals=(plank(actual=actual),))
    _write(tmp_path / "data", lasted)
    assert call("list")[1].split()[2] == clock_time(actual)
    assert clock_time(actual) in next(line for line in call("stats")[1].splitlines() if line.startswith("Plank "))


def test_the_list_for_machines_holds_what_is_promised(call: Call, data: Path) -> None:
    second, first = json.loads(call("list", "--json")[1])
    assert (second["id"], first["id"]) == ("second", "first")
    for key in ("id", "session", "started_at", "ended_at", "outcome", "planned_seconds", "actual_seconds", "effort"):
        assert key in first
    assert (first["comfort_before"], first["comfort_after"], first["note"]) == (4, 6, "=HYPERLINK(1)")
    assert first["intervals"][0] == {
        "position": 1,
        "exercise": "plank",
        "title": "Plank",
        "kind": "work",
        "side": None,
        "set": 1,
        "round": None,
        "planned_seconds": 60,
        "actual_seconds": 70,
        "planned_reps": None,
        "actual_reps": None,
        "outcome": "done",
        "attempts": 1,
    }


def test_the_sums_are_reported_with_their_observations(call: Call, data: Path) -> None:
    code, out, _err = call("stats")
    assert code == 0
    assert "2 runs on 2 days, 2 minutes in all." in out
    assert "This week: 0 of 4 days." in out
    (line,) = (line for line in out.splitlines() if line.startswith("Planks by the minute"))
    assert line.split()[4:] == ["4.5", "(2)", "6.0", "(1)", "+2.0", "(1)"]
    (line,) = (line for line in out.splitlines() if line.startswith("shoes: red"))
    assert line.split()[2:] == ["4.0", "(1)", "6.0", "(1)", "+2.0", "(1)"]
    assert ["Plank", "2:10", "1:10"] in [line.split() for line in out.splitlines()]
    assert "0 days" in out
    assert out.count("need not be cause and effect") == 1


def test_the_sums_for_machines(call: Call, data: Path) -> None:
    document = json.loads(call("stats", "--json")[1])
    assert {key: document[key] for key in ("runs", "days", "minutes", "aim", "streak_weeks")} == {
        "runs": 2,
        "days": 2,
        "minutes": 2.167,
        "aim": {"days": 4},
        "streak_weeks": 0,
    }
    plank_done, push_done = document["exercises"]
    assert (plank_done["exercise"], plank_done["longest_hold_seconds"], plank_done["runs"]) == ("plank", 70, 2)
    assert (push_done["exercise"], push_done["title"], push_done["reps"]) == (None, "Wall push", 8)
    assert plank_done["weeks"][0]["week"] == "2026-03-09"
    (beside,) = document["comfort"]["session"]
    assert beside["before"] == {"observations": 2, "mean": 4.5}
    assert beside["next_morning"] == {"observations": 0, "mean": None}


def test_a_streak_of_minutes_goes_on_over_a_pause(call: Call, tmp_path: Path) -> None:
    today = SystemClock().wall()
    _write(tmp_path / "data", *(run(str(weeks), today - timedelta(weeks=weeks)) for weeks in (0, 1, 3)))
    (tmp_path / "data" / "settings.json").write_text('{"weekly_aim_minutes": 1}')
    away = Pause("away", PauseKind.HOLIDAY, (today - timedelta(weeks=2)).date(), None)
    assert json.loads(call("stats", "--json")[1])["streak_weeks"] == 2
    with closing(open_store(tmp_path / "data" / "history.sqlite")) as connection:
        put_pause(connection, replace(away, last=away.first), today)
    document = json.loads(call("stats", "--json")[1])
    assert (document["streak_weeks"], document["aim"]) == (3, {"minutes": 1})


def test_an_empty_history_invites(call: Call) -> None:
    assert call("stats")[:2] == (0, "Nothing yet. Your first session will be here.\n")
    assert json.loads(call("stats", "--json")[1])["runs"] == 0
    assert call("check")[:2] == (0, "0 runs, nothing wrong.\n")


def test_tables_and_a_calendar_are_written(call: Call, data: Path, tmp_path: Path) -> None:
    files = {option: tmp_path / f"out{option}" for option in ("--csv", "--intervals", "--ics")}
    code, out, _err = call("export", *(word for option, file in files.items() for word in (option, str(file))))
    assert code == 0
    assert out.split() == [str(file) for file in files.values()]
    rows = list(csv.DictReader(io.StringIO(files["--csv"].read_text(encoding="utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ["first", "second"]
    assert rows[0]["note"] == "'=HYPERLINK(1)"
    rows = list(csv.DictReader(io.StringIO(files["--intervals"].read_text(encoding="utf-8-sig"), newline="")))
    assert [(row["run"], row["position"]) for row in rows] == [("first", "1"), ("first", "2"), ("second", "1")]
    assert files["--ics"].read_text().count("BEGIN:VEVENT") == 2


def test_two_computers_end_up_with_the_same(call: Call, data: Path, tmp_path: Path) -> None:
    _write(tmp_path / "other", replace(FIRST, note="older"), run("third", utc(2026, 3, 12)))
    mine, other = tmp_path / "mine.json", tmp_path / "other.json"
    assert call("export", "--json", str(mine))[0] == 0
    assert call("import", str(mine), data="other")[:2] == (0, "1 run is new.\n")
    assert call("export", "--json", str(other), data="other")[0] == 0
    assert call("import", str(other))[:2] in {
        (0, "1 run is new.\n"),
        (0, "1 run is new.\n1 run was brought up to date.\n"),
    }
    assert call("list", "--json") == call("list", "--json", data="other")
    assert call("import", str(other))[:2] == (0, "All that is in it was here already.\n")


def test_another_computers_file_is_brought_in(call: Call, data: Path, tmp_path: Path) -> None:
    assert call("import", str(data / "history.sqlite"), data="other")[:2] == (0, "2 runs are new.\n")
    assert call("list", "--json", data="other") == call("list", "--json")


def test_a_backup_is_one_file_and_comes_back(call: Call, data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite"
    assert call("backup", str(backup))[:2] == (0, f"{backup}\n")
    assert [each.name for each in tmp_path.iterdir() if "backup" in each.name] == ["backup.sqlite"]
    assert call("check", str(backup))[:2] == (0, "2 runs, nothing wrong.\n")
    before = call("list", "--json")
    (data / "history.sqlite").unlink()
    assert call("restore", str(backup))[:2] == (0, "2 runs are new.\n")
    assert call("list", "--json") == before
    code, _out, err = call("backup", str(backup))
    assert code == 1
    assert "a file of that name" in err


@pytest.mark.parametrize("form", ["json", "sqlite"])
def test_restoring_brings_back_what_was_deleted_since_and_importing_does_not(
    call: Call, data: Path, tmp_path: Path, form: str
) -> None:
    backup = tmp_path / f"backup.{form}"
    assert (call("backup", str(backup)) if form == "sqlite" else call("export", "--json", str(backup)))[0] == 0
    with closing(open_store(data / "history.sqlite")) as connection, writing(connection):
        delete_run(connection, "first", utc(2026, 3, 12))
    before = call("list", "--json")
    assert call("import", str(backup))[:2] == (0, "All that is in it was here already.\n")
    assert call("list", "--json") == before
    assert call("restore", str(backup))[:2] == (0, "1 deleted run is back.\n")
    assert [each["id"] for each in json.loads(call("list", "--json")[1])] == ["second", "first"]
    assert call("restore", str(backup))[:2] == (0, "All that is in it was here already.\n")
    with closing(open_store(data / "history.sqlite")) as connection, writing(connection):
        assert undo(connection, SystemClock().wall())
    assert call("list", "--json") == before


def test_a_damaged_history_is_reported_and_left_alone(call: Call, data: Path) -> None:
    with closing(sqlite3.connect(data / "history.sqlite")) as connection:
        connection.execute("UPDATE run SET note = 'another' WHERE id = 'second'")
        connection.commit()
    before = (data / "history.sqlite").read_bytes()
    code, out, _err = call("check")
    assert code == 1
    assert "run 2 is not as it was written" in out
    assert (data / "history.sqlite").read_bytes() == before


@pytest.mark.parametrize("name", ["no-such-file", ""])
def test_a_file_that_is_not_there_is_not_said_to_be_sound(call: Call, data: Path, name: str) -> None:
    code, out, err = call("check", str(data / name))
    assert (code, out) == (1, "")
    assert str(data / name) in err
    assert "Your history" not in err


def test_a_damaged_backup_is_reported_by_its_name(call: Call, data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite"
    call("backup", str(backup))
    backup.write_bytes(backup.read_bytes()[:5000])
    code, out, _err = call("check", str(backup))
    assert code == 1
    assert str(backup) in out
    assert "next start" not in out


def test_a_damaged_history_is_put_aside_and_its_copy_restored_as_it_says(call: Call, data: Path) -> None:
    before = call("list", "--json")
    assert call("import", str(data / "history.sqlite"))[0] == 0  # and leaves a safety copy
    (data / "history.sqlite").write_bytes(b"x" * 5000)
    _code, _out, err = call("import", str(data / "nothing"))
    (backup,) = (line.partition("history restore ")[2] for line in err.splitlines() if "history restore" in line)
    assert call("restore", backup)[:2] == (0, "2 runs are new.\n")
    assert call("list", "--json") == before


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0 and no more", None])
def test_what_cannot_be_imported_is_reported(call: Call, data: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "other"
    if content is not None:
        file.write_bytes(content)
    before = call("list", "--json")
    code, out, err = call("import", str(file))
    assert (code, out) == (1, "")
    assert str(file) in err
    assert "Your history cannot" not in err
    assert call("list", "--json") == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("action", ["list", "check"])
def test_output_that_has_no_room_is_reported_and_is_no_bug(data: Path, unbuffered: str, action: str) -> None:
    command = [sys.executable, "-m", "timer_app", "history", action, "--data-dir", str(data)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command,
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            cwd=Path(__file__).parents[2],
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("timer-app: What you asked for cannot be printed: No space left on device.")
    assert "went wrong" not in done.stderr


def test_an_export_of_nothing_says_what_to_do(call: Call) -> None:
    code, _out, err = call("export")
    assert code == 1
    assert "timer-app history export --json" in err


def test_a_file_that_cannot_be_written_is_reported(call: Call, data: Path, tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    for option in ("--csv", "--json", "--ics"):
        code, _out, err = call("export", option, str(tmp_path / "in the way" / "file"))
        assert code == 1
        assert "cannot be written" in err


@pytest.mark.parametrize("option", ["--csv", "--intervals", "--json", "--ics"])
def test_nothing_is_written_over_the_history_itself(call: Call, data: Path, option: str) -> None:
    own = data / "history.sqlite"
    before = call("list", "--json")
    code, _out, err = call("export", option, str(own))
    assert code == 1
    assert "your history itself" in err
    assert call("list", "--json") == before


def test_a_pause_is_exchanged(call: Call, data: Path, tmp_path: Path) -> None:
    with closing(open_store(data / "history.sqlite")) as connection:
        put_pause(connection, Pause("p", PauseKind.REST, date(2026, 3, 1), None, "knee"), utc(2026, 3, 1))
    file = tmp_path / "history.json"
    call("export", "--json", str(file))
    assert call("import", str(file), data="other")[1] == "2 runs are new.\n1 pause is new or brought up to date.\n"
    call("export", "--json", str(tmp_path / "other.json"), data="other")
    assert file.read_text() == (tmp_path / "other.json").read_text()
    assert json.loads(file.read_text())["pauses"][0]["note"] == "knee"


def test_a_row_that_cannot_be_shown_leaves_the_rest_readable(call: Call, data: Path, tmp_path: Path) -> None:
    list_before = [line for line in call("list")[1].splitlines() if "2026-03-10" in line]
    write_invalid(data / "history.sqlite", InvalidValue("run", "started_at", 4_611_686_018_427_387_904))
    code, out, err = call("list")
    assert (code, out.splitlines()) == (0, list_before)
    assert "run 2 (Planks by the minute): started_at is not a time from 1900 to 2900" in err
    assert "1 runs on 1 days" in call("stats")[1]
    assert [each["id"] for each in json.loads(call("list", "--json")[1])] == ["first"]
    for option in ("--csv", "--intervals", "--ics", "--json"):
        assert call("export", option, str(tmp_path / "out"))[0] == 0
        assert "first" in (tmp_path / "out").read_text("utf-8")
    code, out, _err = call("check")
    assert code == 1
    assert "run 2 (Planks by the minute): started_at" in out
    assert "next start sets this aside" in out
    # What is written sets it aside.
    assert call("import", str(tmp_path / "out"))[0] == 0
    assert call("check")[:2] == (0, "1 run, nothing wrong.\n")
    (kept,) = data.glob("history.set-aside-*.json")
    assert "4611686018427387904" in kept.read_text("utf-8")


def test_a_backup_takes_the_place_of_the_history(call: Call, data: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite"
    assert call("backup", str(backup))[0] == 0
    before = call("list", "--json")
    _write(data, run("third", utc(2026, 3, 12)))
    code, out, _err = call("restore", "--replace", str(backup))
    assert code == 0
    assert call("list", "--json") == before
    (kept,) = data.glob("history.replaced-*.sqlite")
    assert str(kept) in out
    assert call("restore", "--replace", str(kept))[0] == 0
    assert len(json.loads(call("list", "--json")[1])) == 3
