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
    """What the runs must fit. `session` is a file's stem, `days` how long ago they began at most; None fits all."""

    search: str = ""
    session: str | None = None
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
        by_name = sorted(self._sessions.items(), key=lambda item: item[1].casefold())
        named = [(name.replace("&", "&&"), stem) for stem, name in by_name]
        self._choices(
            self.addMenu(_("Session")),
            ((_("All sessions"), None), *named),
            self._value.session,
            lambda value: replace(self._value, session=value if isinstance(value, str) else None),
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
