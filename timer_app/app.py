"""The composition root: the one module that knows every room, and fits them together.

Qt is imported when the window is opened; without a window it is never loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from timer_app.clock import Clock
from timer_app.i18n import _
from timer_app.paths import APP_ID, Paths, assets, shipped_sessions
from timer_app.problems import Problem
from timer_app.settings import LoadedSettings, Settings, load_settings

if TYPE_CHECKING:
    from timer_app.conductor.start_run import PlaybackServices
    from timer_app.definition.library import Library, LibraryEntry
    from timer_app.exercises.catalogue import LoadedCatalogue
    from timer_app.exercises.model import Catalogue
    from timer_app.history.reader import History
    from timer_app.history.run_journal import Journal
    from timer_app.sound.speaker import StreamSpeaker
    from timer_app.sound.voice import RenderedVoice
    from timer_app.ui.desktop.single_instance import SingleInstance
    from timer_app.ui.look.theme import Theme
    from timer_app.ui.shell.main_window import MainWindow
    from timer_app.ui.support.messages import Messages
    from timer_app.ui.support.settings_store import SettingsStore

_FILES = (".yaml", ".yml")

Tell = Callable[[Problem], None]
"""Where problems are told, from any thread."""


class AppContext:
    """Every part of the program, each made when it is first wanted; close it when all is done.

    `tell` takes the problems that parts run into on threads of their own, and `tell_over` the one that stood in the
    history's way until now.
    """

    def __init__(self, paths: Paths, clock: Clock, tell: Tell) -> None:
        self.paths = paths
        self.clock = clock
        self.tell = tell
        self.tell_over: Tell = self._say_over
        self._chosen: Settings | None = None

    @cached_property
    def loaded_settings(self) -> LoadedSettings:
        """What the person chose, and what of it could not be read."""
        return load_settings(self.paths.settings)

    @property
    def chosen(self) -> Settings:
        """What the person chose, as it counts now."""
        return self._chosen or self.loaded_settings.settings

    def use(self, settings: Settings) -> None:
        """Let what the person has just chosen count from now on, in every part that there is already."""
        self._chosen = settings
        if "voice" in self.__dict__:
            self.voice.set_voice(settings.voice, settings.rate)
        if "speaker" in self.__dict__:
            self.speaker.set_settings(settings)

    @cached_property
    def loaded_catalogue(self) -> LoadedCatalogue:
        """The exercises, and what is wrong in the files of those that could not be read."""
        from timer_app.exercises.catalogue import load_catalogue  # noqa: PLC0415 - the first paint needs no exercise

        return load_catalogue(assets() / "exercises", self.paths.exercises, self.paths.cache / "exercises.json")

    @property
    def catalogue(self) -> Catalogue:
        """The exercises by their ids."""
        return self.loaded_catalogue.catalogue

    @cached_property
    def library(self) -> Library:
        """The sessions, shipped and own."""
        from timer_app.definition.library import Library  # noqa: PLC0415 - the first paint needs no session

        return Library(shipped_sessions(), self.paths.sessions, self.catalogue, self.paths.cache / "sessions.json")

    @cached_property
    def journal(self) -> Journal:
        """The writer of the history."""
        from timer_app.history.run_journal import Journal  # noqa: PLC0415 - sqlite3 is not needed for the first page

        return Journal(self.paths.history, self.clock, self._told, self._told_over, self.paths.state)

    @cached_property
    def history(self) -> History:
        """The reader of the history."""
        from timer_app.history.reader import History  # noqa: PLC0415 - sqlite3 is not needed for the first page

        return History(self.paths.history, spare=self.paths.state)

    @cached_property
    def voice(self) -> RenderedVoice:
        """The voice; its process starts with the first text."""
        from timer_app.sound.clips import ClipStore  # noqa: PLC0415 - not needed for the first page
        from timer_app.sound.voice import RenderedVoice  # noqa: PLC0415

        return RenderedVoice(ClipStore(self.paths.clips), self.chosen, on_trouble=self._told)

    @cached_property
    def speaker(self) -> StreamSpeaker:
        """The speaker; its device opens with the first cue."""
        from timer_app.sound.speaker import StreamSpeaker  # noqa: PLC0415 - not needed for the first page

        return StreamSpeaker(self.clock, self.voice.clip, self.chosen, on_trouble=self._told)

    @property
    def playback(self) -> PlaybackServices:
        """All that a session is played with."""
        from timer_app.conductor.start_run import PlaybackServices  # noqa: PLC0415 - not needed for the first page

        return PlaybackServices(self.clock, self.catalogue, self.voice, self.speaker, self.journal)

    def _told(self, problem: Problem) -> None:
        self.tell(problem)

    def _told_over(self, problem: Problem) -> None:
        self.tell_over(problem)

    def _say_over(self, problem: Problem) -> None:
        from timer_app.history.errors import recovered  # noqa: PLC0415 - sqlite3 is loaded by now

        self.tell(recovered(problem))

    def session(self, name: str) -> LibraryEntry:
        """Return a session by its stem, its title or the path of its file. Raises Problem when there is none."""
        file = Path(name)
        return self.library.read(file) if name.endswith(_FILES) else self.library.find(name)

    def session_begun_last(self) -> LibraryEntry:
        """Return the session that was begun last on this computer. Raises Problem when there is none any more."""
        from timer_app.history.missing_file import raise_if_missing  # noqa: PLC0415 - sqlite3 is not needed for the first page

        raise_if_missing(self.paths.history, self.clock.wall())
        begun = next((run.stem for run in self.history.runs() if not run.away), None)
        if begun is None:
            raise Problem(_("No session has been begun yet."), _("Choose one, and the next time it is the last."))
        return self.library.find(begun)

    def close_sound(self) -> None:
        """End the speaker and the voice, where there are any."""
        for part in ("speaker", "voice"):
            if part in self.__dict__:
                self.__dict__.pop(part).close()

    def close(self, on_wait: Callable[[], None] = lambda: None) -> bool:
        """End what was made: the sound first, and the record last of all; return whether all of that is written.

        What could not be written is told. `on_wait` is called where that takes longer than a moment. Closed once more,
        it does nothing.
        """
        self.close_sound()
        return "journal" not in self.__dict__ or self.__dict__.pop("journal").close(on_wait=on_wait)


def open_window(context: AppContext, sessions: Sequence[str] = (), *, begin: bool = False) -> int:
    """Open the window, with a session shown or begun in it, and return the exit code once it is closed.

    A window that is open already is raised instead, and takes the session. With none to begin, it is the one that was
    begun last; a window in which one runs, or waits to be rated, is then only raised. Each of `sessions` is a stem, a
    title or the path of a file; several have to be files, and are looked through as if they had been dropped on the
    window. Raises Problem when there is no screen, or no such session.
    """
    for session in sessions:
        context.session(session)
    if len(sessions) > 1 and not all(session.endswith(_FILES) for session in sessions):
        raise Problem(
            _("Only one session can be shown at a time."), _("Name one, or several files to have them copied in.")
        )
    if not has_screen(sys.platform, os.environ):
        raise Problem(
            _("There is no screen here to open a window on."),
            _("Without one: timer-app run planks-by-the-minute --no-window"),
        )
    from timer_app.ui.desktop.single_instance import SingleInstance  # noqa: PLC0415 - the command line needs none of it

    instance = SingleInstance(context.paths)
    wanted = [*map(_absolute, sessions), "begin" if begin else "show"] if sessions or begin else []
    if instance.hand_over(wanted):
        return 0
    try:
        return _run_window(context, instance, wanted)
    finally:
        instance.close()


def _run_window(context: AppContext, instance: SingleInstance, wanted: Sequence[str]) -> int:
    """Open the one window, and stay until it is closed."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - Qt is loaded for the window alone

    from timer_app.ui.desktop import crash_handler  # noqa: PLC0415
    from timer_app.ui.desktop.application import Application  # noqa: PLC0415
    from timer_app.ui.desktop.single_instance import raise_window  # noqa: PLC0415
    from timer_app.ui.look.theme import Theme  # noqa: PLC0415
    from timer_app.ui.shell.main_window import MainWindow  # noqa: PLC0415
    from timer_app.ui.support.history_messages import HistoryMessages  # noqa: PLC0415
    from timer_app.ui.support.messages import Messages  # noqa: PLC0415
    from timer_app.ui.support.settings_store import SettingsStore  # noqa: PLC0415

    application = Application(APP_ID)
    messages = Messages()

    settings = SettingsStore(context.paths.settings, context.chosen, messages)
    settings.changed.connect(context.use)
    theme = Theme(application, context.chosen)
    give_back = crash_handler.install(
        context.paths, context.clock, theme, messages.show_problem, application.activeWindow
    )
    window = MainWindow(_WindowServices(context, settings, theme, messages))
    saving = HistoryMessages(messages, lambda: context.journal, window.history_changed.emit)
    context.tell, context.tell_over = saving.show_problem, saving.show_resolved
    window.show()
    if (problem := settings_problem(context.loaded_settings)) is not None:
        messages.show_problem(problem)

    def take(handed_over: Sequence[str]) -> None:
        _take(context, window, handed_over)

    def take_from_outside(handed_over: Sequence[str]) -> None:
        raise_window(window)
        take(handed_over)

    def settle() -> None:
        """Do what the first page does not wait for."""
        import signal  # noqa: PLC0415

        # Ctrl+C in the terminal ends the program at once; what was done is on the disk already.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        instance.listen(take_from_outside)
        # Made now, it checks the history from end to end, on a thread of its own.
        _ = context.journal

    application.commitDataRequest.connect(window.close_unasked)
    application.file_requested.connect(lambda file: take_from_outside([file, "show"]))
    window.settled.connect(settle)
    QTimer.singleShot(0, lambda: take(wanted))
    code = application.exec()
    # Only here: when a bug ends the program, the crash window must still come.
    give_back()
    # The window is closed: whoever starts the program now gets one of their own.
    instance.close()
    context.close_sound()
    from timer_app.ui.shell.save_on_exit import save_at_the_end  # noqa: PLC0415 - not needed before the end

    saved = save_at_the_end(context, theme)
    return code if saved else 1


def _take(context: AppContext, window: MainWindow, wanted: Sequence[str]) -> None:
    """Show, begin or look through the sessions that this start, or a later one, was asked for."""
    try:
        match wanted:
            case ["begin"]:
                if window.page != "run":
                    window.start_session(context.session_begun_last())
            case [name, "begin"]:
                window.start_session(context.session(name))
            case [name, "show"]:
                window.show_session(context.session(name))
            case [*files, "show"]:
                window.bring_in([Path(file) for file in files])
    except Problem as problem:
        context.tell(problem)


def _absolute(session: str) -> str:
    """Return a session's name, or the path of its file as any folder would have it."""
    return str(Path(session).absolute()) if session.endswith(_FILES) else session


class _WindowServices:
    """The context as the pages know it, with what only a window has."""

    def __init__(self, context: AppContext, settings: SettingsStore, theme: Theme, messages: Messages) -> None:
        self._context = context
        self.settings = settings
        self.theme = theme
        self.messages = messages

    @property
    def clock(self) -> Clock:
        return self._context.clock

    @property
    def paths(self) -> Paths:
        return self._context.paths

    @property
    def catalogue(self) -> Catalogue:
        return self._context.catalogue

    @property
    def loaded_catalogue(self) -> LoadedCatalogue:
        return self._context.loaded_catalogue

    @property
    def library(self) -> Library:
        return self._context.library

    @property
    def history(self) -> History:
        return self._context.history

    @property
    def journal(self) -> Journal:
        return self._context.journal

    @property
    def voice(self) -> RenderedVoice:
        return self._context.voice

    @property
    def speaker(self) -> StreamSpeaker:
        return self._context.speaker

    @property
    def playback(self) -> PlaybackServices:
        return self._context.playback


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be opened: on Linux there must be a display, or a platform that needs none."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in wanted)


def settings_problem(loaded: LoadedSettings) -> Problem | None:
    """Return what to tell the person of settings that could not be read, or None when all is well."""
    if not loaded.unusable:
        return None
    what = _("Some of your settings could not be read ({names}), so the usual ones are used.").format(
        names=", ".join(loaded.unusable)
    )
    kept = _("The file as it was is kept as {file}.").format(file=loaded.kept) if loaded.kept else ""
    return Problem(what, kept)
