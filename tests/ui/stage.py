"""A person's folders with the real rooms behind them, for tests and pictures of the windows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from tests.demo import make_demo_history
from tests.fakes import FakeVoice, RecordingSpeaker
from timer_app.clock import ManualClock
from timer_app.conductor.record_mapping import interval_record
from timer_app.context import AppContext
from timer_app.exercises.catalogue import LoadedCatalogue, load_catalogue
from timer_app.history.reader import History
from timer_app.history.records import RunBegun, RunOutcome, RunRecord
from timer_app.history.run_journal import Journal
from timer_app.paths import assets, shipped_sessions, user_paths
from timer_app.player.state import Outcome, Past
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.sound.voice_selection import VoiceInfo
from timer_app.timeline.compile import compile_session
from timer_app.ui.look.theme import Theme
from timer_app.ui.support.messages import Messages
from timer_app.ui.support.services import Services
from timer_app.ui.support.settings_store import SettingsStore
from timer_app.ui.widgets.stat_row import StatRow

BROKEN = """format: 1
name: Sore back morning
level: gentel
steps:
  - exercise: plnk
    hold: sixty
  - exercise: cat-cow
    reps: 8
    sets: 0
"""


@cache
def _shipped() -> LoadedCatalogue:
    return load_catalogue(assets() / "exercises")


class SilentVoice(FakeVoice):
    """A voice with two voices to choose from, who say nothing."""

    def voices(self, arrived: Callable[[tuple[VoiceInfo, ...]], None]) -> None:
        arrived((VoiceInfo("en-gb", "English (Great Britain)", ("en-GB",)), VoiceInfo("de", "German", ("de",))))


@dataclass
class Stage:
    """Everything behind the windows, in a folder of its own. Only time, voice and speaker are stand-ins."""

    app: QApplication
    folder: Path
    settings: Settings = field(default_factory=lambda: Settings(welcomed=True))
    wall: datetime | None = None
    theme: Theme | None = None

    def __post_init__(self) -> None:
        self.paths = user_paths(self.folder)
        self.clock = ManualClock() if self.wall is None else ManualClock(wall=self.wall)
        self.theme = self.theme or Theme(self.app, self.settings)
        self.theme.use(self.settings)
        self.messages = Messages()
        self.troubles: list[Problem] = []
        store = SettingsStore(self.paths.settings, self.settings, self.messages)
        context = AppContext(self.paths, self.clock, self.troubles.append)
        self.services = Services(context, store, self.theme, self.messages)
        if not self.paths.exercises.is_dir():
            self.services.loaded_catalogue = _shipped()
        self.journal = Journal(self.paths.history, self.clock, self.troubles.append)
        self.services.journal = self.journal
        self.services.history = History(self.paths.history)
        self.services.voice, self.speaker = SilentVoice(), RecordingSpeaker()
        self.services.speaker = self.speaker

    def add_demo_history(self) -> None:
        """Fill the history with a year of runs up to now."""
        make_demo_history(self.paths.history, self.clock.wall())

    def add_broken_file(self, name: str = "sore-back-morning") -> Path:
        """Put a session file with problems among the person's own."""
        return self.add_file(name, BROKEN)

    def add_file(self, name: str, text: str) -> Path:
        """Put a session file among the person's own."""
        self.paths.sessions.mkdir(parents=True, exist_ok=True)
        file = self.paths.sessions / f"{name}.session.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    def add_copy(self, stem: str, name: str) -> Path:
        """Copy a shipped session under another name."""
        self.paths.sessions.mkdir(parents=True, exist_ok=True)
        file = self.paths.sessions / f"{name}.session.yaml"
        shutil.copyfile(shipped_sessions() / f"{stem}.session.yaml", file)
        return file

    def close(self) -> None:
        """End what runs beside the window."""
        self.journal.close()


def services_with(services: Services, **parts: object) -> Services:
    """Return services of which some parts, by their names, are others."""
    others = copy(services)
    vars(others).update(parts)
    return others


def add_clean_runs(stage: Stage, stem: str, *, mornings: int = 3) -> None:
    """Note three runs of a session in which all was done as planned, the back no worse on so many of the mornings."""
    library = stage.services.library
    library.refresh()
    entry = library.find(stem)
    timeline = compile_session(library.open(entry), library.catalogue)
    intervals = tuple(interval_record(each, Past(Outcome.DONE, each.length or 0)) for each in timeline.intervals)
    for number in range(3):
        started = stage.clock.wall() - timedelta(days=2 * number + 1)
        begun = RunBegun(f"{stem}-{number}", entry.title, stem, entry.text(), "0" * 64, timeline.total, started)
        next_morning = 7 if number < mornings else None
        stage.journal.add_run(
            RunRecord(begun, started, RunOutcome.COMPLETED, intervals, 5, 6, 7, comfort_next=next_morning)
        )
    assert stage.journal.flush()


def figures_of(part: StatRow) -> tuple[tuple[str, str], ...]:
    """Return the numbers with their captions."""
    texts = [label.text() for label in part.findChildren(QLabel)]
    return tuple(zip(texts[::2], texts[1::2], strict=True))
