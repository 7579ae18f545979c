"""The card of what is next."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_layout import Plan
from timer_app.presentation.run_view import UpcomingEntry
from timer_app.ui.look.theme import Radius, Theme
from timer_app.ui.run.exercise_panel import roomy
from timer_app.ui.run.fit_label import FitLabel

_HEAD = 26.0
_NAME = 32.0
_SUB = 24.0
_BETWEEN = 10.0
_PAD = 16.0
_MOST = 3
_LEAST = 0.72
"""Where the entries would have to shrink below this factor, the later ones are left out."""


class UpcomingCard(QFrame):
    """List the next intervals up to the next work; at the end, say that this is the last."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[UpcomingEntry, ...] = ()
        self._room = QRect()
        self._unit = 1.0
        self._plan = Plan.WIDE
        self._dots: list[tuple[Phase, QRectF]] = []
        self._head = FitLabel(theme, self, weight=QFont.Weight.DemiBold)
        # A screen reader reads them in the order of creation: each name with its amount.
        rows = [
            (
                FitLabel(theme, self, weight=QFont.Weight.Bold, wrap=True),
                FitLabel(theme, self, weight=QFont.Weight.Medium),
            )
            for _each in range(_MOST)
        ]
        self._names, self._subs = [name for name, _sub in rows], [sub for _name, sub in rows]
        self.setAccessibleName(_("What is next"))
        theme.changed.connect(self._apply_theme)

    def lay_out(self, rect: QRect, unit: float, plan: Plan) -> None:
        """Lay out within `rect`, with lengths scaled by `unit`; the card is only as high as its content."""
        self._room, self._unit, self._plan = rect, unit * roomy(rect.width(), unit), plan
        self._arrange()

    def show_upcoming(self, entries: tuple[UpcomingEntry, ...]) -> None:
        """Show these entries."""
        if entries != self._entries or not self._head.text():
            self._entries = entries
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and the mark of each entry."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CARD, Radius.CARD)
        for phase, dot in self._dots:
            shades = colours.phase(phase)
            painter.setPen(QPen(shades.accent, dot.width() * 0.2))
            painter.setBrush(shades.accent if phase is Phase.WORK else colours.surface)
            painter.drawEllipse(dot)

    def _arrange(self) -> None:
        if self._room.isEmpty():
            return
        count = min(len(self._entries), _MOST)
        while count > 1 and self._shrink(count) < _LEAST:
            count -= 1
        unit = self._unit * min(1.0, self._shrink(max(1, count)))
        pad = round(_PAD * unit)
        width = self._room.width()
        self._head.setText(_("Next") if count else _("This is the last one"))
        self._head.lay_out(QRect(pad, pad, width - 2 * pad, round(_HEAD * unit)), (16 if count else 20) * unit)
        y = pad + round(_HEAD * unit) + round(_BETWEEN * unit * 0.6)
        self._dots = []
        for index, (name, sub) in enumerate(zip(self._names, self._subs, strict=True)):
            name.setVisible(index < count)
            sub.setVisible(index < count)
            if index < count:
                y = self._lay_out_entry(index, y, pad, unit) + round(_BETWEEN * unit)
        height = y + pad - (round(_BETWEEN * unit) if count else 0)
        top = self._room.y()
        if self._plan is Plan.WIDE:
            top += max(0, (self._room.height() - height) // 2)
        elif self._plan is Plan.SIDE:
            top += max(0, self._room.height() - height)
        self.setGeometry(self._room.x(), top, width, min(height, self._room.height()))
        self._apply_theme()

    def _lay_out_entry(self, index: int, y: int, pad: int, unit: float) -> int:
        entries, name, sub = self._entries[index], self._names[index], self._subs[index]
        dot = 13 * unit
        left = round(pad + dot + 10 * unit)
        room = self._room.width() - left - pad
        self._dots.append((entries.phase, QRectF(pad + 1, y + (_NAME * unit - dot) / 2, dot, dot)))
        name.setText(entries.name)
        name.lay_out(QRect(left, y, room, round(_NAME * unit)), (22 if index == 0 else 19) * unit)
        y += round(_NAME * unit)
        sub.setText(entries.amount)
        sub.lay_out(QRect(left, y, room, round(_SUB * unit)), (18 if index == 0 else 16) * unit)
        return y + round(_SUB * unit)

    def _shrink(self, count: int) -> float:
        """Return the factor by which a card of `count` entries has to shrink to fit; above 1, not at all."""
        needed = 2 * _PAD + _HEAD + _BETWEEN * 0.6 + count * (_NAME + _SUB) + (count - 1) * _BETWEEN
        return self._room.height() / (needed * self._unit)

    def _apply_theme(self) -> None:
        colours = self._theme.colours
        self._head.set_ink(colours.text_soft)
        for name, sub in zip(self._names, self._subs, strict=True):
            name.set_ink(colours.text)
            sub.set_ink(colours.text_soft)
        self.update()
