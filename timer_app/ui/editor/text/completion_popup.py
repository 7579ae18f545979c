"""A popup with the completions at the caret."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QWidget

from timer_app.editing.text.completion import Completion, CompletionItem
from timer_app.i18n import _, ngettext
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.labels import paragraphs
from timer_app.ui.widgets.layouts import column, margins
from timer_app.ui.widgets.row_list import ROW_ROLE, Index, ListModel, RowDelegate, RowList, draw_text, line_height

_MOST_ROWS = 8
_MOST_WIDTH = 640
_WORD_SHARE = 0.45


class _CompletionDelegate(RowDelegate):
    """Paint a completion: its word, and the explanation as far as there is room."""

    word_width = 0

    def row_height(self, index: Index, width: int) -> int:
        return line_height(self.theme.font(Type.CODE)) + 2 * Space.TIGHT

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        item: CompletionItem = index.data(ROW_ROLE)
        colours = self.theme.colours
        draw_text(painter, rect, item.word, self.theme.font(Type.CODE), colours.text)
        beside = rect.adjusted(self.word_width + Space.LARGE, 0, 0, 0)
        draw_text(painter, beside, item.about, self.theme.font(Type.SMALL), colours.text_soft)


class CompletionPopup(QFrame):
    """Show completions while the text keeps the focus. `accepted` carries the `CompletionItem`."""

    accepted = Signal(object)

    def __init__(self, theme: Theme, edit: QWidget) -> None:
        super().__init__(edit)
        self._theme = theme
        self._edit = edit
        self.setProperty("role", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = ListModel[CompletionItem](_spoken, lambda item: paragraphs(item.about))
        self.list = RowList(theme, _("What can be written here"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self._model)
        self._delegate = _CompletionDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.clicked.connect(lambda index: self.accepted.emit(index.data(ROW_ROLE)))
        layout = column(self.list)
        margins(layout, Space.TIGHT)
        self.setLayout(layout)
        # Its parent is the window, but it must not outlive the text.
        edit.destroyed.connect(self.deleteLater)
        self.hide()

    @property
    def choices(self) -> tuple[CompletionItem, ...]:
        """The completions shown; none while hidden."""
        return self._model.rows if self.isVisible() else ()

    @property
    def chosen(self) -> CompletionItem | None:
        """The completion that Enter accepts."""
        index = self.list.currentIndex()
        return self._model.rows[index.row()] if self.isVisible() and index.isValid() else None

    def offer(self, completion: Completion, caret: QRect, *, choose: bool) -> None:
        """Show completions below or above the caret, given in global coordinates; `choose` the first one."""
        self._model.show(completion.choices)
        self._set_geometry(caret)
        self.show()
        self.raise_()
        if choose:
            self._choose(0)
        else:
            self.list.setCurrentIndex(QModelIndex())
            count = len(completion.choices)
            announce(self._edit, ngettext("{count} suggestion", "{count} suggestions", count).format(count=count))

    def press(self, key: int) -> bool:
        """Handle a key; return whether it was used."""
        last = len(self._model.rows) - 1
        row = self.list.currentIndex().row()
        moves = {
            int(Qt.Key.Key_Down): 0 if row == last else row + 1,
            int(Qt.Key.Key_Up): last if row <= 0 else row - 1,
            int(Qt.Key.Key_PageDown): min(last, row + _MOST_ROWS),
            int(Qt.Key.Key_PageUp): max(0, row - _MOST_ROWS),
        }
        if key in moves:
            self._choose(moves[key])
            return True
        chosen = self.chosen
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and chosen is not None:
            self.hide()
            self.accepted.emit(chosen)
            return True
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self._model.index(row))
        item = self._model.rows[row]
        place = _("{index} of {count}").format(index=row + 1, count=len(self._model.rows))
        announce(self._edit, " ".join(filter(None, (f"{item.word}.", item.about, f"{place}."))))

    def _set_geometry(self, caret: QRect) -> None:
        """Fit the popup to its content, at the caret and within the window."""
        window = self._edit.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        code, small = QFontMetrics(self._theme.font(Type.CODE)), QFontMetrics(self._theme.font(Type.SMALL))
        choices = self._model.rows
        around = 2 * (Space.MEDIUM + Space.HAIR + Space.TIGHT) + Space.LARGE
        most = min(self._theme.px(_MOST_WIDTH), window.width() - 2 * Space.SMALL)
        word = max(code.horizontalAdvance(item.word) for item in choices) + Space.HAIR
        self._delegate.word_width = min(word, round(most * _WORD_SHARE))
        about = max(small.horizontalAdvance(item.about) for item in choices) + Space.HAIR
        scroll = self.list.verticalScrollBar().sizeHint().width() if len(choices) > _MOST_ROWS else 0
        width = min(most, self._delegate.word_width + about + around + scroll)
        row = self.list.sizeHintForRow(0)
        height = min(len(choices), _MOST_ROWS) * row + 2 * (Space.TIGHT + Space.HAIR) + 2
        corner = window.mapFromGlobal(caret.bottomLeft()) + QPoint(0, Space.HAIR)
        if corner.y() + height > window.height():
            corner.setY(window.mapFromGlobal(caret.topLeft()).y() - height - Space.HAIR)
        corner.setX(max(Space.SMALL, min(corner.x(), window.width() - width - Space.SMALL)))
        self.setGeometry(QRect(corner.x(), corner.y(), width, height))


def _spoken(item: CompletionItem) -> str:
    return f"{item.word}: {item.about}" if item.about else item.word
