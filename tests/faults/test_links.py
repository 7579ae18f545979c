"""Saving through a link, as a folder of dotfiles has it: the target is written, the link stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from tests.fakes import FakeVoice
from tests.history.runs import TEXT
from timer_app.cli import main
from timer_app.editing.edited_session import new_for_editing, open_for_editing
from timer_app.paths import Paths, user_paths
from timer_app.problems import Problem
from timer_app.settings import Settings, load_settings, save_settings
from timer_app.sound.mixdown import Mix, mixdown
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline
from timer_app.ui.support.messages import Messages, Notice
from timer_app.ui.support.settings_store import SettingsStore

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links of POSIX systems")

PLANK = Timeline("Plank", "en", (Interval(0, IntervalKind.WORK, 0, 1_000, "Plank", (0,)),))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return user_paths(tmp_path / "data")


@pytest.fixture
def dotfiles(tmp_path: Path) -> Path:
    folder = tmp_path / "dotfiles"
    folder.mkdir()
    return folder


def linked(link: Path, target: Path, content: str | None = None) -> Path:
    """Return a link to a target, which is made with a content where one is given."""
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target)
    if content is not None:
        target.write_text(content)
    return link


def export(paths: Paths, form: str, file: Path) -> None:
    assert main(["history", "export", f"--{form}", str(file), "--data-dir", str(paths.data)]) == 0


def edit(_paths: Paths, file: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    work.document.set_text(work.document.text.replace("1:00", "2:00"), "Change")
    work.save(file.parent)
    assert not work.can_save
    assert work.check_disk() is None


WRITERS: dict[str, Callable[[Paths, Path], None]] = {
    "settings": lambda _paths, file: save_settings(Settings(rate=120), file),
    "session": edit,
    "json": lambda paths, file: export(paths, "json", file),
    "csv": lambda paths, file: export(paths, "csv", file),
    "sound.wav": lambda _paths, file: mixdown(Mix(SoundPlan(()), PLANK, FakeVoice().clip), file),
}


@pytest.mark.parametrize("what", WRITERS)
def test_the_target_is_written_and_the_link_stays(paths: Paths, dotfiles: Path, what: str) -> None:
    before = TEXT if what == "session" else "{}"
    link = linked(paths.data / "link" / what, dotfiles / what, before)
    WRITERS[what](paths, link)
    assert link.readlink() == dotfiles / what
    assert (dotfiles / what).read_bytes() != before.encode()
    assert [file.name for file in dotfiles.iterdir()] == [what]
    assert [file.name for file in link.parent.iterdir()] == [what]


def test_a_folder_of_sessions_elsewhere(paths: Paths, dotfiles: Path) -> None:
    linked(paths.sessions, dotfiles)
    file = new_for_editing(TEXT, CATALOGUE).save(paths.sessions)
    assert (dotfiles / file.name).read_text() == TEXT
    assert main(["new", "Mine", "--data-dir", str(paths.data)]) == 0
    assert (dotfiles / "mine.session.yaml").exists()
    assert paths.sessions.is_symlink()


def test_a_link_to_settings_that_are_not_there_yet(paths: Paths, dotfiles: Path) -> None:
    linked(paths.settings, dotfiles / "timer.json")
    save_settings(Settings(rate=120), paths.settings)
    assert load_settings(dotfiles / "timer.json").settings.rate == 120
    assert paths.settings.is_symlink()


def test_links_that_lead_nowhere_are_told_and_stay(
    paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = tmp_path / "away"
    linked(paths.settings, away / "timer.json")
    linked(paths.sessions, away / "sessions")
    messages = Messages()
    told: list[Notice] = []
    messages.subscribe(told.append)
    SettingsStore(paths.settings, Settings(), messages).save(Settings(rate=120))
    assert [notice.what for notice in told] == [
        "Your settings could not be saved: settings.json is a link to a place that is not there."
    ]
    assert main(["new", "Mine", "--data-dir", str(paths.data)]) == 1
    assert "cannot be written: sessions is a link to a place that is not there." in capsys.readouterr().err
    with pytest.raises(Problem, match="cannot be saved: sessions is a link to a place that is not there"):
        new_for_editing(TEXT, CATALOGUE).save(paths.sessions)
    assert (paths.settings.is_symlink(), paths.sessions.is_symlink(), away.exists()) == (True, True, False)
