"""The exercises on the command line."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from timer_app.cli import main

Call = Callable[..., tuple[int, str, str]]

MINE = """id: wall-sit
name: Wall sit
trains: The thighs.
position: Back against a wall, knees bent.
cues: [Weight in your heels, Keep breathing]
caution: Stand up when your knees hurt.
easier: no-such
tempo: {lift: 2s}
"""


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `timer-app` with a data folder of its own: returns its exit code, its output and its errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data-dir", str(tmp_path / "data")])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "exercises"
    folder.mkdir(parents=True)
    (folder / "wall-sit.yaml").write_text(MINE)
    return folder


def test_lists_them_by_what_they_train(call: Call) -> None:
    code, out, err = call("exercises")
    assert (code, err) == (0, "")
    groups = [block.splitlines() for block in out.split("\n\n")]
    assert [lines[0] for lines in groups][:3] == ["Core", "Back and spine", "Hips and legs"]
    core = [line.split()[0] for line in groups[0][1:]]
    assert core == sorted(core)
    assert {"plank", "side-plank", "curl-up"} <= set(core)
    assert "  plank  " in out
    assert "The front and sides of the trunk." in out


def test_tells_one_in_full_by_its_id_or_its_name(call: Call) -> None:
    code, out, _err = call("exercises", "superman")
    assert code == 0
    for line in (
        "Superman (superman)",
        "  trains    The back, the buttocks and the shoulders.",
        "  cue       Long rather than high",
        "            Look down at the mat",
        "  usual     2 × 10, last one held 10 s, rest 30 s",
        "  tempo     4 s a rep: 1 s up, 1 s held, 2 s down",
        "  easier    Bird dog (bird-dog)",
    ):
        assert line in out.splitlines()
    assert "harder" not in out
    assert call("exercises", "CHILD'S POSE")[1].startswith("Child's pose (childs-pose)\n")
    assert "  tempo     Held, or done for a time" in call("exercises", "plank")[1]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plnk", "Did you mean plank?"),
        ("Birddog", "Did you mean bird-dog?"),
        ("zzz", "List them to see"),
        ("superm", "Did you mean superman?"),
    ],
)
def test_another_name_is_reported_with_what_may_be_meant(call: Call, typed: str, meant: str) -> None:
    code, out, err = call("exercises", typed)
    assert (code, out) == (1, "")
    assert err.startswith(f'timer-app: There is no exercise called "{typed}". {meant}')


def test_json_is_for_other_programs(call: Call) -> None:
    every = json.loads(call("exercises", "--json")[1])
    one = json.loads(call("exercises", "side-plank", "--json")[1])
    assert one in every
    assert (one["exercise"], one["name"], one["area"]) == ("side-plank", "Side plank", "core")
    assert one["tempo_seconds"] == {"rep": 12.0, "lift": 1.0, "hold": 10.0, "lower": 1.0}
    assert (one["easier"], one["harder"]) == ("knee-side-plank", None)
    plank = json.loads(call("exercises", "plank", "--json")[1])
    assert plank["tempo_seconds"] is None
    assert plank["usual"] == {
        "hold_seconds": 30.0,
        "reps": None,
        "last_rep_hold_seconds": 0.0,
        "sets": 2,
        "rest_seconds": 30.0,
        "each_side": False,
    }


def test_the_persons_own_are_listed_and_what_is_wrong_in_their_files_is_reported(call: Call, mine: Path) -> None:
    (mine / "half.yaml").write_text("id: half\n")
    code, out, err = call("exercises")
    assert code == 0
    assert "  wall-sit  " in out
    assert f'{mine / "wall-sit.yaml"}:7:9: easier: "no-such" is not in the catalogue' in err
    assert f"{mine / 'half.yaml'}:1:1" in err
    out = call("exercises", "wall-sit")[1]
    assert "  easier    no-such" in out
    assert "  tempo     2 s a rep: 2 s up" in out
    assert "  usual  " not in out
    assert json.loads(call("exercises", "wall-sit", "--json")[1])["usual"] is None


def test_the_sheet_is_drawn_with_no_screen(tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "timer_app", "exercises", "--sheet", str(out), "--data-dir", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{out} (55 exercises)\n"
    assert out.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", out.read_bytes()[16:24])
    assert width > 1_000
    assert height > 1_000


def test_a_sheet_is_a_png(call: Call, tmp_path: Path) -> None:
    code, out, err = call("exercises", "--sheet", str(tmp_path / "sheet.jpg"))
    assert (code, out) == (1, "")
    assert "ends in .png" in err
