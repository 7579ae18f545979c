"""Which runs the list shows: those of one session, of one outcome, of the last while."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from timer_app.history.records import RunOutcome
from timer_app.i18n import _
from timer_app.ui import words


@dataclass(frozen=True, slots=True)
class RunFilter:
    """What the runs must fit: None fits all.

    `session` is a file's stem, `exercise` an id or a title, `days` how long ago they began at most.
    """

    search: str = ""
    session: str | None = None
    exercise: str | None = None
    outcome: RunOutcome | None = None
    days: int | None = None

    @property
    def fits_all(self) -> bool:
        """Whether every run fits."""
        return self == RunFilter()

    def since(self, now: datetime) -> datetime | None:
        """Return when the runs began at the earliest."""
        return None if self.days is None else now - timedelta(days=self.days)


class FilterMenu(QMenu):
    """The choices beside the search. `changed` comes after each."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value = RunFilter()
        self._sessions: Mapping[str, str] = {}
        self._exercises: Mapping[str, str] = {}
        self._groups: list[QActionGroup] = []
        self._fill()

    @property
    def value(self) -> RunFilter:
        """What is chosen, with no search."""
        return self._value

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
        """Let every run fit again."""
        self._take(RunFilter())
        self._fill()

    def _fill(self) -> None:
        self.clear()
        self._groups = []
        times = ((_("Any time"), None), (_("The last 30 days"), 30), (_("The last year"), 365))
        self._choices(self, times, self._value.days, lambda value: replace(self._value, days=_whole(value)))
        self.addSeparator()
        outcomes = ((_("However it ended"), None), *((words.run_outcome(one).capitalize(), one) for one in RunOutcome))
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
            action.triggered.connect(lambda _checked, value=value: self._take(change(value)))
            group.addAction(action)
            menu.addAction(action)
        self._groups.append(group)

    def _take(self, wanted: RunFilter) -> None:
        if wanted != self._value:
            self._value = wanted
            self.changed.emit()


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _by_name(named: Mapping[str, str]) -> list[tuple[str, object]]:
    """Return names with what they stand for, in the order of the names; an ampersand is shown as it is."""
    ordered = sorted(named.items(), key=lambda item: item[1].casefold())
    return [(name.replace("&", "&&"), value) for value, name in ordered]
