"""The History page: all runs, what they add up to, and each of them in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from timer_app.history.mending import Change, Said
from timer_app.history.records import RunRecord
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui import words
from timer_app.ui.background import Background
from timer_app.ui.history.beside import ComfortView
from timer_app.ui.history.detail import RunDetail
from timer_app.ui.history.exercises import ExercisesView
from timer_app.ui.history.filters import FilterMenu, RunFilter
from timer_app.ui.history.looking_back import Sums, ViewButtons, read_sums
from timer_app.ui.history.overview import Overview, Summary, read_summary
from timer_app.ui.history.runs import PAGE, RUN_ROLE, RunDelegate, RunModel, Runs
from timer_app.ui.history.tools import ToolsMenu
from timer_app.ui.services import Services
from timer_app.ui.theme import PAGE_WIDTH, Space
from timer_app.ui.widgets.buttons import MenuButton
from timer_app.ui.widgets.empty import EmptyState
from timer_app.ui.widgets.frames import KeepWidth, centre, column, margins, row
from timer_app.ui.widgets.rows import RowList
from timer_app.ui.widgets.search import SearchField

SEARCH_KEY = "Ctrl+F"
_WRITING_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read for the page: the newest runs that fit the search, and what all runs add up to."""

    wanted: RunFilter
    runs: Runs
    summary: Summary
    sessions: Mapping[str, str]
    changes: tuple[Change | None, Change | None] = (None, None)
    problem: Problem | None = None


class HistoryPage(QWidget):
    """What was done. `sessions_wanted` comes when the person wants to choose a session instead."""

    sessions_wanted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        theme = services.theme
        self.model = RunModel(services.clock)
        self.model.more_wanted.connect(self._want_more)
        self.search = SearchField(theme, _("Search runs"), SEARCH_KEY)
        self.search.textChanged.connect(self.refresh)
        self._make_menus()
        self.list = RowList(theme, _("Runs"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(RunDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.overview = Overview(services)
        self.exercises = ExercisesView(services)
        self.comfort = ComfortView(services)
        self.detail = RunDetail(services)
        self.detail.left.connect(self.show_overview)
        self.detail.mended.connect(self._mend)
        self.detail.delete_wanted.connect(self._delete)
        self.nothing_found = EmptyState(
            theme,
            "search",
            _("Nothing fits your search"),
            _("Try fewer words, or another filter."),
            action=_("Clear the search"),
        )
        self.nothing_found.acted.connect(self.show_all)
        self._right = QStackedWidget()
        for part in (self.overview, self.exercises, self.comfort, self.detail, self.nothing_found):
            self._right.addWidget(part)
        self.views = ViewButtons(theme, (_("Overview"), _("Progress"), _("Comfort")))
        self.views.wanted.connect(self._show_view)
        self._view: QWidget = self.overview
        self._full = self._make_full()
        self.empty = EmptyState(
            theme,
            "check",
            _("Your story begins here"),
            _("When you have done a session, it is kept here: what you planned, what you did, and how it felt."),
            action=_("Choose a session"),
            card=False,
        )
        self.empty.acted.connect(self.sessions_wanted)
        self.trouble = EmptyState(theme, "warning", "", "", action=_("Try again"), card=False)
        self.trouble.acted.connect(self.refresh)
        self._whole = QStackedWidget()
        for page in (self._full, self.empty, self.trouble):
            self._whole.addWidget(page)
        outer = QHBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(self._whole)
        self._reading = Background(self, self._read, self._show)
        self._more = Background(self, self._read_more, self._show_more)
        self._adding_up = Background(self, self._read_sums, self._show_sums)
        self._wanted = RunFilter()
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(SEARCH_KEY), self, self.search.setFocus, context=within)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list, self._delete_current, context=within)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history when the page comes into view."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read again, off the screen's thread."""
        self._wanted = replace(self.filter.value, search=self.search.text().strip())
        self._reading.ask()

    def show_all(self) -> None:
        """Clear the search and the filter."""
        self.filter.reset()
        self.search.clear()

    def choose(self, run_id: str) -> bool:
        """Show a run that is in the list; returns whether it is."""
        number = self.model.row_of(run_id)
        if number >= 0:
            self._select(self.model.index(number))
        return number >= 0

    def show_overview(self) -> None:
        """Show what all runs add up to."""
        self._show_view(0)

    def _show_view(self, number: int) -> None:
        """Show the overview, the exercises or the comfort."""
        self.detail.keep_note()
        self.list.selectionModel().clear()
        self._view = (self.overview, self.exercises, self.comfort)[number]
        self._show_right(self._view)
        if number:
            self._add_up()

    def _show_right(self, part: QWidget) -> None:
        views: tuple[QWidget, ...] = (self.overview, self.exercises, self.comfort)
        self._right.setCurrentWidget(part)
        self.views.mark(views.index(part) if part in views else None)

    def _add_up(self) -> None:
        """Work out what takes long, off the screen's thread."""
        self._adding_up.ask()

    def _read_sums(self) -> Sums:
        try:
            return read_sums(self._services.history)
        except Problem as problem:
            self._services.messages.tell(problem)
            return Sums((), {})

    def _show_sums(self, sums: Sums) -> None:
        self.exercises.show_progress(sums.progress)
        self.comfort.show_observed(sums.observed)
        self.filter.offer_exercises({each.exercise or each.title: each.title for each in sums.progress})

    @property
    def reading(self) -> bool:
        """Whether something is being read that is not shown yet."""
        return self._reading.busy or self._more.busy or self._adding_up.busy

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been done yet."""
        return self._whole.currentWidget() is self.empty

    def _make_menus(self) -> None:
        """Make the buttons beside the search, with their menus."""
        theme = self._services.theme
        self.filter_button = MenuButton(theme, "filter", _("Filter runs"))
        self.filter = FilterMenu(self.filter_button)
        self.filter.changed.connect(self._filter)
        self.filter.aboutToShow.connect(self._add_up)
        self.filter_button.setMenu(self.filter)
        self.tools = ToolsMenu(self._services, self)
        self.tools.changed.connect(self.refresh)
        self.tools_button = MenuButton(theme, "plus", _("Add, undo, export"))
        self.tools_button.setCheckable(False)
        self.tools_button.setMenu(self.tools)

    def _make_full(self) -> QWidget:
        left = QWidget()
        above = row(self.search, self.filter_button, self.tools_button)
        left.setLayout(column(above, self.list, spacing=Space.MEDIUM))
        right = QWidget()
        right.setLayout(column(self.views, self._right, spacing=Space.MEDIUM))
        body, page = QWidget(), QWidget()
        centre(page, body, PAGE_WIDTH)
        layout = QHBoxLayout(body)
        margins(layout, Space.WIDE, Space.LARGE, spacing=Space.LARGE)
        layout.addWidget(left)
        layout.addWidget(right, 1)
        KeepWidth(self._services.theme, left, body)
        return page

    def _read(self) -> _Read:
        """Read what the page shows, with all that was noted so far. On another thread."""
        services = self._services
        wanted = self._wanted
        services.journal.flush(_WRITING_SECONDS)
        try:
            whole = services.settings.value.weekly_aim_minutes > 0
            summary = read_summary(services.history, services.clock.wall().date(), whole=whole)
            now = services.clock.wall()
            changes = services.history.undoable(now), services.history.redoable(now)
            return _Read(wanted, self._runs(wanted, None), summary, services.history.sessions(), changes)
        except Problem as problem:
            return _Read(wanted, (), Summary.nothing(), {}, problem=problem)

    def _runs(self, wanted: RunFilter, before: datetime | None) -> Runs:
        """Read the next runs that fit. On another thread."""
        return self._services.history.runs(
            PAGE,
            before=before,
            since=wanted.since(self._services.clock.wall()),
            session=wanted.session,
            exercise=wanted.exercise,
            outcome=wanted.outcome,
            search=wanted.search or None,
        )

    def _show(self, read: _Read) -> None:
        if read.problem is not None:
            self.trouble.tell(read.problem.what, read.problem.advice)
            self._whole.setCurrentWidget(self.trouble)
            return
        chosen = self.detail.run if self._right.currentWidget() is self.detail else None
        if read.runs != self.model.runs[: len(read.runs)] or len(read.runs) < PAGE:
            self.model.show(read.runs, complete=len(read.runs) < PAGE)
        self.overview.show_summary(read.summary)
        self.comfort.trend.show_weeks(read.summary.comfort, read.summary.today)
        self.tools.offer(read.changes, read.summary.pauses)
        if self._view is not self.overview:
            self._add_up()
        nothing = not read.runs
        self._whole.setCurrentWidget(self.empty if nothing and read.wanted.fits_all else self._full)
        self.filter.offer(read.sessions)
        if nothing:
            self._show_right(self.nothing_found)
        elif chosen is None or not self.choose(chosen.begun.id):
            self._show_right(self._view)

    def _filter(self) -> None:
        self.filter_button.setChecked(not self.filter.value.fits_all)
        self.refresh()

    def _want_more(self) -> None:
        if not self._more.busy:
            self._more.ask()

    def _read_more(self) -> Runs:
        known = self.model.runs
        before = known[-1].started_at if known else None
        try:
            return self._runs(self._wanted, before)
        except Problem as problem:
            self._services.messages.tell(problem)
            return ()

    def _show_more(self, runs: Runs) -> None:
        self.model.add(runs, complete=len(runs) < PAGE)

    def _select(self, index: QModelIndex) -> None:
        selection = self.list.selectionModel()
        if selection.currentIndex() == index:
            self._show_current(index)
        else:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_current(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        self.detail.keep_note()
        run_id = index.data(RUN_ROLE).id
        try:
            run = self._services.history.run(run_id)
        except KeyError:
            # Deleted by another window meanwhile: the list is read again.
            self.refresh()
            return
        except Problem as problem:
            self._services.messages.tell(problem)
            return
        self.detail.show_run(run)
        self._show_right(self.detail)

    def _mend(self, run: RunRecord) -> None:
        """Keep what the person said of a run now, and offer to take it back."""
        self._services.journal.mend(run.begun.id, Said.of(run))
        self.refresh()
        changed = _("“{session}” was changed.").format(session=run.begun.session)
        self._services.messages.offer(changed, _("Undo"), self.tools.undo)

    def _delete_current(self) -> None:
        if self._right.currentWidget() is self.detail and self.detail.run is not None:
            self._delete(self.detail.run)

    def _delete(self, run: RunRecord) -> None:
        """Delete a run and offer to take it back."""
        self.show_overview()
        self._services.journal.delete(run.begun.id)
        self.refresh()
        day = run.begun.started_at.date()
        named = _("“{session}” of {day} was deleted.").format(
            session=run.begun.session, day=words.day_name(day, self._services.clock.wall().date())
        )
        self._services.messages.offer(named, _("Undo"), self.tools.undo)
