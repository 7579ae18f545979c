"""The Sessions page: find one, look at it, leave out what does not suit today, start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QFileSystemWatcher, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QMenu, QStackedWidget, QWidget

from timer_app.coaching.suggestion import RUNS_CONSIDERED, Suggestion, suggest
from timer_app.definition.library import LibraryEntry
from timer_app.definition.model import StepPath
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.look.theme import PAGE_WIDTH, Space
from timer_app.ui.sessions.session_actions import NEW_KEY, SessionActions
from timer_app.ui.sessions.session_detail import SessionDetail
from timer_app.ui.sessions.session_list import ROW_ROLE, SessionDelegate, SessionModel, SessionRow, session_rows
from timer_app.ui.sessions.suggestion_card import SuggestionCard
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.buttons import MenuButton
from timer_app.ui.widgets.empty_state import EmptyState
from timer_app.ui.widgets.labels import menu_text, set_tip
from timer_app.ui.widgets.layouts import KeepWidth, centre, column, margins, row
from timer_app.ui.widgets.row_list import RowList
from timer_app.ui.widgets.search_field import SearchField

SEARCH_KEY = "Ctrl+F"
_TODAY_ROOM = 330
"""How high the page must be to show why today's session is suggested, in logical pixels at text of 100 %."""


class SessionsPage(QWidget):
    """What there is to do. `start_requested(entry, leave_out, beginning)` comes when a session is to start.

    `exercise_requested` carries the id of an exercise that the user wants to look up, `edit_requested` the entry of a
    session that is to be changed, and `new_requested` the text that a new one begins with.
    """

    start_requested = Signal(object, object, object)
    exercise_requested = Signal(str)
    edit_requested = Signal(object)
    new_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        theme = services.theme
        theme.changed.connect(self._make_room)
        self.model = SessionModel()
        self.search = SearchField(theme, _("Search sessions"), SEARCH_KEY)
        self.search.textChanged.connect(self._search)
        self.tags_button = MenuButton(theme, "filter", _("Filter by tag"))
        self.tags_menu = QMenu(self.tags_button)
        self.tags_button.setMenu(self.tags_menu)
        self.file_actions = SessionActions(services, self)
        self.new_button = MenuButton(theme, "plus", _("New session"))
        set_tip(self.new_button, _("New session"), NEW_KEY)
        self.new_button.setMenu(self.file_actions.new_menu(self.new_button))
        self.list = RowList(theme, _("Sessions"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(SessionDelegate(theme, self.list))
        # Where room is short it is the list that gives way, for it scrolls.
        self.list.setMinimumHeight(1)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.activated.connect(self._start)
        self.detail = SessionDetail(services)
        self.detail.start_requested.connect(self._start)
        self.detail.plan.exercise_requested.connect(self.exercise_requested)
        self.detail.start_from_requested.connect(self._start_from)
        self._follow_own()
        self.nothing_found = EmptyState(
            theme,
            "search",
            _("Nothing fits your search"),
            _("Try fewer words, or another tag."),
            action=_("Clear the search"),
        )
        self.nothing_found.acted.connect(self.clear_filter)
        self._right = QStackedWidget()
        self._right.addWidget(self.detail)
        self._right.addWidget(self.nothing_found)
        left = QWidget()
        self.today = SuggestionCard(theme)
        self.today.chosen.connect(self._choose_suggested)
        above = row(self.search, self.tags_button, self.new_button)
        left.setLayout(column(above, self.today, self.list, spacing=Space.MEDIUM))
        centre(self, body := QWidget(), PAGE_WIDTH)
        layout = QHBoxLayout(body)
        margins(layout, Space.WIDE, Space.LARGE, spacing=Space.LARGE)
        layout.addWidget(left)
        layout.addWidget(self._right, 1)
        KeepWidth(theme, left, body)
        self._awaited = ""
        self._make_keys()
        self._entries: tuple[LibraryEntry, ...] = ()
        self._last_done: Mapping[str, datetime] = {}
        self._reading = BackgroundTask(self, self._read, self._show)
        self._looking_back = BackgroundTask(self, self._look_back, self._remember)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _folder: self.refresh())
        self._watcher.fileChanged.connect(lambda _file: self.refresh())

    def showEvent(self, event: QShowEvent) -> None:
        """Read the library and what was done when the page comes into view."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list its room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.today.set_compact(compact=self.height() < self._services.theme.px(_TODAY_ROOM))

    def choose_when_read(self, stem: str) -> None:
        """Show the session with this stem as soon as the library has read it."""
        self.clear_filter()
        self._awaited = stem
        self.refresh()

    def refresh(self) -> None:
        """Read again, off the GUI thread, what there is and when it was last done."""
        self._reading.start()

    def clear_filter(self) -> None:
        """Show every session again."""
        self.search.clear()
        for action in self.tags_menu.actions():
            action.setChecked(False)
        self._keep_tags()

    def choose(self, stem: str) -> bool:
        """Show the session with this stem; returns whether there is one in the list."""
        number = self.model.row_of(stem)
        if number >= 0:
            self._choose_row(number)
        return number >= 0

    def _choose_suggested(self, stem: str) -> None:
        """Show the session that suits today, whatever was searched for."""
        self.clear_filter()
        self.choose(stem)

    def show_entry(self, entry: LibraryEntry) -> None:
        """Show a session, whether it is in the list or not."""
        self.list.selectionModel().clear()
        self.detail.show_entry(entry)
        self._right.setCurrentWidget(self.detail)

    def _follow_own(self) -> None:
        """Let what is shown be changed, and what is changed be shown."""
        self.file_actions.follow(self.detail, self.list)
        self.file_actions.changed.connect(self.choose_when_read)
        self.file_actions.new_requested.connect(self.new_requested)
        self.file_actions.edit_requested.connect(self.edit_requested)
        self.detail.copy_requested.connect(self.file_actions.duplicate)
        self.detail.edit_requested.connect(self.file_actions.edit)
        self.detail.growth.accepted.connect(self.file_actions.lengthen_hold)
        self.file_actions.lengthened.connect(self.detail.growth.remember)

    def _make_keys(self) -> None:
        QShortcut(QKeySequence(SEARCH_KEY), self, self.search.setFocus)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(key), self, self._enter)

    def _enter(self) -> None:
        """Start what is shown, unless the focus is on a button with something else to do."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton):
            focused.click()
            return
        self._start()

    def _start(self) -> None:
        self._start_from(())

    def _start_from(self, step: StepPath) -> None:
        """Start what is shown, with one of its steps."""
        entry = self.detail.entry
        if entry is not None and self._right.currentWidget() is self.detail and self.detail.can_start:
            leave_out: frozenset[StepPath] = self.detail.left_out
            self.start_requested.emit(entry, leave_out, self.detail.begin(step))

    def _read(self) -> tuple[LibraryEntry, ...]:
        """Read what the page lists. On another thread."""
        self._services.library.refresh()
        return self._services.library.entries()

    def _look_back(self) -> tuple[Mapping[str, datetime], Suggestion | None]:
        """Look up when each session was last done, and what suits today. On another thread."""
        today = self._services.clock.wall().date()
        try:
            with self._services.history.snapshot() as history:
                return history.last_done(), suggest(self._entries, history.runs(RUNS_CONSIDERED), today)
        except Problem:
            # The History page shows the problem; here only "done 2 days ago" is missing.
            return {}, None

    def _remember(self, found: tuple[Mapping[str, datetime], Suggestion | None]) -> None:
        self._last_done, suggestion = found
        self.today.show_suggestion(suggestion)
        self._list_entries()

    def _show(self, entries: tuple[LibraryEntry, ...]) -> None:
        self._entries = entries
        self._list_entries()
        # The list comes first; when each was last done follows a moment later.
        self._looking_back.start()

    def _list_entries(self) -> None:
        entries, last_done = self._entries, self._last_done
        rows = session_rows(entries, self._services.catalogue, last_done, self._services.clock.wall().date())
        if rows != self.model.every_row:
            self.model.show(rows)
            self._make_tags()
        if self._awaited and self.choose(self._awaited):
            self._awaited = ""
        if self.detail.entry is None:
            # The list is painted before the first session in it is read.
            QTimer.singleShot(0, self, self._choose_again)
        else:
            self._choose_again()
        self._watch(entries)

    def _watch(self, entries: tuple[LibraryEntry, ...]) -> None:
        """Watch the folder and the user's own files, where they are there."""
        wanted = {str(entry.file) for entry in entries if not entry.shipped and entry.file.exists()}
        own = self._services.library.own
        if own.is_dir():
            wanted.add(str(own))
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if gone := sorted(watched - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - watched):
            self._watcher.addPaths(new)

    def _search(self, text: str) -> None:
        self.model.search(text)
        self._choose_again()

    def _make_tags(self) -> None:
        """Offer the tags that the sessions have, keeping those that are ticked."""
        ticked = {action.data() for action in self.tags_menu.actions() if action.isChecked()}
        self.tags_menu.clear()
        for tag in sorted({tag for shown in self.model.every_row for tag in shown.entry.tags}):
            action = QAction(menu_text(tag), self.tags_menu, checkable=True, checked=tag in ticked)
            action.setData(tag)
            action.triggered.connect(self._keep_tags)
            self.tags_menu.addAction(action)
        self.tags_button.setEnabled(bool(self.tags_menu.actions()))

    def _keep_tags(self) -> None:
        ticked = frozenset(str(action.data()) for action in self.tags_menu.actions() if action.isChecked())
        self.model.keep_tags(ticked)
        self.tags_button.setChecked(bool(ticked))
        name = _("Filter by tag: {tags}").format(tags=", ".join(sorted(ticked))) if ticked else _("Filter by tag")
        self.tags_button.setAccessibleName(name)
        set_tip(self.tags_button, name)
        self._choose_again()

    def _choose_again(self) -> None:
        """Keep the session that is shown, or take the first that is left."""
        shown = self.detail.entry
        if shown is not None and not self._is_listed(shown) and not self.model.filtered:
            # A file from elsewhere: it stays in view until another is chosen.
            return
        number = self.model.row_of(shown.stem) if shown is not None else -1
        if number < 0 and self.model.rows:
            number = 0
        self._right.setCurrentWidget(self.detail if number >= 0 or not self.model.filtered else self.nothing_found)
        if number >= 0:
            self._choose_row(number)

    def _is_listed(self, entry: LibraryEntry) -> bool:
        """Whether a session lies in one of the library's folders."""
        return entry.file.parent in (self._services.library.shipped, self._services.library.own)

    def _choose_row(self, number: int) -> None:
        index = self.model.index(number)
        selection = self.list.selectionModel()
        if selection.currentIndex() == index:
            self._show_current(index)
        else:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_current(self, index: QModelIndex) -> None:
        if index.isValid():
            chosen: SessionRow = index.data(ROW_ROLE)
            self.detail.show_entry(chosen.entry)
