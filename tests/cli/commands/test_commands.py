"""The command line for users and for other programs."""

from __future__ import annotations

import json
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import full_disk
from timer_app import __version__
from timer_app.app import has_screen
from timer_app.cli import main
from timer_app.paths import assets, shipped_sessions

BROKEN = """format: 1
name: Broken
setup: 5s
steps:
  - exercise: plank
    sets: 3
    hold: sixty
"""

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `timer-app` with a data folder of its own: returns its exit code, its output and its errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main([*arguments, "--data-dir", str(tmp_path / "data")])
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "my.session.yaml"
    file.write_text(BROKEN)
    return file


def test_help_teaches(call: Call) -> None:
    code, out, _err = call("--help")
    assert code == 0
    for word in ("timer-app run planks-by-the-minute --no-window", "history", "--data-dir"):
        assert word in out


def test_the_version(call: Call) -> None:
    assert call("--version")[:2] == (0, f"timer-app {__version__}\n")


@pytest.mark.parametrize("wrong", [["bogus"], ["run"], ["run", "x", "--speed", "0"], ["show", "a", "b"], ["--no"]])
def test_wrong_usage_exits_with_2(call: Call, wrong: list[str]) -> None:
    code, out, err = call(*wrong)
    assert (code, out) == (2, "")
    assert "usage: timer-app" in err


def test_a_problem_is_reported_in_one_line_and_exits_with_1(call: Call) -> None:
    code, out, err = call("run", "plank-by-the-minute", "--no-window")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        'timer-app: There is no session called "plank-by-the-minute". Did you mean planks-by-the-minute?'
    ]


@pytest.mark.parametrize("command", [["show"], ["run", "--no-window"], ["export", "--sound", "a.wav"], ["open"]])
def test_a_name_that_is_not_whole_is_answered_with_those_that_are_near(call: Call, command: list[str]) -> None:
    for typed, near in (
        ("planks", "Did you mean planks-by-the-minute?"),
        ("core", "Did you mean first-core, runner-core or runner-core-advanced?"),
        ("zzz", "List them to see which there are."),
    ):
        code, out, err = call(*command, typed)
        assert (code, out) == (1, "")
        assert err == f'timer-app: There is no session called "{typed}". {near}\n'


def test_list_names_every_session_with_its_length(call: Call) -> None:
    code, out, _err = call("list")
    assert code == 0
    assert "  planks-by-the-minute" in out
    assert "5:10  Planks by the minute" in out


def test_list_shows_a_broken_file_and_hides_no_other(call: Call, broken: Path, tmp_path: Path) -> None:
    own = tmp_path / "data" / "sessions"
    own.mkdir(parents=True)
    broken.rename(own / broken.name)
    _code, out, _err = call("list")
    (line,) = [line for line in out.splitlines() if line.startswith("! my ")]
    assert "1 problem: timer-app check" in line
    assert "superman-tens" in out


def test_list_for_machines(call: Call) -> None:
    rows = json.loads(call("list", "--json")[1])
    planks = next(row for row in rows if row["session"] == "planks-by-the-minute")
    assert (planks["name"], planks["total_seconds"], planks["shipped"]) == ("Planks by the minute", 310, True)


def test_show_prints_every_interval(call: Call) -> None:
    code, out, _err = call("show", "Planks by the MINUTE")
    assert code == 0
    assert out.splitlines() == [
        "Planks by the minute · 5:10",
        "    0:00      0:10  Get ready   Plank 1/3",
        "    0:10      1:00  Work        Plank 1/3",
        "    1:10      1:00  Rest",
        "    2:10      1:00  Work        Plank 2/3",
        "    3:10      1:00  Rest",
        "    4:10      1:00  Work        Plank 3/3",
    ]


def test_show_for_machines(call: Call) -> None:
    document = json.loads(call("show", "superman-tens", "--json")[1])
    assert (document["format"], document["name"], document["total_seconds"]) == (1, "Superman tens", 290)
    assert document["open_intervals"] == 0
    work = document["intervals"][1]
    assert work == {
        "index": 1,
        "kind": "work",
        "start": 10,
        "seconds": 40,
        "exercise": "superman",
        "title": "Superman",
        "set": 1,
        "sets": 3,
        "side": None,
        "round": None,
        "rounds": None,
        "reps": 10,
        "rep_seconds": 4,
        "step": "steps[0]",
    }


def test_show_takes_a_file_and_tells_its_problems(call: Call, broken: Path) -> None:
    code, _out, err = call("show", str(broken))
    assert code == 1
    assert f'{broken}:7:11: steps[0].hold: "sixty" is not a duration; write 60s, 1:00 or 1m' in err


def test_check_tells_each_problem_at_its_place(call: Call, broken: Path) -> None:
    code, out, _err = call("check", str(broken))
    assert (code, out) == (1, f'{broken}:7:11: steps[0].hold: "sixty" is not a duration; write 60s, 1:00 or 1m\n')


def test_check_for_machines(call: Call, broken: Path) -> None:
    code, out, _err = call("check", str(broken), "--json")
    assert code == 1
    assert json.loads(out) == [
        {
            "file": str(broken),
            "line": 7,
            "column": 11,
            "where": "steps[0].hold",
            "problem": '"sixty" is not a duration',
            "instead": "write 60s, 1:00 or 1m",
        }
    ]


def test_check_is_content_with_every_shipped_session(call: Call) -> None:
    files = [str(file) for file in shipped_sessions().glob("*.session.yaml")]
    assert len(files) >= 3
    assert call("check", *files, "--json")[:2] == (0, "[]\n")
    assert call("check", *files)[1] == f"{len(files)} files, nothing wrong.\n"


def test_check_of_a_file_that_is_not_there(call: Call) -> None:
    code, _out, err = call("check", "nowhere.session.yaml")
    assert code == 1
    assert "nowhere.session.yaml cannot be read" in err


def test_new_writes_a_starter_that_is_listed_and_never_overwrites(call: Call, tmp_path: Path) -> None:
    code, out, _err = call("new", "Back on Sunday")
    file = tmp_path / "data" / "sessions" / "back-on-sunday.session.yaml"
    assert (code, out) == (0, f"{file}\n")
    assert call("check", str(file))[0] == 0
    assert "Back on Sunday" in call("list")[1]
    before = file.read_text()
    code, _out, err = call("new", "Back on Sunday")
    assert (code, file.read_text()) == (1, before)
    assert "already" in err


def test_new_where_nothing_can_be_written(call: Call, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    code, _out, err = call("new", "Back")
    assert code == 1
    assert "cannot be written" in err


@pytest.mark.skipif(os.name == "nt", reason="no limits on Windows")
def test_new_on_a_full_disk_leaves_nothing_and_its_name_free(call: Call, tmp_path: Path) -> None:
    with full_disk():
        code, out, err = call("new", "Back")
    assert (code, out) == (1, "")
    assert "back.session.yaml cannot be written: File too large." in err
    assert list((tmp_path / "data" / "sessions").iterdir()) == []
    assert call("new", "Back")[0] == 0


def test_schema_is_the_one_that_is_shipped(call: Call) -> None:
    assert call("schema")[1] == (assets() / "session.schema.json").read_text()


def test_import_shows_first_and_copies_when_reported(call: Call, tmp_path: Path) -> None:
    bundle = tmp_path / "shared.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("sub/back.session.yaml", "format: 1\nname: Back\nsteps:\n  - {exercise: plank, hold: 30s}\n")
        archive.writestr("readme.txt", "hello")
    own = tmp_path / "data" / "sessions"
    code, out, _err = call("import", str(bundle))
    assert code == 0
    assert "back.session.yaml  Back" in out
    assert "left out: readme.txt" in out
    assert not own.exists()
    code, out, _err = call("import", str(bundle), "--yes")
    assert code == 0
    assert f"copied to {own / 'back.session.yaml'}" in out
    assert "Back" in call("list")[1]
    call("import", str(bundle), "--yes")
    assert len(list(own.iterdir())) == 2


def test_import_of_what_holds_no_session(call: Call, tmp_path: Path) -> None:
    bundle = tmp_path / "shared.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("readme.txt", "hello")
    code, _out, err = call("import", str(bundle), "--yes")
    assert code == 1
    assert "no session in" in err


def test_a_run_in_a_hurry_is_in_the_history(call: Call) -> None:
    code, out, _err = call("run", "planks-by-the-minute", "--no-window", "--speed", "1000")
    assert code == 0
    assert " · Plank 1/3" in out.splitlines()[0]
    assert out.splitlines()[-1] == "Complete: 5:10. Well done."
    code, out, _err = call("history")
    assert code == 0
    assert "completed" in out
    assert "5:10 / 5:10" in out
    (run,) = json.loads(call("history", "list", "--json")[1])
    assert (run["session"], run["outcome"], run["planned_seconds"], run["actual_seconds"]) == (
        "Planks by the minute",
        "completed",
        310,
        310,
    )
    assert [interval["kind"] for interval in run["intervals"]] == ["setup", "work", "rest", "work", "rest", "work"]
    assert run["intervals"][1] == run["intervals"][1] | {
        "position": 1,
        "exercise": "plank",
        "side": None,
        "set": 1,
        "planned_seconds": 60,
        "actual_seconds": 60,
        "outcome": "done",
    }


def test_an_open_session_needs_somebody_who_can_say_that_it_is_done(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "open.session.yaml"
    file.write_text("format: 1\nname: Open\nsteps:\n  - {name: Push-up, until_done: true}\n")
    code, _out, err = call("run", str(file), "--no-window")
    assert code == 1
    assert "steps that wait for you" in err
    assert "at least 0:10" in call("show", str(file))[1]


def test_an_empty_history_invites(call: Call) -> None:
    assert call("history")[:2] == (0, "Nothing yet. Your first session will be here.\n")
    assert call("history", "--json")[:2] == (0, "[]\n")


def test_the_data_folder_can_be_named_before_the_command(tmp_path: Path) -> None:
    assert main(["--data-dir", str(tmp_path / "here"), "new", "Back"]) == 0
    assert (tmp_path / "here" / "sessions" / "back.session.yaml").is_file()


def test_nothing_is_left_running(call: Call) -> None:
    before = set(threading.enumerate())
    call("run", "planks-by-the-minute", "--no-window", "--speed", "1000")
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("platform", "environment", "answer"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_window_needs_a_screen(platform: str, environment: dict[str, str], answer: bool) -> None:
    assert has_screen(platform, environment) is answer


def test_without_a_screen_it_says_what_to_do(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    code, out, err = call()
    assert (code, out) == (1, "")
    assert "Without one: timer-app run planks-by-the-minute --no-window" in err


def test_the_last_session_is_run_again(call: Call) -> None:
    code, _out, err = call("run", "--last", "--no-window", "--speed", "1000")
    assert (code, err) == (
        1,
        "timer-app: No session has been begun yet. Choose one, and the next time it is the last.\n",
    )
    assert call("run", "superman-tens", "--no-window", "--speed", "1000")[0] == 0
    code, out, _err = call("run", "--last", "--no-window", "--speed", "1000")
    assert code == 0
    assert "Superman" in out
    assert call("run", "superman-tens", "--last")[0] == 2
    assert call("run")[0] == 2


def test_several_sessions_are_opened_only_as_files(call: Call, broken: Path) -> None:
    code, _out, err = call("open", "big-three", str(broken))
    assert code == 1
    assert "Only one session can be shown at a time." in err
    code, _out, err = call(str(broken), str(broken.with_name("gone.session.yaml")))
    assert code == 1
    assert "gone.session.yaml" in err
