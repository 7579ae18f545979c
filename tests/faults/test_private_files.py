"""Whatever the program writes is for its owner's eyes alone, whatever the system's usual rights are.

How the back feels is in these files, and others who use the computer have no business in them.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.definition.strategies import CATALOGUE
from tests.fakes import FakeVoice
from tests.history.runs import TEXT, begun, plank
from timer_app.cli import main
from timer_app.clock import ManualClock
from timer_app.coaching.proposal_answers import ProposalAnswers
from timer_app.crash_report import save_report
from timer_app.editing.autosave import Unsaved, UnsavedWork
from timer_app.editing.edited_session import new_for_editing
from timer_app.editing.trash import Trash
from timer_app.file_lock import FileLock
from timer_app.history.backups import copy_aside
from timer_app.history.exchange.file_transfer import write_backup
from timer_app.history.records import RunOutcome
from timer_app.history.run_journal import Journal
from timer_app.paths import Paths, user_paths
from timer_app.problems import Problem
from timer_app.settings import Settings, load_settings, save_settings
from timer_app.sound.clips import ClipStore
from timer_app.sound.mixdown import Mix, mixdown
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline
from timer_app.ui.support.window_state import WindowState

pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights of POSIX systems")

CLOCK = ManualClock()
PLANK = Timeline("Plank", "en", (Interval(0, IntervalKind.WORK, 0, 1_000, "Plank", (0,)),))


@pytest.fixture(params=[0o022, 0o000])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def wide(folder: Path) -> list[str]:
    """Return what others could open, each with its rights."""
    found = []
    for path in (folder, *sorted(folder.rglob("*"))):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            found.append(f"{path.relative_to(folder)} {mode:o}")
    return found


def play(paths: Paths) -> list[str]:
    """Play a session, and return what lies beside the history meanwhile that others could open."""

    def told(problem: Problem) -> None:
        raise AssertionError(problem)

    journal = Journal(paths.history, CLOCK, told)
    journal.begin(begun())
    journal.interval_ended("a", plank())
    assert journal.flush()
    meanwhile = wide(paths.data)
    assert {"history.sqlite-wal", "history.sqlite-shm", "history.sqlite-last"} <= {
        path.name for path in paths.data.iterdir()
    }
    copy_aside(paths.history, CLOCK.wall())
    journal.end("a", RunOutcome.COMPLETED, CLOCK.wall())
    assert journal.flush()
    journal.close()
    assert list(paths.data.glob("history-backups/*.sqlite"))
    return meanwhile


def edit(paths: Paths) -> None:
    """Save a session in the editor, keep a draft of it, delete it and take that back."""
    work = new_for_editing(TEXT, CATALOGUE)
    file = work.save(paths.sessions)
    UnsavedWork(paths.drafts).save(Unsaved("key", "Title", TEXT, CLOCK.wall()))
    kept = Trash(paths.deleted)
    kept.restore(kept.delete(file, CLOCK.wall()))
    kept.delete(file, CLOCK.wall())


def choose(paths: Paths) -> None:
    """Save settings, and read some that are damaged, which are kept beside them."""
    save_settings(Settings(), paths.settings)
    paths.settings.write_bytes(b"{")
    assert load_settings(paths.settings).kept is not None


@pytest.mark.usefixtures("_umask")
def test_everything_that_is_written_is_its_owners_alone(
    tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "data", tmp_path / "out" / "folder"
    paths = user_paths(data)

    def call(*arguments: str) -> None:
        assert main([*arguments, "--data-dir", str(data)]) == 0, capsys.readouterr().err

    meanwhile = play(paths)
    edit(paths)
    choose(paths)
    call("new", "Mine")
    call("import", "--yes", str(paths.sessions / "mine.session.yaml"))
    call("list")
    for form in ("csv", "intervals", "ics", "json"):
        call("history", "export", f"--{form}", str(out / f"history.{form}"))
    call("history", "backup", str(out / "history.sqlite"))
    for kind in ("wav", "mp3"):
        mixdown(Mix(SoundPlan(()), PLANK, FakeVoice().clip), out / "sound" / f"planks.{kind}")
    assert save_report(paths.state, "report", CLOCK.wall()) is not None
    assert ClipStore(paths.clips).store("key", b"\0\0") is None
    ProposalAnswers(paths.answers).record("planks", CLOCK.wall().date())
    lock = FileLock(paths.state / "new" / "instance.lock")
    assert lock.acquire()
    lock.release()
    window = QWidget()
    qtbot.addWidget(window)
    WindowState(window, paths.state / "window").save()
    assert (meanwhile, wide(data), wide(tmp_path / "out")) == ([], [], [])


def test_a_backup_in_place_of_another_has_the_rights_of_that(tmp_path: Path) -> None:
    paths = user_paths(tmp_path / "data")
    play(paths)
    file = tmp_path / "backup.sqlite"
    file.touch()
    file.chmod(0o644)
    write_backup(paths.history, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


OLD = """
history.sqlite history.sqlite-wal history.sqlite-last history.sqlite-playing history.damaged-2026-01-01-000000.sqlite
history-backups/history-2026-01-01-000000.sqlite settings.json settings.unreadable-1.json
sessions/mine.session.yaml exercises/mine.yaml cache/sessions.json cache/exercises.json cache/clips/a.clip
state/drafts/a.draft.json state/deleted/20260101T000000000000-b.session.yaml state/answers.json state/window
state/instance.lock state/crash-20260101-000000.txt
""".split()  # noqa: SIM905 - one name beside another


def old_folder(folder: Path) -> None:
    """Make a folder as an older version left it: open to everybody."""
    for name in OLD:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_what_an_older_version_left_open_is_closed_at_the_start(tmp_path: Path) -> None:
    old_folder(tmp_path / "data")
    assert main(["list", "--data-dir", str(tmp_path / "data")]) == 0
    assert wide(tmp_path / "data") == []


def test_what_is_not_the_programs_is_left_as_it_is(tmp_path: Path) -> None:
    data, dotfiles = tmp_path / "data", tmp_path / "dotfiles"
    old_folder(data)
    dotfiles.mkdir(mode=0o755)
    (data / "sessions").rename(dotfiles / "sessions")
    (data / "sessions").symlink_to(dotfiles / "sessions")
    (data / "settings.json").rename(dotfiles / "settings.json")
    (data / "settings.json").symlink_to(dotfiles / "settings.json")
    for name in ("letter.txt", "photos/cat.jpg", "sessions.zip"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).touch()
        (data / name).chmod(0o644)
    (data / "photos").chmod(0o755)
    assert main(["list", "--data-dir", str(data)]) == 0
    assert wide(data) == [
        ". 755",  # somebody keeps other things here, too
        "letter.txt 644",
        "photos 755",
        "photos/cat.jpg 644",
        "sessions 777",
        "sessions.zip 644",
        "settings.json 777",
    ]
    assert wide(dotfiles) == [
        ". 755",
        "sessions 755",
        "sessions/mine.session.yaml 644",
        "settings.json 644",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of the XDG base directory specification")
def test_the_systems_own_folders_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    name, home = "guided-session-timer", tmp_path
    own = home / ".local" / "share" / name
    old_folder(own)
    for moved, place in (("cache", home / ".cache"), ("state", home / ".local" / "state")):
        place.mkdir()
        (own / moved).rename(place / name)
    (home / ".config" / name).mkdir(parents=True)
    (own / "settings.json").rename(home / ".config" / name / "settings.json")
    for file in (own / "letter.txt", home / ".cache" / "others.txt"):
        file.touch()
    folders = (home, home / ".local", own.parent, home / ".cache", home / ".config", home / ".local" / "state")
    for folder in (*folders, home / ".config" / name):
        folder.chmod(0o755)
    assert main(["list"]) == 0
    assert wide(home) == [
        ". 755",
        ".cache 755",
        ".cache/others.txt 644",
        ".config 755",
        ".local 755",
        ".local/share 755",
        ".local/share/guided-session-timer/letter.txt 644",
        ".local/state 755",
    ]
