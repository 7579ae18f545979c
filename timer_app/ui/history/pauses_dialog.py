"""The dialog that lists all pauses, to add, change, end or delete one, and to undo that."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QStyleOptionViewItem, QVBoxLayout, QWidget

from timer_app.history.records import Pause
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.ui.history.pause_dialog import PauseDialog, kind_word
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import column, margins, row
from timer_app.ui.widgets.row_list import (
    ROW_ROLE,
    Index,
    ListModel,
    RowList,
    TwoLineDelegate,
    draw_text,
    line_height,
    two_lines,
)

_WIDTH, _HEIGHT = 460, 440


def days_words(pause: Pause) -> str:
    """Return the dates and length of a pause: `2 Jul 2026 to 15 Jul 2026 · 14 days`, `since 9 Mar 2026`."""
    first = formatting.short_day(pause.first)
    if pause.last is None:
        return _("since {day}").format(day=first)
    days = (pause.last - pause.first).days + 1
    length = ngettext("{n} day", "{n} days", days).format(n=days)
    if days == 1:
        return f"{first} · {length}"
    between = _("{first} to {last}").format(first=first, last=formatting.short_day(pause.last))
    return f"{between} · {length}"


def _words(pause: Pause) -> str:
    return ", ".join((kind_word(pause.kind), days_words(pause)))


class _PauseDelegate(TwoLineDelegate):
    """Paint a pause: its kind and its dates."""

    def marks_selection(self, index: Index) -> bool:
        return True

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        pause: Pause = index.data(ROW_ROLE)
        theme, colours = self.theme, self.theme.colours
        strong, small = theme.font(Type.STRONG), theme.font(Type.SMALL)
        first, second = two_lines(rect, rect.top() + Space.SMALL, line_height(strong), line_height(small))
        draw_text(painter, first, kind_word(pause.kind), strong, colours.text)
        draw_text(painter, second, days_words(pause), small, colours.text_soft)


class PausesDialog(QDialog):
    """List the pauses. `put` carries one that is new or changed, `ended` one to end, `deleted` one to delete.

    The owner saves the changes, and calls `show_pauses` afterwards; `undo_requested` asks to undo the last change.
    """

    put = Signal(object)
    ended = Signal(object)
    deleted = Signal(object)
    undo_requested = Signal()

    def __init__(self, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self.setWindowTitle(_("Your pauses"))
        self.model = ListModel(_words)
        self.list = RowList(theme, _("Pauses"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_PauseDelegate(theme, self.list))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._offer())
        self.list.activated.connect(self._change)
        self._soft = Label(theme, tone="soft", wrap=True)
        self.add = Button(theme, _("Add …"), tip=_("Add a pause"))
        self.add.clicked.connect(lambda: self._ask(None))
        self.change = Button(theme, _("Change …"), tip=_("Put the pause right"))
        self.change.clicked.connect(self._change)
        self.end = Button(theme, _("I am back"), tip=_("End the pause: yesterday was its last day"))
        self.end.clicked.connect(lambda: self._send(self.ended))
        self.delete = Button(
            theme, _("Delete"), role="quiet", sign="bin", tip=_("Delete the pause"), key="Del", shortcut=False
        )
        self.delete.clicked.connect(lambda: self._send(self.deleted))
        self.undo = Button(theme, _("Undo"), role="quiet", tip=_("Take the last change back"), key="Ctrl+Z")
        self.undo.clicked.connect(self.undo_requested)
        self.undo.setEnabled(False)
        close = Button(theme, _("Close"))
        close.clicked.connect(self.accept)
        for button in (self.add, self.change, self.end, self.delete, self.undo, close):
            button.setAutoDefault(False)
        deleting = QShortcut(QKeySequence.StandardKey.Delete, self.list, context=Qt.ShortcutContext.WidgetShortcut)
        deleting.activated.connect(lambda: self._send(self.deleted))
        layout = QVBoxLayout(self)
        margins(layout, Space.WIDE)
        title = Label(theme, _("Your pauses"), Type.TITLE, wrap=True)
        acts = row(self.add, self.change, self.end, 0, spacing=Space.SMALL)
        low = row(self.delete, self.undo, 0, close, spacing=Space.SMALL)
        body = column(title, Space.TIGHT, self._soft, Space.MEDIUM, self.list, Space.MEDIUM, acts, Space.SMALL, low)
        layout.addLayout(body)
        self.resize(theme.px(_WIDTH), min(theme.px(_HEIGHT), parent.window().height() - 2 * Space.PAGE))
        self._offer()

    def show_pauses(self, pauses: tuple[Pause, ...], *, undoable: bool) -> None:
        """Show these pauses, and keep the selection."""
        before = self.chosen
        self.model.show(pauses)
        kept = (number for number, pause in enumerate(pauses) if before is not None and pause.id == before.id)
        if pauses:
            self.list.setCurrentIndex(self.model.index(next(kept, 0)))
        self.undo.setEnabled(undoable)
        self._soft.setText(
            _("A week with a day of one never breaks your weeks in a row.")
            if pauses
            else _("None so far. Ill, on holiday, or at rest: note it here, and your weeks in a row wait for you.")
        )
        self._offer()

    @property
    def chosen(self) -> Pause | None:
        """The selected pause, or None."""
        index = self.list.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def _offer(self) -> None:
        pause = self.chosen
        self.change.setEnabled(pause is not None)
        self.delete.setEnabled(pause is not None)
        self.end.setEnabled(pause is not None and pause.last is None and pause.first <= self._today)

    def _send(self, signal: SignalInstance) -> None:
        if self.chosen is not None:
            signal.emit(self.chosen)

    def _change(self) -> None:
        if self.chosen is not None:
            self._ask(self.chosen)

    def _ask(self, pause: Pause | None) -> None:
        dialog = PauseDialog(self._theme, self._today, self, pause)
        dialog.finished.connect(lambda _result: self._accept(dialog))
        dialog.open()

    def _accept(self, dialog: PauseDialog) -> None:
        if dialog.chosen is not None:
            self.put.emit(dialog.chosen)
        dialog.deleteLater()
