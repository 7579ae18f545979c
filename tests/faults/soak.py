"""Run as a program: a long day of sessions in the real window, at speed, and what is left of it as JSON.

    python -m tests.faults.soak FOLDER TURNS MILLISECONDS

Each of the TURNS moves the clock on by MILLISECONDS, looks at it as the timer would, and turns the event loop once.
Sessions follow one another through the real pages, some of them paused for a while. Prints the resident memory in bytes
after the first sessions and at the end, and by how many milliseconds anything was off.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from timer_app.conductor.conductor import Conductor

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QThreadPool
from PySide6.QtWidgets import QApplication

from tests.ui.stage import Stage
from timer_app.conductor.spoken_texts import wording
from timer_app.definition.library import LibraryEntry
from timer_app.sound.tones import tone_lengths
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.placement import place
from timer_app.ui.run.run_pages import RunPages
from timer_app.ui.shell.main_window import MainWindow

SIZE = (800, 600)
WARM = 3
"""Sessions until every page has been shown and what is kept in memory is there."""

OPEN_FOR = 20_000
PAUSE_EVERY = 3
PAUSE_TURNS = 40


@dataclass
class Findings:
    """What a day came to.

    `played` is in milliseconds of the clock. `drift` is the most that a session's length was off, in milliseconds;
    `misplaced` counts the cues, of `cues`, that were not given for the very millisecond that the sound plan has.
    """

    turns: int = 0
    played: int = 0
    sessions: int = 0
    drift: int = 0
    cues: int = 0
    misplaced: int = 0
    troubles: list[str] = field(default_factory=list)
    warm: int = 0
    end: int = 0


class Day:
    """A window that is used for hours on end."""

    def __init__(self, app: QApplication, folder: Path, step: int) -> None:
        self._app = app
        self._step = step
        self._stage = Stage(app, folder)
        self._window = MainWindow(self._stage.services)
        self._window.resize(*SIZE)
        self.found = Findings()

    def live(self, turns: int) -> None:
        """Do one session after the other for so many turns of the event loop."""
        self._window.show()
        while not self._window.page:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        steps = iter(range(turns))
        entries = [entry for entry in self._stage.services.library.entries() if not entry.broken]
        for number, entry in enumerate(itertools.cycle(entries)):
            if number == WARM:
                self.found.warm = resident()
            if not self._do(entry, steps, pausing=number % PAUSE_EVERY == 0):
                break
            for page in ("history", "settings", "sessions"):
                self._window.show_page(page)
                QThreadPool.globalInstance().waitForDone(10_000)
                self._turn()
        self.found.end = resident()
        self.found.troubles += [str(trouble) for trouble in self._stage.troubles]
        self._window.close_unasked()
        self._window.close()
        self._stage.close()

    def _turn(self) -> None:
        self._app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.found.turns += 1

    def _do(self, entry: LibraryEntry, steps: Iterator[int], *, pausing: bool) -> bool:
        """Run one session to its end; returns False where the turns are over before."""
        clock = self._stage.clock
        self._stage.speaker.ever.clear()
        self._stage.speaker.calls.clear()
        began = clock.now()
        self._window.start_session(entry)
        running = self._window.running
        assert running is not None
        first = running.driver
        assert first is not None
        timeline = first.conductor.timeline
        paused = self._pause(running, steps) if pausing else 0
        for _step in steps:
            driver = running.driver
            if driver is None:
                break
            clock.advance(self._step)
            self.found.played += self._step
            driver.refresh()
            now = driver.conductor.state
            if now.interval is not None and now.interval.is_open and now.elapsed(now.seen) >= OPEN_FOR:
                driver.do(Conductor.done)
            self._turn()
        if running.driver is not None:
            return False
        self.found.sessions += 1
        if not timeline.open_intervals:
            self._measure(timeline, began + paused, paused)
        self._rate(running)
        return True

    def _pause(self, running: RunPages, steps: Iterator[int]) -> int:
        """Pause right at the start, and return for how long."""
        driver = running.driver
        assert driver is not None
        driver.do(Conductor.pause)
        waited = 0
        for _step in itertools.islice(steps, PAUSE_TURNS):
            self._stage.clock.advance(self._step)
            waited += self._step
            driver.refresh()
            self._turn()
        driver.do(Conductor.resume)
        return waited

    def _measure(self, timeline: Timeline, began: int, paused: int) -> None:
        """Note by how much the session, what was written of it and its tones are off."""
        took = self._stage.clock.now() - began
        # The end is seen by the first look after it.
        self.found.drift = max(self.found.drift, timeline.total - took, took - timeline.total - self._step + 1)
        assert self._stage.journal.flush(30)
        newest = self._stage.services.history.runs(limit=1)[0]
        self.found.drift = max(self.found.drift, abs(newest.actual - timeline.total))
        plan = self._plan(timeline)
        starts = [*(interval.start for interval in timeline.intervals), timeline.total]
        due = {(starts[sound.interval] + sound.offset, sound.words, sound.tone) for sound in plan.sounds}
        for cue in self._stage.speaker.ever:
            # Before the pause at the start, all of them were due so much sooner.
            wanted = {(cue.at - began, cue.words, cue.tone), (cue.at - began + paused, cue.words, cue.tone)}
            self.found.cues += 1
            self.found.misplaced += not wanted & due

    def _plan(self, timeline: Timeline) -> SoundPlan:
        services = self._stage.services
        chosen = services.settings.value
        said = wording(timeline, services.catalogue, chosen.talk)
        return place(timeline, said.lines, services.voice.lengths(said.texts), tone_lengths(chosen.tone_set))

    def _rate(self, running: RunPages) -> None:
        """Answer as somebody who is in a hurry, and go back to the sessions."""
        running.finish_page.effort.choose_digit(6)
        self._turn()
        running.finish_page.done.click()
        self._turn()
        assert self._window.page == "sessions"


def resident() -> int:
    """Return the resident memory in bytes, after all that can be let go has been."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Live a day in the folder that the command line names."""
    folder, turns, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    app = QApplication(sys.argv[:1])
    day = Day(app, folder, step)
    day.live(turns)
    print(json.dumps(asdict(day.found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
