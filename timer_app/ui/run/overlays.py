"""The overlay of a paused session, and the card with the page's keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_layout import Box
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Radius, Theme
from timer_app.ui.run.fit_label import FitLabel
from timer_app.ui.run.run_buttons import RunButton, spread

_CENTRE = Qt.AlignmentFlag.AlignCenter


class PauseOverlay(QFrame):
    """Show a large word, a text and buttons over the ring."""

    def __init__(self, theme: Theme, parent: QWidget, sign: str) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = sign
        self._phase = Phase.SETUP
        self._sign_box = QRectF()
        self._unit = 1.0
        self._buttons: tuple[RunButton, ...] = ()
        self.word = FitLabel(theme, self, weight=QFont.Weight.Bold, align=_CENTRE, wrap=True)
        self.what = FitLabel(theme, self, weight=QFont.Weight.Medium, align=_CENTRE, wrap=True)
        self.hide()
        theme.changed.connect(self._apply_theme)

    def set_buttons(self, *buttons: RunButton) -> None:
        """Set the buttons, from left to right."""
        self._buttons = buttons

    def set_text(self, word: str, what: str) -> None:
        """Set the large word and the text."""
        self.setAccessibleName(word)
        self.word.setText(word)
        self.what.setText(what)
        self._arrange()

    def dismiss(self) -> None:
        """Hide, and give a focus inside back to the page rather than to the next button in the tab order."""
        page, focused = self.parentWidget(), QApplication.focusWidget()
        held = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if held and page is not None:
            page.setFocus()

    def lay_out(self, rect: QRect, unit: float) -> None:
        """Set the geometry, with lengths scaled by `unit`."""
        self._unit = unit
        self.setGeometry(rect)
        self._arrange()

    def apply_phase(self, phase: Phase) -> None:
        """Apply this phase's colours."""
        self._phase = phase
        self._apply_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the background and the sign."""
        shades = self._theme.colours.phase(self._phase)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), shades.tint)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.track)
        painter.drawEllipse(self._sign_box)
        inset = self._sign_box.width() * 0.2
        paint_icon(painter, self._sign, self._sign_box.adjusted(inset, inset, -inset, -inset), shades.ink)

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        if width < 2 or height < 2:
            return
        unit = self._fitting()
        sign, word, what, button = 96 * unit, 66 * unit, 60 * unit, 54 * unit
        gap = 12 * unit
        y = (height - (sign + word + what + button + 3 * gap)) / 2
        self._sign_box = QRectF((width - sign) / 2, y, sign, sign)
        y += sign + gap
        across = min(width, round(680 * unit))
        left = (width - across) // 2
        self.word.lay_out(QRect(left, round(y), across, round(word)), 50 * unit)
        y += word + gap
        self.what.lay_out(QRect(left, round(y), across, round(what)), 20 * unit)
        y += what + gap
        self._lay_out_buttons(round(y), round(button), unit)
        self._apply_theme()

    def _fitting(self) -> float:
        """Return the scale of lengths: the page's, as far as there is room."""
        return max(0.1, min(self._unit * 1.15, self.height() / 330))

    def _lay_out_buttons(self, y: int, height: int, unit: float) -> None:
        spread(Box(0, y, self.width(), height), self._buttons, 18 * unit, round(14 * unit))
        for button in self._buttons:
            button.apply_phase(self._phase, 18 * unit)

    def _apply_theme(self) -> None:
        shades = self._theme.colours.phase(self._phase)
        self.word.set_ink(shades.ink)
        self.what.set_ink(shades.ink_soft)
        for button in self._buttons:
            button.apply_phase(self._phase, 18 * self._fitting())
        self.update()


class KeysCard(QFrame):
    """List the keys of the run page, beside the ring, so that the number stays visible."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = Phase.SETUP
        self._rows = [
            (FitLabel(theme, self, weight=QFont.Weight.Bold, align=_CENTRE), FitLabel(theme, self)) for _each in keys()
        ]
        self.setAccessibleName(_("Keys"))
        for (key, what), (key_text, what_text) in zip(self._rows, keys(), strict=True):
            key.setText(key_text)
            what.setText(what_text)
        self.hide()
        theme.changed.connect(self._apply_theme)

    def lay_out(self, rect: QRect, unit: float) -> None:
        """Stand here, with lengths that grow by `unit`."""
        pad = round((14 if rect.width() >= 220 * unit else 8) * unit)
        row = min(34 * unit, (rect.height() - 2 * pad) / len(self._rows))
        height = round(row * len(self._rows)) + 2 * pad
        self.setGeometry(rect.x(), rect.y() + (rect.height() - height) // 2, rect.width(), height)
        key_width = round(min(76 * unit, rect.width() * 0.3))
        for number, (key, what) in enumerate(self._rows):
            y = pad + round(number * row)
            key.lay_out(QRect(pad, y + 2, key_width, round(row) - 4), 14 * unit)
            left = pad + key_width + min(pad, round(12 * unit))
            what.lay_out(QRect(left, y, rect.width() - left - pad, round(row)), 15 * unit)
        self._apply_theme()

    def apply_phase(self, phase: Phase) -> None:
        """Apply this phase's colours."""
        self._phase = phase
        self._apply_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and a frame around each key."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD)
        painter.setPen(QPen(colours.outline, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for key, _what in self._rows:
            painter.drawRoundedRect(QRectF(key.geometry()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.SMALL, Radius.SMALL)

    def _apply_theme(self) -> None:
        for key, what in self._rows:
            key.set_ink(self._theme.colours.text)
            what.set_ink(self._theme.colours.text)
        self.update()


def keys() -> Sequence[tuple[str, str]]:
    """Return the keys of the run page, each with what it does."""
    return (
        (_("Space"), _("pause, go on")),
        ("←", _("back")),
        ("→", _("skip")),
        ("↑", _("ten seconds more")),
        (_("Enter"), _("done (open step)")),
        ("0–9", _("reps, if asked")),
        ("M", _("sound off, on")),
        ("F", _("full screen")),
        ("L", _("lock; Esc unlocks")),
        (_("Esc"), _("stop")),
        ("?", _("these keys")),
    )
