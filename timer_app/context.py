"""Every service of the program, each made when it is first used; nothing here loads Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from timer_app.clock import Clock
from timer_app.i18n import _
from timer_app.paths import Paths, assets, shipped_sessions
from timer_app.problems import Problem
from timer_app.settings import LoadedSettings, Settings, load_settings

if TYPE_CHECKING:
    from timer_app.conductor.start_run import PlaybackServices
    from timer_app.definition.library import Library, LibraryEntry
    from timer_app.exercises.catalogue import LoadedCatalogue
    from timer_app.exercises.model import Catalogue
    from timer_app.history.reader import History
    from timer_app.history.run_journal import Journal
    from timer_app.sound.ports import AdjustableSpeaker, ChoosableVoice

SESSION_SUFFIXES = (".yaml", ".yml")

ReportProblem = Callable[[Problem], None]
"""Called with a problem, from any thread."""


class AppContext:
    """The services of one user with one data folder. Close it at the end.

    `on_problem` is called with the problems that parts run into on threads of their own; `on_resolved` with one that
    is over, and may be None: then that is a message for `on_problem`.
    """

    def __init__(self, paths: Paths, clock: Clock, on_problem: ReportProblem) -> None:
        self.paths = paths
        self.clock = clock
        self.on_problem = on_problem
        self.on_resolved: ReportProblem | None = None
        self._current_settings: Settings | None = None

    @cached_property
    def loaded_settings(self) -> LoadedSettings:
        """The settings as the file has them, and what of it could not be read."""
        return load_settings(self.paths.settings)

    @property
    def current_settings(self) -> Settings:
        """The settings as they are now."""
        return self._current_settings or self.loaded_settings.settings

    def apply_settings(self, settings: Settings) -> None:
        """Use other settings from now on, in every service that exists already."""
        self._current_settings = settings
        if "voice" in self.__dict__:
            self.voice.set_voice(settings.voice, settings.rate)
        if "speaker" in self.__dict__:
            self.speaker.set_settings(settings)

    # Each import waits until its service is used: the first paint of the window needs none of them.

    @cached_property
    def loaded_catalogue(self) -> LoadedCatalogue:
        """The exercises, whose they are, and what is wrong in the files of those that could not be read."""
        from timer_app.exercises.catalogue import load_catalogue  # noqa: PLC0415

        return load_catalogue(assets() / "exercises", self.paths.exercises, self.paths.cache / "exercises.json")

    @property
    def catalogue(self) -> Catalogue:
        """The exercises by their ids."""
        return self.loaded_catalogue.catalogue

    @cached_property
    def library(self) -> Library:
        """The sessions, shipped and own."""
        from timer_app.definition.library import Library  # noqa: PLC0415

        return Library(shipped_sessions(), self.paths.sessions, self.catalogue, self.paths.cache / "sessions.json")

    @cached_property
    def journal(self) -> Journal:
        """The writer of the history."""
        from timer_app.history import errors, run_journal  # noqa: PLC0415

        def report_resolved(problem: Problem) -> None:
            if self.on_resolved is not None:
                self.on_resolved(problem)
            else:
                self.on_problem(errors.recovered(problem))

        return run_journal.Journal(self.paths.history, self.clock, self._report, report_resolved, self.paths.state)

    @cached_property
    def history(self) -> History:
        """The reader of the history."""
        from timer_app.history.reader import History  # noqa: PLC0415

        return History(self.paths.history, spare=self.paths.state)

    @cached_property
    def voice(self) -> ChoosableVoice:
        """The voice; its process starts with the first text."""
        from timer_app.sound import clips, voice  # noqa: PLC0415

        return voice.RenderedVoice(clips.ClipStore(self.paths.clips), self.current_settings, on_trouble=self._report)

    @cached_property
    def speaker(self) -> AdjustableSpeaker:
        """The speaker; its device opens with the first cue."""
        from timer_app.sound.speaker import StreamSpeaker  # noqa: PLC0415

        return StreamSpeaker(self.clock, self.voice.clip, self.current_settings, on_trouble=self._report)

    @property
    def playback(self) -> PlaybackServices:
        """What a session is played with."""
        from timer_app.conductor.start_run import PlaybackServices  # noqa: PLC0415

        return PlaybackServices(self.clock, self.catalogue, self.voice, self.speaker, self.journal)

    def _report(self, problem: Problem) -> None:
        """Report a problem to whoever shows problems at that time."""
        self.on_problem(problem)

    def session(self, name: str) -> LibraryEntry:
        """Return a session by its stem, its title or the path of its file. Raises Problem when there is none."""
        file = Path(name)
        return self.library.read(file) if name.endswith(SESSION_SUFFIXES) else self.library.find(name)

    def last_session(self) -> LibraryEntry:
        """Return the session that was begun last on this computer. Raises Problem when there is none any more."""
        from timer_app.history.missing_file import raise_if_missing  # noqa: PLC0415

        raise_if_missing(self.paths.history, self.clock.wall())
        stem = next((run.stem for run in self.history.runs() if not run.away), None)
        if stem is None:
            raise Problem(_("No session has been begun yet."), _("Choose one, and the next time it is the last."))
        return self.library.find(stem)

    def close_sound(self) -> None:
        """Close the speaker and the voice, where they exist."""
        for part in ("speaker", "voice"):
            if part in self.__dict__:
                self.__dict__.pop(part).close()

    def close(self, on_wait: Callable[[], None] = lambda: None) -> bool:
        """Close the sound, then the journal; return whether all of the history is written.

        What could not be written is reported. `on_wait` is called where that takes longer than a moment. A second call
        does nothing.
        """
        self.close_sound()
        return "journal" not in self.__dict__ or self.__dict__.pop("journal").close(on_wait=on_wait)
