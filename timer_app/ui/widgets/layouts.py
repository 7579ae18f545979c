"""Building blocks of pages: cards, scroll areas, rows, columns and separators."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from timer_app.ui.look.theme import TEXT_WIDTH, Space, Theme

ROW_INSET = Space.MEDIUM + 2 * Space.HAIR
"""How far the text of a painted row stands from its list's edge, in logical pixels."""

_LIST_LEAST = 264
_LIST_MOST = 440
_LIST_SHARE = 0.36
_LIST_LIMIT = 0.42
"""How wide the list beside a page is: logical pixels at text of 100 %, and shares of the whole."""

_Layout = TypeVar("_Layout", bound=QBoxLayout)


class Card(QFrame):
    """A rounded surface with a subtle border."""

    def __init__(self, role: str = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)


def line() -> QFrame:
    """Return a thin line across."""
    frame = QFrame()
    frame.setProperty("role", "line")
    frame.setFixedHeight(1)
    return frame


def margins(layout: QLayout, across: int, down: int | None = None, *, spacing: int = 0) -> None:
    """Give a layout the same margins left and right, the same above and below, and a spacing."""
    layout.setContentsMargins(across, across if down is None else down, across, across if down is None else down)
    layout.setSpacing(spacing)


def column(*parts: QWidget | QLayout | int, spacing: int = 0) -> QVBoxLayout:
    """Return a vertical layout of parts; a number is that much space, and 0 a stretch."""
    return _fill(QVBoxLayout(), parts, spacing)


def row(*parts: QWidget | QLayout | int, spacing: int = Space.SMALL) -> QHBoxLayout:
    """Return a horizontal layout of parts; a number is that much space, and 0 a stretch."""
    return _fill(QHBoxLayout(), parts, spacing)


def _fill(layout: _Layout, parts: tuple[QWidget | QLayout | int, ...], spacing: int) -> _Layout:
    margins(layout, 0, spacing=spacing)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif part:
            layout.addSpacing(part)
        else:
            layout.addStretch(1)
    return layout


def inset(layout: _Layout) -> _Layout:
    """Indent a layout to where the text of painted rows begins."""
    layout.setContentsMargins(ROW_INSET, 0, ROW_INSET, 0)
    return layout


def centre(outer: QWidget, inner: QWidget, width: int) -> None:
    """Centre `inner` in `outer`, at most `width` logical pixels wide."""
    inner.setMaximumWidth(width)
    layout = QHBoxLayout(outer)
    margins(layout, 0)
    layout.addStretch(1)
    layout.addWidget(inner, 1000)
    layout.addStretch(1)


class ScrollPage(QScrollArea):
    """A page that scrolls vertically, its content in a centred column of at most `width` logical pixels."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        # The scroll area asks for the height that the texts need at the page's width only where the least height of
        # all, which is that at the narrowest width, does not count.
        holder.setMinimumHeight(1)
        self._content = QWidget()
        centre(holder, self._content, width)
        self.setWidget(holder)

    @property
    def content(self) -> QWidget:
        """The widget to lay the page out in."""
        return self._content

    def enable_keyboard_scrolling(self, name: str) -> None:
        """Accept the focus by Tab, for scrolling with the arrow keys, while the content is higher than the view."""
        self.setProperty("role", "reading")
        self.setAccessibleName(name)
        self.verticalScrollBar().rangeChanged.connect(self._update_focus_policy)
        self._update_focus_policy(0, 0)

    def _update_focus_policy(self, least: int, most: int) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if most > least else Qt.FocusPolicy.NoFocus)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Move the focus, and scroll to the focused widget."""
        moved = super().focusNextPrevChild(next)
        focused = self.focusWidget()
        if moved and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, Space.WIDE, Space.WIDE)
        return moved


class ScrollCard(Card):
    """A card that scrolls: `body` lays out its content, `across` logical pixels from the edges of the text column."""

    def __init__(self, across: int = Space.PAGE - ROW_INSET, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.scroller = ScrollPage(TEXT_WIDTH)
        self.body = QVBoxLayout(self.scroller.content)
        margins(self.body, across, Space.WIDE)
        self.outer = column(self.scroller)
        margins(self.outer, 1)
        self.setLayout(self.outer)


class KeepWidth(QObject):
    """Set the width of a list beside a page to a share of their parent's, within bounds that grow with the text."""

    def __init__(self, theme: Theme, widget: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._widget = widget
        self._parent = parent
        parent.installEventFilter(self)
        theme.changed.connect(self._fit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if watched is self._parent and event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        whole = self._parent.width()
        width = max(self._theme.px(_LIST_LEAST), round(whole * _LIST_SHARE))
        most = min(_LIST_MOST, round(whole * _LIST_LIMIT))
        self._widget.setFixedWidth(min(width, most))
