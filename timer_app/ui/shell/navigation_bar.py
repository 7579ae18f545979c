"""The bar above the pages: where one is, and the way elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QWidget

from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import PAGE_WIDTH, Space, Theme
from timer_app.ui.widgets.buttons import Button, IconButton
from timer_app.ui.widgets.layouts import centre


class _ProgramMark(QLabel):
    """The program's sign; its name stands in the window's title."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(min(self.width(), self.height()))
        painter.setPen(QPen(colours.phase(Phase.WORK).track, side * 3.4 / 24))
        painter.drawEllipse(QRectF(self.rect()).center(), side * 8.2 / 24, side * 8.2 / 24)
        paint_icon(painter, "ring", QRectF(self.rect()), colours.accent)


class NavigationBar(QWidget):
    """The pages by name on the left, settings and help on the right. `page_requested` carries the name of a page."""

    page_requested = Signal(str)

    def __init__(self, theme: Theme, pages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        bar = QWidget()
        centre(self, bar, PAGE_WIDTH)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(Space.WIDE + Space.TIGHT, Space.MEDIUM, Space.WIDE, 0)
        layout.setSpacing(Space.TIGHT)
        layout.addWidget(_ProgramMark(theme))
        layout.addSpacing(Space.MEDIUM)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button | IconButton] = {}
        for number, (name, title) in enumerate(pages, start=1):
            page = Button(theme, title, role="quiet", key=f"Ctrl+{number}")
            self._add(name, page, layout)
        layout.addStretch(1)
        self._add("settings", IconButton(theme, "sliders", _("Settings"), key="Ctrl+,"), layout)
        self._add("help", IconButton(theme, "help", _("Help"), key="F1"), layout)

    def mark(self, name: str) -> None:
        """Show which page one is on; a name that is none of them marks none."""
        self._group.setExclusive(False)
        for other, button in self._buttons.items():
            button.setChecked(other == name)
        self._group.setExclusive(name in self._buttons)

    def _add(self, name: str, button: Button | IconButton, layout: QHBoxLayout) -> None:
        button.setCheckable(True)
        button.clicked.connect(lambda: self.page_requested.emit(name))
        self._group.addButton(button)
        self._buttons[name] = button
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
