"""Show the current exercise: phase badge, side arrow, moving figure and hint."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from timer_app.clock import Milliseconds
from timer_app.conductor.snapshot import RepPhase, Snapshot
from timer_app.definition.model import Side
from timer_app.exercises.model import Catalogue
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_layout import Plan
from timer_app.presentation.run_view import RunView, Shape
from timer_app.ui.figures.figure_view import FigureView
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.fit_label import FitLabel

_BADGE = 46.0
_ARROW = 84.0
_ROW = 66.0
_HINT = 23.0
_GAP = 16.0
_FIGURE = 158.0
"""The minimum width of the figure at the usual size: a smaller one is not recognised from the mat."""
_BREATHING, _SHOWING = 500, 200
"""Milliseconds between two frames of a figure that breathes in a hold, and of one that previews what is next."""


class PhaseBadge(QLabel):
    """Show the phase as a word in its colour, in a frame of its shape: filled, hollow, dashed, or in two halves."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = Phase.SETUP
        self._shape = Shape.DASHED
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.changed.connect(self.update)

    def show_phase(self, phase: Phase, shape: Shape, word: str) -> None:
        """Show this phase."""
        if (phase, shape, word) != (self._phase, self._shape, self.text()):
            self._phase, self._shape = phase, shape
            self.setText(word)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        shades = self._theme.colours.phase(self._phase)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = _as_large_as_fits(self._theme, self.text(), self.width() - self.height() * 0.7, self.height() * 0.54)
        width = min(self.width() - 2.0, QFontMetricsF(font).horizontalAdvance(self.text()) + self.height() * 0.8)
        box = QRectF(1, 1, width, self.height() - 2.0).adjusted(1, 1, -1, -1)
        stroke = max(2.0, self.height() * 0.055)
        pen = QPen(shades.accent, stroke)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = shades.ink
        if self._shape is Shape.FILLED:
            painter.setBrush(shades.accent)
            ink = shades.on_accent
        elif self._shape is Shape.DASHED:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        box.adjust(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self._shape is Shape.HALVES:
            painter.setPen(QPen(shades.tint, stroke * 1.6))
            painter.drawLine(
                QPointF(box.center().x(), box.top() - stroke), QPointF(box.center().x(), box.top() + stroke)
            )
            foot = QPointF(box.center().x(), box.bottom() - stroke)
            painter.drawLine(foot, QPointF(foot.x(), box.bottom() + stroke))
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())


class SideArrow(QLabel):
    """Show a large arrow to the user's left or right with the side's name in it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phase = Phase.SETUP
        self._side: Side | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.changed.connect(self.update)

    @property
    def side(self) -> Side | None:
        """The side to which the arrow points."""
        return self._side

    def show_side(self, side: Side | None, words: str, phase: Phase) -> None:
        """Point to this side; None hides the arrow."""
        if (side, words, phase) != (self._side, self.text(), self._phase):
            self._side, self._phase = side, phase
            self.setText(words)
            self.setVisible(side is not None)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow."""
        shades = self._theme.colours.phase(self._phase)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = float(self.width()), float(self.height())
        tip = min(height * 0.62, width * 0.3)
        shaft = height * 0.2
        points = [(0.0, height / 2), (tip, 0.0), (tip, shaft), (width, shaft)]
        points += [(width, height - shaft), (tip, height - shaft), (tip, height)]
        if self._side is Side.RIGHT:
            points = [(width - x, y) for x, y in points]
        painter.setPen(
            QPen(shades.accent, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(shades.accent)
        painter.translate(2, 2)
        painter.scale((width - 4) / width, (height - 4) / height)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        room = QRectF(0, shaft, width, height - 2 * shaft)
        room.adjust(*((tip * 0.7, 0, -tip * 0.3, 0) if self._side is Side.LEFT else (tip * 0.3, 0, -tip * 0.7, 0)))
        painter.setFont(_as_large_as_fits(self._theme, self.text(), room.width(), room.height() * 0.66))
        painter.setPen(shades.on_accent)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), self.text())


class ExercisePanel(QWidget):
    """Group badge, arrow, figure and hint in the middle of their area."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._unit = 1.0
        self._plan = Plan.WIDE
        self._turn: Milliseconds = 1
        self._turns = 0
        self.badge = PhaseBadge(theme, self)
        self.arrow = SideArrow(theme, self)
        self.arrow.hide()
        top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self.hint = FitLabel(theme, self, weight=QFont.Weight.Medium, align=top_left, wrap=True)
        self.figure = FigureView(theme)
        self.figure.setParent(self)
        self.figure.hide()

    def lay_out(self, rect: QRect, unit: float, plan: Plan) -> None:
        """Set the geometry, with lengths scaled by `unit`."""
        self._unit, self._plan = unit, plan
        self.setGeometry(rect)
        self._arrange()

    def show_view(self, view: RunView) -> None:
        """Show a view."""
        before = (self.arrow.side is None, self.hint.text())
        self.badge.show_phase(view.phase, view.shape, view.word)
        self.arrow.show_side(view.side, view.side_words, view.phase)
        self.hint.setText(view.hint)
        # A screen reader would announce an empty label.
        self.hint.setVisible(bool(view.hint))
        self.hint.set_ink(self._theme.colours.phase(view.phase).ink)
        if before != (view.side is None, view.hint):
            self._arrange()

    def show_motion(self, now: Snapshot, catalogue: Catalogue) -> None:
        """Show the figure at this moment."""
        self._turn = _figure_turn(now)
        self._turns = now.elapsed // self._turn
        before = self.figure.drawn
        self.figure.follow(now, catalogue)
        if before is not self.figure.drawn:
            self._arrange()

    def animate(self, elapsed: Milliseconds) -> None:
        """Move the figure, where only time has passed."""
        turns = elapsed // self._turn
        if turns != self._turns:
            self._turns = turns
            self.figure.animate(elapsed)

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        sided = self.arrow.side is not None
        beside = sided and self._plan is not Plan.WIDE
        unit = self._unit * roomy(width, self._unit)
        largest = _HINT * unit
        rows = (_ROW,) if beside else (_BADGE, _ARROW) if sided else (_BADGE,)
        # The hint keeps room for three lines; where there is less, everything shrinks by the same factor.
        unit = min(unit, height / (sum(rows) + _GAP * len(rows) + 3.4 * _HINT))
        used = round((sum(rows) + _GAP * len(rows)) * unit)
        size = max(_HINT * unit, largest * 0.8)
        figure, hint = self._share(QSize(width, max(1, height - used)))
        self.hint.lay_out(hint, size)
        high = min(self.hint.text_height() if self.hint.text() else 0, hint.height())
        top = max(0, (hint.height() - high) // 2) if self._plan is Plan.WIDE else 0
        self.hint.lay_out(hint.translated(0, top + used).adjusted(0, 0, 0, -top), size)
        self.figure.setGeometry(figure.translated(0, top + used))
        self.figure.setVisible(not figure.isEmpty())
        row, gap = round(rows[0] * unit), round(_GAP * unit)
        if beside:
            half = round((width - gap) * 0.54)
            badge = min(row, round(_BADGE * unit))
            self.badge.setGeometry(0, top + (row - badge) // 2, half, badge)
            self.arrow.setGeometry(half + gap, top, width - half - gap, row)
        else:
            self.badge.setGeometry(0, top, width, row)
            self.arrow.setGeometry(0, top + row + gap, min(width, round(220 * unit)), round(_ARROW * unit))

    def _share(self, room: QSize) -> tuple[QRect, QRect]:
        """Return the rectangles of figure and hint below the badge; in a small room the hint has priority.

        In a column the figure is above the hint, elsewhere at its right.
        """
        width, height = room.width(), room.height()
        whole = QRect(0, 0, width, height)
        gap = round(_GAP * self._unit)
        if not self.figure.drawn:
            return QRect(), whole
        if self._plan is Plan.WIDE:
            high = min(round(width * 0.72), round(height * 0.55))
            if high < _FIGURE * self._unit * 0.6:
                return QRect(), whole
            return QRect(0, 0, width, high), whole.adjusted(0, high + gap, 0, 0)
        wide = round(width * 0.44)
        if wide < _FIGURE * self._unit or height < _FIGURE * self._unit * 0.6:
            return QRect(), whole
        return QRect(width - wide, 0, wide, height), whole.adjusted(0, 0, -wide - gap, 0)


def _figure_turn(now: Snapshot) -> Milliseconds:
    """Return the milliseconds between two frames of the figure: one costs as much as all the rest of the page."""
    if now.rep is not None and now.rep.phase is not RepPhase.HOLD:
        return 1
    return _BREATHING if now.interval is not None and now.interval.works else _SHOWING


def roomy(width: int, unit: float) -> float:
    """Return the factor by which texts of a column so wide may grow beyond `unit`: 1 to 1.4."""
    return max(1.0, min(1.4, width / (230 * unit)))


def _as_large_as_fits(theme: Theme, text: str, width: float, height: float) -> QFont:
    """Return a font at most `height` logical pixels high in which `text` is at most `width` wide."""
    font = theme.digits(height, QFont.Weight.Bold)
    needed = QFontMetricsF(font).horizontalAdvance(text)
    return font if needed <= width else theme.digits(max(1.0, height * width / needed - 0.5), QFont.Weight.Bold)
