"""The History page: the list of runs, the views of their statistics, and each run in full."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from timer_app.history.records import RunRecord
from timer_app.history.run_edits import HistoryEdit, RunFeedback
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.history_summary import Summary, read_summary
from timer_app.problems import Problem
from timer_app.ui.history.comfort_view import ComfortView
from timer_app.ui.history.empty_states import no_matches, no_runs, unreadable
from timer_app.ui.history.exercise_progress_view import ExercisesView
from timer_app.ui.history.history_menu import HistoryMenu
from timer_app.ui.history.overview import OverviewCard
from timer_app.ui.history.run_detail import RunDetail
from timer_app.ui.history.run_filter import FilterMenu, RunFilter
from timer_app.ui.history.run_list import PAGE, RunList, Runs, read_more
from timer_app.ui.history.view_switcher import ViewStatistics, ViewSwitcher, read_statistics
from timer_app.ui.look.theme import PAGE_WIDTH, Space
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.buttons import MenuButton
from timer_app.ui.widgets.empty_state import EmptyState
from timer_app.ui.widgets.labels import set_tip
from timer_app.ui.widgets.layouts import KeepWidth, centre, column, margins, row
from timer_app.ui.widgets.row_list import ROW_ROLE
from timer_app.ui.widgets.search_field import SearchField

SEARCH_KEY = "Ctrl+F"
_WRITING_SECONDS = 2.0

_Part = TypeVar("_Part", bound=QWidget)


class _Read(Struct, frozen=True):
    """What was read for the page: the newest runs that match the filter, and the summary of all runs."""

    requested: RunFilter
    runs: Runs
    complete: bool
    summary: Summary
    sessions: Mapping[str, str]
    changes: tuple[HistoryEdit | None, HistoryEdit | None] = (None, None)
    problem: Problem | None = None


class HistoryPage(QWidget):
    """The History page. `sessions_requested` is emitted when the user wants to choose a session instead."""

    sessions_requested = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._requested = self._shown = RunFilter()
        self._summary = Summary.nothing()
        self._reading = BackgroundTask(self, self._read, self._show)
        self._more = BackgroundTask(self, self._read_more, self._show_more)
        self._computing = BackgroundTask(self, self._read_statistics, self._show_statistics)
        theme = services.theme
        self.list = RunList(theme, services.clock)
        self.model = self.list.runs
        self.model.more_requested.connect(self._request_more)
        self.search = SearchField(theme, _("Search runs"), SEARCH_KEY)
        self.search.textChanged.connect(self.refresh)
        self._make_menus()
        # The selection, not the current index: moving the focus into the list opens no run.
        self.list.selectionModel().selectionChanged.connect(self._show_selected)
        self.list.activated.connect(self._select)
        self.views = ViewSwitcher(theme, (_("Overview"), _("Progress"), _("Comfort")))
        self.views.view_requested.connect(self._show_view)
        self._whole = QStackedWidget(self)
        outer = QHBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(self._whole)
        self._full = QWidget(self._whole)
        self._right = QStackedWidget()
        self._lay_out()
        self._whole.addWidget(self._full)
        self._view = 0
        QShortcut(QKeySequence(SEARCH_KEY), self, self.search.setFocus)
        # With a slot as an argument, PySide ignores the context.
        deleting = QShortcut(QKeySequence.StandardKey.Delete, self.list, context=Qt.ShortcutContext.WidgetShortcut)
        deleting.activated.connect(self._delete_current)

    @cached_property
    def overview(self) -> OverviewCard:
        """The overview, made when the history was first read."""
        overview = self._add_right(OverviewCard(self._services, self._right))
        overview.heat.day_chosen.connect(self.filter.toggle_day)
        return overview

    @cached_property
    def exercises(self) -> ExercisesView:
        """The exercise progress, made when first shown."""
        return self._add_right(ExercisesView(self._services))

    @cached_property
    def comfort(self) -> ComfortView:
        """The comfort view, made when first shown."""
        return self._add_right(ComfortView(self._services))

    @cached_property
    def detail(self) -> RunDetail:
        """One run in full, made when first shown."""
        detail = self._add_right(RunDetail(self._services))
        detail.closed.connect(self.show_overview)
        detail.edited.connect(self._save_feedback)
        detail.delete_requested.connect(self._delete)
        return detail

    @cached_property
    def no_matches(self) -> EmptyState:
        """The empty state for a search without matches."""
        empty = no_matches(self._services.theme)
        empty.acted.connect(self.show_all)
        return self._add_right(empty)

    @cached_property
    def empty(self) -> EmptyState:
        """The empty state before the first run."""
        empty = no_runs(self._services.theme, self.tools)
        empty.acted.connect(self.sessions_requested)
        self._whole.addWidget(empty)
        return empty

    @cached_property
    def read_error(self) -> EmptyState:
        """The empty state for a history that cannot be read."""
        read_error = unreadable(self._services.theme)
        read_error.acted.connect(self.refresh)
        self._whole.addWidget(read_error)
        return read_error

    def showEvent(self, event: QShowEvent) -> None:
        """Read the history when the page is shown."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the history again, on a worker thread."""
        self._requested = replace(self.filter.value, search=self.search.text().strip())
        self._reading.start()

    def show_all(self) -> None:
        """Clear the search and the filter."""
        self.filter.reset()
        self.search.clear()

    def choose(self, run_id: str) -> bool:
        """Show a run of the list; return whether it is in it."""
        number = self.model.row_of(run_id)
        if number >= 0:
            self._select(self.model.index(number))
        return number >= 0

    def show_overview(self) -> None:
        """Show the overview."""
        self._show_view(0)

    def _show_view(self, number: int) -> None:
        """Show the view with this number: overview, progress or comfort."""
        self._save_note()
        self.list.clearSelection()
        self._view = number
        self._show_current_view()
        self._fill_view()

    def _show_current_view(self) -> None:
        """Show the view that was chosen last, without reading its statistics."""
        match self._view:
            case 1:
                self._show_right(self.exercises)
            case 2:
                self._show_right(self.comfort)
            case _:
                self._show_right(self.overview)
        self.views.mark(self._view)

    def _show_right(self, part: QWidget) -> None:
        self._right.setCurrentWidget(part)
        self.views.mark(None)

    def _add_right(self, part: _Part) -> _Part:
        self._right.addWidget(part)
        return part

    def _fill_view(self) -> None:
        """Compute the statistics of the current view that are slow."""
        if self._view:
            self._computing.start()

    def _read_statistics(self) -> ViewStatistics:
        try:
            return read_statistics(self._services.history)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return ViewStatistics((), {})

    def _show_statistics(self, statistics: ViewStatistics) -> None:
        match self._view:
            case 1:
                self.exercises.show_progress(statistics.progress)
            case 2:
                self.comfort.show_observed(statistics.observed)
                self.comfort.trend.show_weeks(self._summary.comfort, self._summary.today)
        self.filter.offer_exercises({each.exercise or each.title: each.title for each in statistics.progress})

    @property
    def reading(self) -> bool:
        """Whether a read is pending."""
        return self._reading.busy or self._more.busy or self._computing.busy

    @property
    def _shown_run(self) -> RunRecord | None:
        """The run that is shown in full, or None."""
        detail: RunDetail | None = self.__dict__.get("detail")
        return detail.run if detail is not None and self._right.currentWidget() is detail else None

    def _make_menus(self) -> None:
        """Create the buttons beside the search, with their menus."""
        theme = self._services.theme
        self.filter_button = MenuButton(theme, "filter", _("Filter runs"))
        self.filter = FilterMenu(theme, lambda: self._services.clock.wall().date(), self.filter_button)
        self.filter.changed.connect(self._filter_changed)
        self.filter.aboutToShow.connect(self._computing.start)
        self.filter_button.setMenu(self.filter)
        self.tools = HistoryMenu(self._services, self)
        self.tools.changed.connect(self.refresh)
        self.tools_button = MenuButton(theme, "plus", _("Add, undo, export"))
        self.tools_button.setCheckable(False)
        self.tools_button.setMenu(self.tools)

    def _lay_out(self) -> None:
        """Lay out the list on the left and the views on the right."""
        body, left, right = QWidget(), QWidget(), QWidget()
        centre(self._full, body, PAGE_WIDTH)
        layout = QHBoxLayout(body)
        margins(layout, Space.WIDE, Space.LARGE, spacing=Space.LARGE)
        layout.addWidget(left)
        layout.addWidget(right, 1)
        tools = row(self.search, self.filter_button, self.tools_button)
        left.setLayout(column(tools, self.list, spacing=Space.MEDIUM))
        right.setLayout(column(self.views, self._right, spacing=Space.MEDIUM))
        KeepWidth(self._services.theme, left, body)

    def _read(self) -> _Read:
        """Read what the page shows on a worker thread, once the journal is flushed."""
        services = self._services
        requested = self._requested
        # All pages that were scrolled to: the run that was changed may be in the last.
        pages = -(-len(self.model.rows) // PAGE) if requested == self._shown else 1
        limit = max(1, pages) * PAGE
        if services.journal.waiting:
            services.journal.flush(_WRITING_SECONDS)
        now = services.clock.wall()
        whole = services.settings.value.weekly_aim_minutes > 0
        try:
            with services.history.snapshot() as history:
                runs = requested.runs(history, limit, now)
                return _Read(
                    requested,
                    runs,
                    len(runs) < limit,
                    read_summary(history, now.date(), whole=whole),
                    history.sessions(),
                    (history.undoable(now), history.redoable(now)),
                )
        except Problem as problem:
            return _Read(requested, (), complete=True, summary=Summary.nothing(), sessions={}, problem=problem)

    def _show(self, read: _Read) -> None:
        if read.problem is not None:
            self.read_error.set_text(read.problem.what, read.problem.advice)
            self._whole.setCurrentWidget(self.read_error)
            return
        chosen = self._shown_run
        show_runs = self.list.show_again if read.requested == self._shown else self.model.show_runs
        show_runs(read.runs, complete=read.complete)
        self._shown = read.requested
        self._summary = read.summary
        self.overview.show_summary(read.summary)
        self.tools.offer(read.changes, read.summary.pauses)
        self._fill_view()
        is_empty = not read.runs
        self._whole.setCurrentWidget(self.empty if is_empty and read.requested.fits_all else self._full)
        self.filter.offer(read.sessions)
        if is_empty:
            self._show_right(self.no_matches)
        elif chosen is None or not self.choose(chosen.begun.id):
            self._show_current_view()

    def _filter_changed(self) -> None:
        text = self.filter.describe()
        self.filter_button.setChecked(bool(text))
        name = _("Filter runs: {filter}").format(filter=text) if text else _("Filter runs")
        self.filter_button.setAccessibleName(name)
        set_tip(self.filter_button, name)
        self.refresh()

    def _request_more(self) -> None:
        if not self._more.busy:
            self._more.start()

    def _read_more(self) -> tuple[RunFilter, Runs, bool]:
        shown, history, now = self._shown, self._services.history, self._services.clock.wall()
        try:
            further = read_more(self.model.rows, lambda limit, until: shown.runs(history, limit, now, until))
        except Problem as problem:
            self._services.messages.show_problem(problem)
            further = (), True
        return shown, *further

    def _show_more(self, more: tuple[RunFilter, Runs, bool]) -> None:
        shown, runs, complete = more
        # Results of an earlier filter are dropped.
        if shown == self._shown:
            self.model.add(runs, complete=complete)

    def _select(self, index: QModelIndex) -> None:
        selection = self.list.selectionModel()
        if selection.isSelected(index):
            self._show_run(index)
        else:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _save_note(self) -> None:
        """Save the note of the run that is shown, if any."""
        if "detail" in self.__dict__:
            self.detail.save_note()

    def _show_selected(self) -> None:
        for index in self.list.selectionModel().selectedIndexes():
            self._show_run(index)

    def _show_run(self, index: QModelIndex) -> None:
        self._save_note()
        run_id = index.data(ROW_ROLE).id
        try:
            run = self._services.history.run(run_id)
        except KeyError:
            # Deleted by another window.
            self.refresh()
            return
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        self.detail.show_run(run)
        self._show_right(self.detail)

    def _save_feedback(self, run: RunRecord) -> None:
        """Save the user's feedback on a run, and offer to undo it."""
        self._services.journal.set_feedback(run.begun.id, RunFeedback.of(run))
        self.refresh()
        changed = _("“{session}” was changed.").format(session=run.begun.session)
        self.tools.offer_undo(changed)

    def _delete_current(self) -> None:
        if (run := self._shown_run) is not None:
            self._delete(run)

    def _delete(self, run: RunRecord) -> None:
        """Delete a run, and offer to undo it."""
        self.show_overview()
        self._services.journal.delete(run.begun.id)
        self.refresh()
        day = run.begun.started_at.date()
        named = _("“{session}” of {day} was deleted.").format(
            session=run.begun.session, day=formatting.day_name(day, self._services.clock.wall().date())
        )
        self.tools.offer_undo(named)
