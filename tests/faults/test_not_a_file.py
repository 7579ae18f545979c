"""A pipe, a device or a huge file wherever a file is read: refused at once, with no hang and little memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.definition.strategies import CATALOGUE
from tests.fakes import little_memory
from tests.history.runs import begun
from timer_app.cli import main
from timer_app.clock import ManualClock
from timer_app.coaching.proposal_answers import ProposalAnswers
from timer_app.crash_report import save_report
from timer_app.definition.library import Library
from timer_app.definition.session_import import examine
from timer_app.editing.autosave import UnsavedWork
from timer_app.editing.session_file import read_content
from timer_app.editing.trash import Trash
from timer_app.exercises.catalogue import load_catalogue
from timer_app.file_lock import FileLock
from timer_app.history.backups import newest_sound
from timer_app.history.play_lock import is_playing, play_lock
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.paths import Paths, user_paths
from timer_app.problems import Problem
from timer_app.settings import load_settings
from timer_app.sound.clips import ClipStore
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.ui.support.window_state import WindowState

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and a limit on memory")

CLOCK = ManualClock()
GOOD = "format: 1\nname: Good\nsteps:\n  - {name: Sit, hold: 30s}\n"
PHRASES = Path(__file__).parents[2] / "assets" / "phrases" / "en.yaml"


def pipe(place: Path) -> None:
    os.mkfifo(place)


def device(place: Path) -> None:
    place.symlink_to("/dev/zero")


def huge(place: Path) -> None:
    place.touch()
    os.truncate(place, 2 << 30)


KINDS = pytest.mark.parametrize("make", [pipe, device, huge])


@pytest.fixture(autouse=True)
def _little_memory() -> Iterator[None]:
    with little_memory():
        yield


def use(paths: Paths, shipped: Path, window: QWidget) -> None:
    """Read whatever the program reads by itself."""
    load_settings(paths.settings)
    catalogue = load_catalogue(shipped, paths.exercises, paths.cache / "exercises.json").catalogue
    library = Library(shipped, paths.sessions, catalogue, paths.cache / "sessions.json")
    assert library.find("good").title == "Good"
    for entry in library.entries():
        if entry.broken:
            with pytest.raises(Problem):
                library.open(entry)
            with pytest.raises(Problem):
                read_content(entry.file)
    UnsavedWork(paths.drafts).all()
    ProposalAnswers(paths.answers).last("good")
    WindowState(window, paths.state / "window")
    clips = ClipStore(paths.clips)
    clips.length("key")
    clips.load("key")
    clips.evict()
    lock = FileLock(paths.state / "instance.lock")
    lock.acquire()
    lock.release()
    save_report(paths.state, "report", CLOCK.wall())
    load_phrases("en", paths.data / "phrases")
    Trash(paths.deleted).delete(shipped / "spare.session.yaml", CLOCK.wall())


def record(paths: Paths) -> None:
    """Play a session, and look at the history."""
    journal = Journal(paths.history, CLOCK, lambda _problem: None)
    playing = play_lock(paths.history)
    playing.acquire()
    journal.begin(begun())
    journal.end("a", RunOutcome.COMPLETED, CLOCK.wall())
    journal.flush(20)
    journal.close()
    is_playing(paths.history)
    playing.release()
    newest_sound(paths.history)
    try:
        History(paths.history).runs()
    except Problem:
        return


@KINDS
@pytest.mark.parametrize(
    "place",
    [
        "settings.json",
        "settings.unreadable-1.json",
        "exercises/mine.yaml",
        "sessions/mine.session.yaml",
        "cache/exercises.json",
        "cache/sessions.json",
        "cache/clips/key.clip",
        "state/window",
        "state/answers.json",
        "state/instance.lock",
        "state/drafts/a.draft.json",
        "state/crash-20260101-000000.txt",
        "state/deleted/20200101T000000000000-b.session.yaml",
    ],
)
def test_whatever_is_read_at_the_start(tmp_path: Path, qtbot: QtBot, make: Callable[[Path], None], place: str) -> None:
    paths, shipped, window = user_paths(tmp_path / "data"), tmp_path / "shipped", QWidget()
    qtbot.addWidget(window)
    (paths.data / "phrases").mkdir(parents=True)
    (paths.data / "phrases" / "en.yaml").write_bytes(PHRASES.read_bytes())
    shipped.mkdir()
    for name in ("good.session.yaml", "spare.session.yaml"):
        (shipped / name).write_text(GOOD)
    (paths.data / place).parent.mkdir(parents=True, exist_ok=True)
    make(paths.data / place)
    use(paths, shipped, window)


@KINDS
@pytest.mark.parametrize(
    "place",
    [
        "history.sqlite",
        "history.sqlite-wal",
        "history.sqlite-last",
        "history.sqlite-playing",
        "history-backups/history-2026-01-01-000000.sqlite",
    ],
)
def test_whatever_lies_at_the_history(tmp_path: Path, make: Callable[[Path], None], place: str) -> None:
    paths = user_paths(tmp_path)
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    make(tmp_path / place)
    record(paths)


@KINDS
def test_phrases(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "en.yaml")
    with pytest.raises(OSError, match="it is"):
        load_phrases("en", tmp_path)


@KINDS
@pytest.mark.parametrize(
    "words",
    ["check", "show", "run --no-window", "import --yes", "history import", "history check", "history restore"],
)
def test_whatever_is_named_on_the_command_line(
    tmp_path: Path, make: Callable[[Path], None], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.session.yaml"
    make(file)
    command, *options = words.split()
    assert main([command, *options, str(file), "--data-dir", str(tmp_path / "data")]) == 1
    out, err = capsys.readouterr()
    assert any(reason in out + err for reason in ("it is not a file", "larger than", "KiB", "damaged")), (out, err)
    assert "Traceback" not in out + err


@KINDS
def test_whatever_is_dropped_on_the_window(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "mine.session.yaml")
    with pytest.raises(Problem, match=r"it is not a file|larger than 4 MiB"):
        examine(tmp_path / "mine.session.yaml", CATALOGUE)
