"""Standard streams that are closed, full, or too narrow for a text: what can be shown is shown, and nothing breaks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from timer_app.history.db_file import findings, open_for_reading

ROOT = Path(__file__).parents[2]
NAMED = 'format: 1\nname: "デッドバグ"\nsetup: 0s\nsteps:\n  - name: "Brücke · プランク"\n    hold: 2s\n'
COMMANDS = {
    "list": (["list"], 0),
    "show": (["show", "wide"], 0),
    "script": (["show", "wide", "--script"], 0),
    "run": (["run", "wide", "--no-window", "--speed", "100"], 0),
    "check": (["check", "data/sessions/wide.session.yaml"], 0),
    "new": (["new", "Übung"], 0),
    "schema": (["schema"], 0),
    "import": (["import", "data/sessions/wide.session.yaml"], 0),
    "exercises": (["exercises"], 0),
    "history": (["history"], 0),
    "stats": (["history", "stats"], 0),
    "missing": (["show", "プランク"], 1),
    "help": (["--help"], 0),
    "usage": (["デッド"], 2),
}
ONE_CLOSED = {"stdin": "<&-", "stdout": ">&-", "stderr": "2>&-"}
CLOSED = {**ONE_CLOSED, "all": " ".join(ONE_CLOSED.values())}
UNWRITABLE = {"full": "/dev/full", "read only": "/dev/null"}

posix = pytest.mark.skipif(os.name == "nt", reason="streams are closed as POSIX shells do it")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sessions = tmp_path / "data" / "sessions"
    sessions.mkdir(parents=True)
    (sessions / "wide.session.yaml").write_text(NAMED, encoding="utf-8")
    return tmp_path


def start(folder: Path, command: list[str], redirected: str = "", **environment: str) -> tuple[int, str, str]:
    """Run `timer-app` in a shell with its streams redirected; return its exit code, its output and its errors."""
    program = [sys.executable, "-P", "-m", "timer_app", "--data-dir", "data", *command]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirected}', "sh", *program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


@posix
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("encoding", ["cp1252", pytest.param("ascii", marks=pytest.mark.slow)])
def test_what_an_encoding_does_not_have_is_replaced(folder: Path, name: str, encoding: str) -> None:
    command, wanted = COMMANDS[name]
    code, out, err = start(folder, command, PYTHONIOENCODING=encoding)
    assert code == wanted
    assert (err == "") is (wanted == 0)
    assert "Traceback" not in err
    assert "went wrong" not in err
    assert (out == "") is (wanted != 0)
    if name in ("list", "show"):
        assert "?????" in out


@posix
def test_json_is_whole_in_a_narrow_encoding(folder: Path) -> None:
    out = start(folder, ["list", "--json"], PYTHONIOENCODING="cp1252")[1]
    assert json.loads(out)[0]["name"] == "デッドバグ"


@posix
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("closed", ["all", *(pytest.param(one, marks=pytest.mark.slow) for one in ONE_CLOSED)])
def test_a_stream_that_is_closed_is_done_without(folder: Path, name: str, closed: str) -> None:
    command, wanted = COMMANDS[name]
    code, out, err = start(folder, command, CLOSED[closed])
    assert code == wanted
    assert "Traceback" not in err
    assert "went wrong" not in err
    if closed in ("stdin", "stderr"):
        assert (out == "") is (wanted != 0)
    if closed in ("stdin", "stdout"):
        assert (err == "") is (wanted == 0)
    if name == "run":
        with closing(open_for_reading(folder / "data" / "history.sqlite")) as history:
            assert findings(history) == ()
            assert history.execute("SELECT count(*) FROM run").fetchone() == (1,)


@posix
@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_voice_speaks_with_every_stream_closed(folder: Path) -> None:
    assert start(folder, ["export", "wide", "--sound", "wide.wav"], CLOSED["all"])[0] == 0
    assert (folder / "wide.wav").stat().st_size > 100_000


@posix
@pytest.mark.parametrize("where", UNWRITABLE)
@pytest.mark.parametrize("name", ["list", "run", "help", "missing"])
def test_output_that_goes_nowhere_is_told_in_one_sentence(folder: Path, name: str, where: str) -> None:
    device = UNWRITABLE[where]
    code, _out, err = start(folder, COMMANDS[name][0], f"1<{device}" if where == "read only" else f">{device}")
    assert code == 1
    assert re.fullmatch(r"timer-app: [^\n]*\n", err)
    code, out, _err = start(folder, COMMANDS[name][0], f"2<{device}" if where == "read only" else f"2>{device}")
    assert (code, out == "") == ((1, True) if name == "missing" else (0, False))


@posix
def test_a_session_that_waits_for_its_user_needs_keys(folder: Path) -> None:
    session = "format: 1\nname: Open\nsteps:\n  - name: Push-up\n    until: done\n"
    (folder / "data" / "sessions" / "open.session.yaml").write_text(session)
    for redirected in ("", "<&-"):
        code, _out, err = start(folder, ["run", "open", "--no-window"], redirected)
        assert code == 1
        assert "Traceback" not in err
