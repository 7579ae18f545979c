"""Hold the user's settings, save each change at once, and emit it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.settings import Settings, save_settings
from timer_app.ui.support.messages import Messages, OngoingProblem


class SettingsStore(QObject):
    """The settings in use. `changed` carries the new `Settings`, after they are saved."""

    changed = Signal(object)

    def __init__(self, file: Path, settings: Settings, messages: Messages) -> None:
        super().__init__()
        self._file = file
        self._value = settings
        self._save_problem = OngoingProblem(messages, _("Your settings are saved again."))

    @property
    def value(self) -> Settings:
        """The settings in use."""
        return self._value

    def save(self, settings: Settings) -> None:
        """Use and save `settings`; where they cannot be saved, show a problem, and use them until the program ends."""
        if settings == self._value:
            return
        self._value = settings
        problem = None
        try:
            save_settings(settings, self._file)
        except OSError as error:
            what = _("Your settings could not be saved: {reason}.").format(reason=error.strerror or error)
            problem = Problem(what, _("They count until you close the program."))
        self._save_problem.update(problem)
        self.changed.emit(settings)
