"""The question whether to stop, or to close the window in the middle of a session, over the ring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.overlays import PauseOverlay
from timer_app.ui.run.run_buttons import RunButton
from timer_app.ui.support.accessibility import announce

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GOES_ON = (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_MediaPlay, Qt.Key.Key_MediaTogglePlayPause)


class StopPrompt(PauseOverlay):
    """Ask whether to stop or to close. `stop_requested`, `close_requested` and `resume_requested` are the answers."""

    stop_requested = Signal()
    close_requested = Signal()
    resume_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, "help")
        self._closing = False
        self.keep_going = RunButton(theme, self, "play", _("Keep going"), _("Esc"))
        self.keep_going.clicked.connect(self.resume_requested)
        self.stop_now = RunButton(theme, self, "check", _("Stop"), _("Enter"), primary=True)
        self.stop_now.clicked.connect(self._agree)
        self.set_buttons(self.keep_going, self.stop_now)

    @property
    def waits(self) -> bool:
        """Whether the question is open."""
        return not self.isHidden()

    @property
    def asks_to_close(self) -> bool:
        """Whether the open question is whether to close."""
        return self.waits and self._closing

    def ask(self, phase: Phase, *, closing: bool = False) -> None:
        """Ask whether to stop, or with `closing` whether to close the window, in this phase's colours."""
        self._closing = closing
        if closing:
            self.stop_now.call("close", _("Close"))
            self.set_text(
                _("Close the window?"), _("Next time you can go on from here. Enter closes, Esc keeps going.")
            )
        else:
            self.stop_now.call("check", _("Stop"))
            self.set_text(_("Stop here?"), _("What you did is kept. Enter stops, Esc keeps going."))
        self.apply_phase(phase)
        self.show()
        self.raise_()
        announce(self, f"{self.word.text()} {self.what.text()}", urgent=True)

    def _agree(self) -> None:
        (self.close_requested if self._closing else self.stop_requested).emit()

    def answer(self, key: Qt.Key) -> None:
        """Answer with a key, if it has a meaning here."""
        if key in _ENTER:
            self.stop_now.click()
        elif key in _GOES_ON:
            self.keep_going.click()
