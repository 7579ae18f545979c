"""The question whether to stop, over the ring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.ui.announcing import announce
from timer_app.ui.run.controls import RunButton
from timer_app.ui.run.cover import Cover
from timer_app.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GOES_ON = (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaTogglePlayPause)


class StopQuestion(Cover):
    """Asks whether to stop. `stop_wanted` and `going_on` are the answers, by key or by click."""

    stop_wanted = Signal()
    going_on = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, "help")
        self.keep_going = RunButton(theme, self, "play", _("Keep going"), _("Esc"))
        self.keep_going.clicked.connect(self.going_on)
        self.stop_now = RunButton(theme, self, "check", _("Stop"), _("Enter"), primary=True)
        self.stop_now.clicked.connect(self.stop_wanted)
        self.offer(self.keep_going, self.stop_now)

    @property
    def waits(self) -> bool:
        """Whether it has been asked, and not answered yet."""
        return not self.isHidden()

    def ask(self, phase: Phase) -> None:
        """Ask, in this phase's colours."""
        self.tell(_("Stop here?"), _("What you did is kept. Enter stops, Esc keeps going."))
        self.wear(phase)
        self.show()
        self.raise_()
        announce(self, f"{self.word.text()} {self.what.text()}", urgent=True)

    def answer(self, key: Qt.Key) -> None:
        """Take a key as the answer, where it is one."""
        if key in _ENTER:
            self.stop_now.click()
        elif key in _GOES_ON:
            self.keep_going.click()
