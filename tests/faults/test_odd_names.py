"""Session files whose names are not UTF-8: listed, found, played and remembered under a name that can be told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from timer_app.cli import main
from timer_app.definition.library import Library, stem_of
from timer_app.definition.serializer import save_text

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every file's name is text")

GOOD = "format: 1\nname: Good\nsteps:\n  - {name: Sit, hold: 1s}\n"
CAFE, BAD = (os.fsdecode(name) for name in (b"caf\xe9.session.yaml", b"bad\xff.session.yaml"))

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--data-dir", str(tmp_path)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "sessions"
    folder.mkdir()
    (folder / CAFE).write_text(GOOD)
    (folder / BAD).write_text("steps")
    return folder


def test_they_are_listed_found_and_remembered(own: Path, tmp_path: Path) -> None:
    index = tmp_path / "cache" / "sessions.json"
    before = Library(tmp_path / "shipped", own, CATALOGUE, index).entries()
    assert [(entry.stem, entry.title, entry.broken) for entry in before] == [
        ("bad\\xff", "bad\\xff", True),
        ("caf\\xe9", "Good", False),
    ]
    library = Library(tmp_path / "shipped", own, CATALOGUE, index)
    assert library.entries() == before
    for name in ("caf\\xe9", "CAF\\XE9", "good", CAFE.removesuffix(".session.yaml")):
        assert library.find(name).file == own / CAFE
    assert stem_of(own / CAFE) == "caf\\xe9"
    save_text(GOOD.replace("Good", "Better"), own / CAFE)
    assert library.refresh()
    assert library.find("better").file == own / CAFE


def test_they_can_be_used_on_the_command_line(own: Path, call: Call) -> None:
    for name in ("caf\\xe9", os.fsdecode(b"caf\xe9"), str(own / CAFE)):
        assert call("show", name)[1].splitlines()[0] == "Good · 0:11"
    assert call("run", str(own / CAFE), "--no-window", "--speed", "1000")[0] == 0
    assert call("run", "--last", "--no-window", "--speed", "1000")[0] == 0
    assert len(call("history", "list")[1].splitlines()) == 2
