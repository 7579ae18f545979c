"""What the person chose, in use: changed at once, saved at once, and told to whoever shows it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.settings import Settings, save_settings
from timer_app.ui.support.messages import Messages, OngoingProblem


class SettingsStore(QObject):
    """Holds the settings. `changed` carries the new `Settings`, after they are saved."""

    changed = Signal(object)

    def __init__(self, file: Path, settings: Settings, messages: Messages) -> None:
        super().__init__()
        self._file = file
        self._value = settings
        self._trouble = OngoingProblem(messages, _("Your settings are saved again."))

    @property
    def value(self) -> Settings:
        """The settings in use."""
        return self._value

    def take(self, wanted: Settings) -> None:
        """Take over `wanted` at once; where it cannot be saved, the person is told, and it counts until the end."""
        if wanted == self._value:
            return
        self._value = wanted
        problem = None
        try:
            save_settings(wanted, self._file)
        except OSError as error:
            what = _("Your settings could not be saved: {reason}.").format(reason=error.strerror or error)
            problem = Problem(what, _("They count until you close the program."))
        self._trouble.update(problem)
        self.changed.emit(wanted)
