"""A dialog to choose an exercise, a rest or rounds for a session."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.presentation.picker_entries import PickerEntry
from timer_app.ui.editor.picker.detail import PickerDetail
from timer_app.ui.editor.picker.model import PickerDelegate, PickerModel
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.accessibility import announce
from timer_app.ui.support.services import Services
from timer_app.ui.support.window_state import size_dialog
from timer_app.ui.widgets.action_bar import ActionBar
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import ElidedLabel
from timer_app.ui.widgets.layouts import KeepWidth, column, line, margins
from timer_app.ui.widgets.row_list import ROW_ROLE, RowList
from timer_app.ui.widgets.search_field import SearchField

_SIZE = QSize(900, 640)
_LEAST = QSize(520, 400)
_WALKS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ExercisePicker(QDialog):
    """List what can be added. `chosen` carries a step with its amount; `rounds_requested` asks for a block of rounds.

    Enter or a double click adds the current entry and closes; Ctrl+Enter adds it and stays. Typing searches, and the
    arrow keys move in the list. It is reset each time it is shown. With `exchange` it lists exercises alone, to
    replace one.
    """

    chosen = Signal(object)
    rounds_requested = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None, *, exchange: bool = False) -> None:
        super().__init__(parent)
        theme = services.theme
        self.setWindowTitle(_("Change the exercise") if exchange else _("Add to the session"))
        size_dialog(self, _SIZE, _LEAST)
        self.model = PickerModel(services.loaded_catalogue, exercises_alone=exchange)
        self.search = SearchField(theme, _("Search, or name your own"), "")
        self.search.textChanged.connect(self._search)
        self.list = RowList(theme, _("What to do instead") if exchange else _("What to add"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PickerDelegate(theme, self.list))
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.doubleClicked.connect(self._add_and_close)
        self.detail = PickerDetail(services)
        for watched in (self.search, self.list):
            watched.installEventFilter(self)
        self.add = Button(
            theme,
            _("Change") if exchange else _("Add"),
            role="primary",
            sign="check",
            tip=_("Do this instead") if exchange else _("Add this and go back to the session"),
            key="Return",
            shortcut=False,
        )
        self.add.setDefault(True)
        self.add.clicked.connect(self._add_and_close)
        self.add_and_stay = Button(
            theme, _("Add, and choose more"), tip=_("Add this and stay here"), sign="plus", key="Ctrl+Return"
        )
        self.add_and_stay.clicked.connect(self._add_and_stay)
        self.cancel = Button(theme, _("Close"), role="quiet", sign="close", key="Esc", shortcut=False)
        self.cancel.clicked.connect(self.reject)
        self.note = ElidedLabel(theme, role=Type.SMALL, tone="soft")
        if exchange:
            self.add_and_stay.hide()
        self._lay_out(services)

    @property
    def current_entry(self) -> PickerEntry | None:
        """The selected entry, or None."""
        row = self.list.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, PickerEntry) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Reset the search, and fit the dialog into its window."""
        super().showEvent(event)
        behind = self.parentWidget()
        if behind is not None:
            room = behind.window().size() - QSize(2 * Space.WIDE, 2 * Space.WIDE)
            size_dialog(self, _SIZE.boundedTo(room), _LEAST)
        self.note.setText("")
        self.search.clear()
        self._select_row(self.model.search(""))
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send arrow keys to the list and letters to the search field."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.search and event.key() in _WALKS:
            QApplication.sendEvent(self.list, event)
            entry = self.current_entry
            if entry is not None:
                announce(self.search, entry.spoken)
            return True
        typed = event.text()
        if watched is self.list and typed.strip() and typed.isprintable() and not event.modifiers() & _HELD:
            self.search.setFocus()
            self.search.insert(typed)
            return True
        return False

    def _lay_out(self, services: Services) -> None:
        body = QWidget()
        left = QWidget()
        left.setLayout(column(self.search, self.list, spacing=Space.MEDIUM))
        layout = QHBoxLayout(body)
        margins(layout, Space.LARGE, Space.LARGE, spacing=Space.LARGE)
        layout.addWidget(left)
        layout.addWidget(self.detail, 1)
        KeepWidth(services.theme, left, body)
        outer = QVBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(body, 1)
        outer.addWidget(line())
        outer.addWidget(ActionBar(self.add, self.note, (self.add_and_stay, self.cancel)))

    def _search(self, text: str) -> None:
        self._select_row(self.model.search(text))

    def _select_row(self, number: int) -> None:
        index = self.model.index(number)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if self.search.text():
            self.list.scrollTo(index)
        else:
            self.list.scrollToTop()

    def _show_current(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        self.add.setEnabled(isinstance(row, PickerEntry))
        self.add_and_stay.setEnabled(isinstance(row, PickerEntry))
        if isinstance(row, PickerEntry):
            self.detail.show_entry(row)

    def _emit_chosen(self) -> PickerEntry | None:
        """Emit the current entry; return it, or None if there is none."""
        entry = self.current_entry
        if entry is None:
            return None
        if entry.step is None:
            self.rounds_requested.emit()
        else:
            self.chosen.emit(entry.step)
        return entry

    def _add_and_close(self) -> None:
        if self._emit_chosen() is not None:
            self.accept()

    def _add_and_stay(self) -> None:
        entry = self._emit_chosen()
        if entry is not None:
            message = _("Added: {what}").format(what=entry.title)
            self.note.setText(message)
            announce(self.search, message)
            self.search.selectAll()
