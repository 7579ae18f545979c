"""A segmented control: radio buttons drawn as the parts of one control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from timer_app.ui.look.theme import CONTROL_HEIGHT, FOCUS_WIDTH, Radius, Space, Theme, Type
from timer_app.ui.widgets.labels import set_tip

_INSET = 3
"""How far the chosen part lies within the frame, in logical pixels."""


_WALKS: Mapping[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segment(QRadioButton):
    """One segment, a radio button. `walked` carries a step to another, -1 or 1."""

    walked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget, text: str, word: str) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.word = word
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def hitButton(self, pos: object) -> bool:
        """Accept a click anywhere on the segment."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the next or previous segment in reading order, whatever line it is in."""
        step = _WALKS.get(event.key())
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and a frame around the chosen segment."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, chosen = self._theme.colours, self.isChecked()
        box = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        radius = Radius.CONTROL - _INSET
        if chosen or self.underMouse():
            edge = colours.accent if self.isEnabled() else colours.border
            painter.setPen(QPen(edge, 1.5) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(colours.surface if chosen else colours.hover)
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, FOCUS_WIDTH))
            painter.drawRoundedRect(box, radius, radius)
        ink = colours.accent_ink if chosen else colours.text
        painter.setPen(ink if self.isEnabled() else colours.outline)
        font = self._theme.font(Type.STRONG if chosen else Type.BODY)
        painter.setFont(font)
        room = box.adjusted(Space.TIGHT, 0, -Space.TIGHT, 0)
        shown = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)


class Segments(QWidget):
    """A choice of one of a few values. `chosen` carries the word of the one that the user chose.

    The segments are equally wide, in as few lines as fit. The arrow keys move from one to the next.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._parts: list[Segment] = []
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._apply_theme)

    @property
    def parts(self) -> tuple[Segment, ...]:
        """The buttons, in order."""
        return tuple(self._parts)

    @property
    def word(self) -> str:
        """The word that is chosen, empty where none is."""
        return next((part.word for part in self._parts if part.isChecked()), "")

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these names with their words, in order; does nothing where they are offered already."""
        if [(part.text(), part.word) for part in self._parts] == list(choices):
            return
        words = [part.word for part in self._parts]
        if words == [word for _name, word in choices]:
            for part, (name, _word) in zip(self._parts, choices, strict=True):
                part.setText(name)
        else:
            for part in self._parts:
                self._group.removeButton(part)
                part.deleteLater()
            self._parts = [self._part(name, word) for name, word in choices]
        self._apply_theme()

    def choose(self, word: str) -> None:
        """Mark a word as chosen; one that is not offered marks none."""
        self._group.setExclusive(False)
        for part in self._parts:
            part.setChecked(part.word == word)
        self._group.setExclusive(True)
        # Tab enters a group at the chosen button.
        self.setFocusProxy(next((part for part in self._parts if part.isChecked()), self._parts[0]))

    def describe(self, words: str) -> None:
        """Set the accessible description of the control and its segments."""
        self.setAccessibleDescription(words)
        for part in self._parts:
            part.setAccessibleDescription(words)

    def hasHeightForWidth(self) -> bool:
        """Report that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width."""
        across = self._across(width)
        return -(-len(self._parts) // across) * self._line_height()

    def sizeHint(self) -> QSize:
        """Return the size of all segments in one line."""
        return QSize(self._widest() * len(self._parts), self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Return the size of one segment, elided if need be."""
        return QSize(self._theme.px(72), self._line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the segments out in lines."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the control."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colours.border, 1))
        painter.setBrush(self._theme.colours.sunken)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)

    def _part(self, name: str, word: str) -> Segment:
        part = Segment(self._theme, self, name, word)
        self._group.addButton(part)
        part.clicked.connect(lambda: self.chosen.emit(word))
        part.walked.connect(lambda step: self._walk(part, step))
        part.show()
        return part

    def _walk(self, part: Segment, step: int) -> None:
        target = self._parts[(self._parts.index(part) + step) % len(self._parts)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

    def _apply_theme(self) -> None:
        for part in self._parts:
            part.setFont(self._theme.font(Type.BODY))
            part.setAccessibleName(part.text())
            set_tip(part, part.text())
        self.updateGeometry()
        self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        if not self._parts:
            return
        across = self._across(self.width())
        height = self._line_height()
        for number, part in enumerate(self._parts):
            down, along = divmod(number, across)
            left, right = round(along * self.width() / across), round((along + 1) * self.width() / across)
            part.setGeometry(left, down * height, right - left, height)

    def _across(self, width: int) -> int:
        """Return the number of segments in a line: all, half of them, or one."""
        count = max(1, len(self._parts))
        return next((many for many in (count, -(-count // 2)) if many * self._widest() <= width), 1)

    def _widest(self) -> int:
        metrics = QFontMetrics(self._theme.font(Type.STRONG))
        texts = (metrics.horizontalAdvance(part.text()) for part in self._parts)
        return max(texts, default=0) + 2 * (_INSET + Space.SMALL)

    def _line_height(self) -> int:
        return self._theme.px(CONTROL_HEIGHT)
