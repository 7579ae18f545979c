"""Lock the run page against accidental keys and clicks, and show how to unlock it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QDeadlineTimer, QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget

from timer_app.conductor.conductor import Conductor
from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Radius, Theme
from timer_app.ui.run.fit_label import FitLabel
from timer_app.ui.support.accessibility import announce

HOLD = 1_000
"""How long Esc is held to unlock, in real milliseconds: longer than an accidental touch, by our own judgement."""

PLAYING: Mapping[Qt.Key, Callable[[Conductor], object]] = {
    Qt.Key.Key_MediaPlay: Conductor.resume,
    Qt.Key.Key_MediaPause: Conductor.pause,
    Qt.Key.Key_MediaTogglePlayPause: Conductor.toggle,
}
"""Media keys, which a headset has too: pressed on purpose, so they work while the page is locked."""

_LIT = 2_500
"""How long the hint stays lit after a key or click, in milliseconds."""


class InputLock(QFrame):
    """Cover the page with a transparent widget while it is locked. `unlocked` is emitted when Esc was held.

    A key or a click only lights the band with the hint, in place of the page's buttons. Only the keys of `PLAYING`
    reach the page.
    """

    unlocked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = Phase.SETUP
        self._band = QRect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Locked"))
        self.setAccessibleDescription(_unlock_hint())
        self.hint = FitLabel(theme, self, weight=QFont.Weight.DemiBold, align=Qt.AlignmentFlag.AlignCenter, wrap=True)
        self.hint.setText(_unlock_hint())
        self._holding = self._timer(HOLD, self._unlock)
        self._due: QDeadlineTimer | None = None
        self._lit = self._timer(_LIT, self._dim)
        self.hide()
        theme.changed.connect(self._apply_theme)

    @property
    def locked(self) -> bool:
        """Whether the page is locked."""
        return not self.isHidden()

    @property
    def lit(self) -> bool:
        """Whether the hint is lit, because of a key or a click."""
        return self._lit.isActive()

    def lock(self) -> None:
        """Lock the page, and announce it."""
        self.show()
        self.raise_()
        self.setFocus()
        announce(self, self.accessibleName() + ". " + _unlock_hint(), urgent=True)
        self._apply_theme()

    def dismiss(self) -> None:
        """Unlock without emitting `unlocked`."""
        self._cancel_hold()
        self._dim()
        self.hide()

    def refuses(self) -> bool:
        """Return whether the page is locked, and show the hint if so: for requests other than keys and clicks."""
        if self.locked:
            self.show_hint()
        return self.locked

    def if_unlocked(self, key: str) -> str:
        """Return the text about a key, empty while the page is locked."""
        return "" if self.locked else key

    def show_hint(self) -> None:
        """Light the band, and announce once how to unlock."""
        if not self.lit:
            announce(self, _unlock_hint(), urgent=True)
        self._lit.start()
        self._apply_theme()

    def lay_out(self, page: QRect, band: QRect, unit: float) -> None:
        """Cover `page`, with the hint in `band`."""
        self.setGeometry(page)
        self._band = band
        sign = band.height()
        self.hint.lay_out(band.adjusted(sign, 0, -sign, 0), 19 * unit)

    def apply_phase(self, phase: Phase) -> None:
        """Apply this phase's colours."""
        self._phase = phase
        self._apply_theme()

    def event(self, event: QEvent) -> bool:
        """Accept every key before the window's shortcuts and the tab order do."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start the hold of Esc; show the hint at any other key."""
        if event.key() in PLAYING:
            event.ignore()
            return
        event.accept()
        if event.isAutoRepeat():
            self._resume_hold()
            return
        self.show_hint()
        self._cancel_hold()
        if event.key() == Qt.Key.Key_Escape:
            self._due = QDeadlineTimer(HOLD)
            self._holding.start(HOLD)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Stay locked when Esc is released too soon."""
        event.accept()
        if not event.isAutoRepeat():
            # The deadline stays: X11 sends a release at each repeat too, and only the next press shows which it was.
            self._holding.stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stay locked when the window loses the focus while Esc is held."""
        self._cancel_hold()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the hint."""
        event.accept()
        self.setFocus()
        self.show_hint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Accept the click."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Handle the second click like the first."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Accept the wheel."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the band; the rest is transparent."""
        if not event.region().intersects(self._band):
            return
        colours = self._theme.colours
        shades = colours.phase(self._phase)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self._band, shades.tint)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent if self.lit else shades.track)
        box = QRectF(self._band)
        corner = min(box.height() / 2, Radius.CARD * 1.5)
        painter.drawRoundedRect(box, corner, corner)
        inset = box.height() * 0.24
        sign = QRectF(box.left(), box.top(), box.height(), box.height()).adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, "lock", sign.translated(inset / 2, 0), shades.on_accent if self.lit else shades.ink)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def _resume_hold(self) -> None:
        """Resume the hold where a repeat shows that Esc is still down."""
        if self._due is not None and not self._holding.isActive():
            self._holding.start(self._due.remainingTime())

    def _cancel_hold(self) -> None:
        self._holding.stop()
        self._due = None

    def _unlock(self) -> None:
        self.dismiss()
        self.unlocked.emit()

    def _dim(self) -> None:
        self._lit.stop()
        self._apply_theme()

    def _apply_theme(self) -> None:
        shades = self._theme.colours.phase(self._phase)
        self.hint.set_ink(shades.on_accent if self.lit else shades.ink)
        self.update(self._band)


def _unlock_hint() -> str:
    return _("Hold Esc for a second to unlock.")
