"""The filter of the run list: by session, exercise, outcome and days, and its menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from timer_app.history.reader import History
from timer_app.history.records import RunOutcome, RunSummary
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.ui.history.date_range_dialog import DateRangeDialog
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.labels import menu_text


class RunFilter(Struct, frozen=True):
    """The conditions of a run; None matches every run.

    `session` is a file's stem, `exercise` an id or a title, `days` the greatest age in days, `first` and `last` the
    range of days in which a run began, both included.
    """

    search: str = ""
    session: str | None = None
    exercise: str | None = None
    outcome: RunOutcome | None = None
    days: int | None = None
    first: date | None = None
    last: date | None = None

    @property
    def fits_all(self) -> bool:
        """Whether every run matches."""
        return self == RunFilter()

    def since(self, now: datetime) -> datetime | None:
        """Return the earliest start of a run, or None."""
        return None if self.days is None else now - timedelta(days=self.days)

    def runs(
        self, history: History, limit: int, now: datetime, until: datetime | None = None
    ) -> tuple[RunSummary, ...]:
        """Read the newest `limit` matching runs that began not later than `until`, newest first. Raises Problem."""
        return history.runs(
            limit,
            until=until,
            since=self.since(now),
            first=self.first,
            last=self.last,
            session=self.session,
            exercise=self.exercise,
            outcome=self.outcome,
            search=self.search or None,
        )


class FilterMenu(QMenu):
    """The menu of the filter. `changed` is emitted after each choice."""

    changed = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self._value = RunFilter()
        self._sessions: Mapping[str, str] = {}
        self._exercises: Mapping[str, str] = {}
        self._groups: list[QActionGroup] = []
        self._fill()

    @property
    def value(self) -> RunFilter:
        """The chosen filter, without a search."""
        return self._value

    def describe(self) -> str:
        """Describe the filter: `9 Mar 2026 to 14 Mar 2026, completed`; empty where every run matches."""
        value = self._value
        parts = [
            _("the last {n} days").format(n=value.days) if value.days else "",
            _between(value.first, value.last) if value.first is not None and value.last is not None else "",
            "" if value.outcome is None else formatting.run_outcome(value.outcome),
            "" if value.session is None else self._sessions.get(value.session, value.session),
            "" if value.exercise is None else self._exercises.get(value.exercise, value.exercise),
        ]
        return ", ".join(part for part in parts if part)

    def offer(self, sessions: Mapping[str, str]) -> None:
        """Offer these sessions: their names by their stems."""
        if sessions != self._sessions:
            self._sessions = dict(sessions)
            self._fill()

    def offer_exercises(self, exercises: Mapping[str, str]) -> None:
        """Offer these exercises: their titles by their ids."""
        if exercises != self._exercises:
            self._exercises = dict(exercises)
            self._fill()

    def reset(self) -> None:
        """Clear the filter."""
        self._set_value(RunFilter())
        self._fill()

    def _fill(self) -> None:
        self.clear()
        self._groups = []
        self.everything = QAction(_("Show every run"), self)
        self.everything.triggered.connect(self.reset)
        self.everything.setEnabled(not self._value.fits_all)
        self.addAction(self.everything)
        self.addSeparator()
        self._offer_times()
        self.addSeparator()
        outcomes = (
            (_("However it ended"), None),
            *((formatting.run_outcome(outcome).capitalize(), outcome) for outcome in RunOutcome),
        )
        self._choices(
            self,
            outcomes,
            self._value.outcome,
            lambda value: replace(self._value, outcome=value if isinstance(value, RunOutcome) else None),
        )
        self.addSeparator()
        self._choices(
            self.addMenu(_("Session")),
            ((_("All sessions"), None), *_by_name(self._sessions)),
            self._value.session,
            lambda value: replace(self._value, session=value if isinstance(value, str) else None),
        )
        self._choices(
            self.addMenu(_("Exercise")),
            ((_("All exercises"), None), *_by_name(self._exercises)),
            self._value.exercise,
            lambda value: replace(self._value, exercise=value if isinstance(value, str) else None),
        )

    def _offer_times(self) -> None:
        value = self._value
        times = ((_("Any time"), None), (_("The last 30 days"), 30), (_("The last year"), 365))
        chosen = value.days if value.first is None else _DAYS
        self._choices(self, times, chosen, lambda days: replace(self._value, days=_as_int(days), first=None, last=None))
        name = _("From … to …")
        if value.first is not None and value.last is not None:
            name = _("{days} …").format(days=_between(value.first, value.last))
        self.between = QAction(name, self)
        self.between.setCheckable(True)
        self.between.setChecked(value.first is not None)
        self.between.triggered.connect(self.ask_days)
        self._groups[-1].addAction(self.between)
        self.addAction(self.between)

    def toggle_day(self, day: date) -> None:
        """Filter by one day, or clear the days where it is that day already."""
        value = self._value
        chosen = None if (value.first, value.last) == (day, day) else day
        self._set_value(replace(value, days=None, first=chosen, last=chosen))
        self._fill()

    def ask_days(self) -> None:
        """Ask for a range of days, at first the chosen one or else the last 30 days."""
        value, today = self._value, self._today()
        self.dialog = DateRangeDialog(
            self._theme, value.first or today - timedelta(days=29), value.last or today, self.parentWidget()
        )
        self.dialog.finished.connect(self._accept_days)
        self.dialog.open()

    def _accept_days(self) -> None:
        chosen = self.dialog.chosen
        self.dialog.deleteLater()
        if chosen is not None:
            self._set_value(replace(self._value, days=None, first=chosen[0], last=chosen[1]))
        # The check mark is reset where the dialog was cancelled.
        self._fill()

    def _choices(
        self,
        menu: QMenu,
        choices: Sequence[tuple[str, object]],
        chosen: object,
        change: Callable[[object], RunFilter],
    ) -> None:
        group = QActionGroup(menu)
        for name, value in choices:
            action = QAction(name, menu)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _checked, value=value: self._set_value(change(value)))
            group.addAction(action)
            menu.addAction(action)
        self._groups.append(group)

    def _set_value(self, value: RunFilter) -> None:
        if value != self._value:
            self._value = value
            self.everything.setEnabled(not value.fits_all)
            self.changed.emit()


_DAYS = "days"
"""Matches none of the preset times: a range of days is chosen."""


def _between(first: date, last: date) -> str:
    if first == last:
        return formatting.short_day(first)
    return _("{first} to {last}").format(first=formatting.short_day(first), last=formatting.short_day(last))


def _as_int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _by_name(named: Mapping[str, str]) -> list[tuple[str, object]]:
    """Return names as menu texts with their values, sorted by name."""
    ordered = sorted(named.items(), key=lambda item: item[1].casefold())
    return [(menu_text(name), value) for value, name in ordered]
