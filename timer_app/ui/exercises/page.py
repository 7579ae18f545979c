"""The Exercises page: the catalogue by body area, and each exercise in full."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QWidget

from timer_app.definition.library import LibraryEntry
from timer_app.i18n import _, ngettext
from timer_app.presentation.exercise_rows import ExerciseRow
from timer_app.ui.exercises.detail import ExerciseDetail
from timer_app.ui.exercises.exercise_list import ExerciseDelegate, ExerciseModel
from timer_app.ui.exercises.file_problems import ExerciseProblems
from timer_app.ui.look.theme import PAGE_WIDTH, Space
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.empty_state import EmptyState
from timer_app.ui.widgets.layouts import KeepWidth, centre, column, margins
from timer_app.ui.widgets.row_list import ROW_ROLE, RowList
from timer_app.ui.widgets.search_field import SearchField

SEARCH_KEY = "Ctrl+F"


class ExercisesPage(QWidget):
    """The Exercises page. `session_requested` carries the stem of a session that the user wants to see."""

    session_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._entries: tuple[LibraryEntry, ...] = ()
        theme, loaded = services.theme, services.loaded_catalogue
        self.model = ExerciseModel(loaded)
        self.search = SearchField(theme, _("Search exercises"), SEARCH_KEY)
        self.search.textChanged.connect(self._search)
        self.list = RowList(theme, _("Exercises"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(ExerciseDelegate(theme, self.list))
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.detail = ExerciseDetail(services)
        self.detail.exercise_requested.connect(self.choose)
        self.detail.session_requested.connect(self.session_requested)
        self.no_matches = EmptyState(
            theme, "search", _("Nothing fits your search"), _("Try fewer words."), action=_("Clear the search")
        )
        self.no_matches.acted.connect(self.search.clear)
        self.problems = ExerciseProblems(theme, loaded.findings)
        count = len(loaded.findings)
        text = ngettext("{n} problem in your files", "{n} problems in your files", count).format(n=count)
        self.problems_button = Button(theme, text, sign="warning", tip=_("Show what is wrong in your exercise files"))
        self.problems_button.clicked.connect(self._show_problems)
        self._right = QStackedWidget()
        for part in (self.detail, self.no_matches, self.problems):
            self._right.addWidget(part)
        left = QWidget()
        left.setLayout(column(self.search, self.problems_button, self.list, spacing=Space.MEDIUM))
        self.problems_button.setVisible(bool(count))
        body = QWidget()
        centre(self, body, PAGE_WIDTH)
        layout = QHBoxLayout(body)
        margins(layout, Space.WIDE, Space.LARGE, spacing=Space.LARGE)
        layout.addWidget(left)
        layout.addWidget(self._right, 1)
        KeepWidth(theme, left, body)
        QShortcut(QKeySequence(SEARCH_KEY), self, self.search.setFocus)
        self._reading = BackgroundTask(self, services.library.entries, self._set_entries)
        self._restore_selection()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the sessions when the page is shown."""
        super().showEvent(event)
        self._reading.start()

    @property
    def reading(self) -> bool:
        """Whether the sessions are still being read."""
        return self._reading.busy

    def choose(self, identifier: str) -> bool:
        """Show an exercise, clearing a search that hides it; return whether it exists."""
        if self.model.row_of(identifier) < 0:
            self.search.clear()
        number = self.model.row_of(identifier)
        if number >= 0:
            self._choose_row(number)
        return number >= 0

    def _search(self, text: str) -> None:
        self.model.search(text)
        self._restore_selection()

    def _restore_selection(self) -> None:
        """Select the exercise that is shown, or the first match."""
        exercises = self.model.exercises
        if not exercises:
            self._right.setCurrentWidget(self.no_matches)
            return
        shown = self.detail.exercise
        self._choose_row(self.model.row_of((shown if shown in exercises else exercises[0]).id))

    def _choose_row(self, number: int) -> None:
        index = self.model.index(number)
        selection = self.list.selectionModel()
        if selection.currentIndex() == index:
            self._show_current(index)
        else:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        # With its neighbours in view on both sides.
        self.list.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _show_current(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        if not isinstance(row, ExerciseRow):
            return
        self._right.setCurrentWidget(self.detail)
        if row.exercise != self.detail.exercise:
            self.detail.show_exercise(row.exercise, own=row.own)
            self._offer_sessions()

    def _show_problems(self) -> None:
        self.list.selectionModel().clear()
        self._right.setCurrentWidget(self.problems)

    def _set_entries(self, entries: tuple[LibraryEntry, ...]) -> None:
        self._entries = entries
        self._offer_sessions()

    def _offer_sessions(self) -> None:
        shown = self.detail.exercise
        if shown is not None:
            self.detail.show_sessions([entry for entry in self._entries if shown.id in entry.exercises])
