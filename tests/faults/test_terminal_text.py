"""Names, notes and paths that a terminal would obey are shown harmlessly, wherever they are printed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.history.runs import plank, run, utc
from timer_app.cli import main
from timer_app.crash_report import Crash, print_crash
from timer_app.history.db_file import open_store, writing
from timer_app.history.records import Tag, TagKind
from timer_app.history.row_mapping import write_run
from timer_app.paths import shipped_sessions

ROOT = Path(__file__).parents[2]
EVIL = "\x1b[31m\x1b]0;title\x07\x9b1m\u202egnp\u2066\u200b\r!"
SHOWN = r"\x1b[31m\x1b]0;title\x07\x9b1m\u202egnp\u2066\u200b\r!"
SUPERMAN = (shipped_sessions() / "superman-tens.session.yaml").read_text(encoding="utf-8")
NAMED = 'format: 1\nname: "Ba\\u202Eck"\nsetup: 0s\nsteps:\n  - name: "Ho\\u202Eld"\n    hold: 2s\n'

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `timer-app` with a data folder of its own: returns its exit code, its output and its errors, all harmless."""

    def called(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data-dir", str(tmp_path / "data")])
        out, err = capsys.readouterr()
        for text in (out, err):
            assert not harmful(text)
        return code, out, err

    return called


def harmful(text: str) -> str:
    """Return the characters of a text that a terminal would obey, or could not show."""
    return "".join(
        char
        for char in text
        if (unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") and char != "\n") or char in "\u202e\u2066\u200b"
    )


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "sessions"
    folder.mkdir(parents=True)
    return folder


posix = pytest.mark.skipif(os.name == "nt", reason="no such name is possible there")


@posix
@pytest.mark.parametrize(
    ("stem", "shown"), [(EVIL, SHOWN), ("two\nlines", r"two\nlines"), (os.fsdecode(b"caf\xe9"), r"caf\xe9")]
)
def test_the_name_of_a_file_is_shown_and_can_be_asked_for(call: Call, sessions: Path, stem: str, shown: str) -> None:
    file = sessions / f"{stem}.session.yaml"
    file.write_text(SUPERMAN, encoding="utf-8")
    assert f"  {shown} " in call("list")[1]
    assert json.loads(call("list", "--json")[1])[0]["session"] == (shown if "caf" in shown else stem)
    assert call("show", shown)[1].startswith("Superman tens")
    assert call("show", stem)[1].startswith("Superman tens")
    assert call("show", str(file))[1].startswith("Superman tens")
    assert call("check", str(file))[:2] == (0, "1 file, nothing wrong.\n")
    assert call("run", stem, "--no-window", "--speed", "1000")[0] == 0
    assert call("run", "--last", "--no-window", "--speed", "1000")[0] == 0
    file.write_text("format: 1\nsteps: 7\n")
    assert f"! {shown} " in call("list")[1]
    code, out, _err = call("check", str(file))
    assert code == 1
    assert all(shown in line for line in out.splitlines())
    assert json.loads(call("check", str(file), "--json")[1])[0]["file"] == str(file)
    assert shown in call("show", str(file))[2]
    file.unlink()
    assert shown in call("check", str(file))[2]
    assert shown in call("import", str(file))[2]


@posix
def test_what_is_imported_and_exported_is_named_harmlessly(call: Call, tmp_path: Path, sessions: Path) -> None:
    file = tmp_path / f"{EVIL}.session.yaml"
    file.write_text(NAMED)
    assert r"Ba\u202eck" in call("import", str(file), "--yes")[1]
    assert call("run", str(file), "--no-window", "--speed", "1000")[0] == 0
    assert SHOWN in call("history", "backup", str(tmp_path / EVIL))[1]
    assert SHOWN in call("history", "backup", str(tmp_path / EVIL))[2]


@posix
def test_every_folder_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    for command in (
        ["run", "superman-tens", "--no-window", "--speed", "1000"],
        ["new", os.fsdecode(b"caf\xe9")],
        ["check", "sessions/caf-xe9.session.yaml"],
        ["history", "stats"],
        ["history", "export", "--json", "a.json", "--csv", "a.csv", "--ics", "a.ics", "--intervals", "b.csv"],
        ["history", "import", "a.json"],
        ["history", "backup", "a.sqlite"],
        ["history", "check", "a.sqlite"],
        ["history", "restore", "a.sqlite"],
        ["exercises", "--sheet", str(folder / "sheet.png")],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "timer_app", "--data-dir", str(folder), *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert not harmful(done.stdout.decode())


def test_what_a_session_says_is_shown_harmlessly(call: Call, sessions: Path) -> None:
    (sessions / "back.session.yaml").write_text(NAMED)
    assert call("show", "back")[1].splitlines() == [r"Ba\u202eck · 0:02", r"    0:00      0:02  Work        Ho\u202eld"]
    assert r"Ho\u202eld" in call("run", "back", "--no-window", "--speed", "100")[1]
    assert call("history")[1].rstrip().endswith(r"Ba\u202eck")
    assert json.loads(call("show", "back", "--json")[1])["name"] == "Ba\u202eck"


def test_what_the_history_holds_is_shown_harmlessly(call: Call, tmp_path: Path) -> None:
    record = run("first", utc(2026, 3, 10), note=EVIL)
    evil = replace(
        record,
        begun=replace(record.begun, session=f"{EVIL}\ntwo"),
        intervals=(replace(plank(1, 70_000), exercise=None, title=EVIL),),
        comfort_before=4,
        comfort_after=6,
        tags=(Tag(TagKind.SHOES, EVIL),),
    )
    (tmp_path / "data").mkdir()
    with closing(open_store(tmp_path / "data" / "history.sqlite")) as connection, writing(connection):
        write_run(connection, evil, evil.begun.started_at)
    assert call("history")[1].endswith(rf"{SHOWN}\ntwo" + "\n")
    stats = call("history", "stats")[1]
    assert r"\x1b[31m\x1b]0;title\x07" in stats
    assert r"shoes: \x1b[31m" in stats
    assert json.loads(call("history", "--json")[1])[0]["note"] == EVIL
    assert json.loads(call("history", "stats", "--json")[1])["exercises"][0]["title"] == EVIL


def test_what_is_typed_is_told_harmlessly_by_the_parser_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "timer_app", "list", EVIL],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert SHOWN in done.stderr.decode()
    assert not harmful(done.stderr.decode())


def test_a_bug_is_told_harmlessly() -> None:
    out = io.StringIO()
    print_crash(Crash(EVIL, f"report\n{EVIL}\n", None), out)
    assert not harmful(out.getvalue())
    assert SHOWN in out.getvalue().splitlines()[0] + out.getvalue().splitlines()[1]
