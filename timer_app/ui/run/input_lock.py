"""The lock against paws and elbows: a veil over the page that takes every key and click, and tells how to lift it."""

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
"""How long Esc is held to unlock, in real milliseconds: longer than an elbow rests by chance, by our own judgement."""

PLAYING: Mapping[Qt.Key, Callable[[Conductor], object]] = {
    Qt.Key.Key_MediaPlay: Conductor.resume,
    Qt.Key.Key_MediaPause: Conductor.pause,
    Qt.Key.Key_MediaTogglePlayPause: Conductor.toggle,
}
"""Keys that a headset has too, where they are pressed on purpose: they do what they say while the page is locked."""

_TELL = 2_500
"""How long the band stays lit after a key or click, in milliseconds."""


class InputLock(QFrame):
    """Lies over the whole page while it is locked, and shows it through. `unlocked` comes when Esc was held.

    A key or a click does nothing but light the band that tells how to unlock, in place of the page's buttons. The keys
    of `PLAYING` alone go through to the page.
    """

    unlocked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = Phase.SETUP
        self._band = QRect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Locked"))
        self.setAccessibleDescription(_how())
        self.how = FitLabel(theme, self, weight=QFont.Weight.DemiBold, align=Qt.AlignmentFlag.AlignCenter, wrap=True)
        self.how.setText(_how())
        self._holding = self._timer(HOLD, self._unlock)
        self._due: QDeadlineTimer | None = None
        self._lit = self._timer(_TELL, self._go_out)
        self.hide()
        theme.changed.connect(self._apply_theme)

    @property
    def locked(self) -> bool:
        """Whether it lies over the page."""
        return not self.isHidden()

    @property
    def lit(self) -> bool:
        """Whether it is telling how to unlock, because somebody tried a key or a click."""
        return self._lit.isActive()

    def lock(self) -> None:
        """Lie over the page, and tell so."""
        self.show()
        self.raise_()
        self.setFocus()
        announce(self, self.accessibleName() + ". " + _how(), urgent=True)
        self._apply_theme()

    def lift(self) -> None:
        """Be gone."""
        self._let_go()
        self._go_out()
        self.hide()

    def refuses(self) -> bool:
        """Tell whether it is locked, and then how to unlock: for what comes otherwise than by key or click."""
        if self.locked:
            self.tell()
        return self.locked

    def unless_locked(self, key: str) -> str:
        """Return what is said of a key, and nothing while no key does anything."""
        return "" if self.locked else key

    def tell(self) -> None:
        """Light the band, and say once how to unlock."""
        if not self.lit:
            announce(self, _how(), urgent=True)
        self._lit.start()
        self._apply_theme()

    def place(self, page: QRect, band: QRect, unit: float) -> None:
        """Lie over `page`, with the words in `band`."""
        self.setGeometry(page)
        self._band = band
        sign = band.height()
        self.how.place(band.adjusted(sign, 0, -sign, 0), 19 * unit)

    def apply_phase(self, phase: Phase) -> None:
        """Apply this phase's colours."""
        self._phase = phase
        self._apply_theme()

    def event(self, event: QEvent) -> bool:
        """Take every key before the window's shortcuts and the tab order do."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Wait for Esc to be held; tell of it at any other key."""
        if event.key() in PLAYING:
            event.ignore()
            return
        event.accept()
        if event.isAutoRepeat():
            self._hold_on()
            return
        self.tell()
        self._let_go()
        if event.key() == Qt.Key.Key_Escape:
            self._due = QDeadlineTimer(HOLD)
            self._holding.start(HOLD)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Stay locked when Esc is let go too soon."""
        event.accept()
        if not event.isAutoRepeat():
            # Not forgotten yet: X11 tells of a release at each repeat too, and only the press behind it says which.
            self._holding.stop()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stay locked when the window loses the keyboard while Esc is held."""
        self._let_go()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell how to unlock."""
        event.accept()
        self.setFocus()
        self.tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the click."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click as another."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Take the wheel."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the band; the rest of the page shows through."""
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

    def _hold_on(self) -> None:
        """Go on waiting where Esc turns out to be held still."""
        if self._due is not None and not self._holding.isActive():
            self._holding.start(self._due.remainingTime())

    def _let_go(self) -> None:
        self._holding.stop()
        self._due = None

    def _unlock(self) -> None:
        self.lift()
        self.unlocked.emit()

    def _go_out(self) -> None:
        self._lit.stop()
        self._apply_theme()

    def _apply_theme(self) -> None:
        shades = self._theme.colours.phase(self._phase)
        self.how.set_ink(shades.on_accent if self.lit else shades.ink)
        self.update(self._band)


def _how() -> str:
    return _("Hold Esc for a second to unlock.")
