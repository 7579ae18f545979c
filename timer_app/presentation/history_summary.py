"""Read the history for the overview, on a worker thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct, field

from timer_app.history.reader import History
from timer_app.history.records import Pause
from timer_app.history.statistics.comfort_stats import Comfort
from timer_app.history.statistics.statistics import latest_day, week_of

YEAR_WEEKS = 53
"""Weeks in the calendar, including this one."""

TREND_WEEKS = 26
"""Weeks in the comfort trend, including this one."""


class Summary(Struct, frozen=True):
    """The data of the overview.

    `minutes` are by day, of the last year or of all; `days` are those with a run; `comfort` is by week.
    """

    today: date
    minutes: Mapping[date, float]
    days: frozenset[date]
    pauses: tuple[Pause, ...] = ()
    comfort: Mapping[date, Comfort] = field(default_factory=dict)

    @classmethod
    def nothing(cls) -> Summary:
        """Return the summary of an empty history."""
        return cls(date.min, {}, frozenset())


def read_summary(history: History, today: date, *, whole: bool = False) -> Summary:
    """Read the data of the overview; with `whole` the minutes of all years, which an aim of minutes needs.

    Raises Problem where the history cannot be read.
    """
    first = week_of(today) - timedelta(weeks=YEAR_WEEKS - 1)
    return Summary(
        today,
        history.minutes_by_day(date.min if whole else first, latest_day(today)),
        history.days_done(),
        history.pauses(),
        history.comfort_by_week(today - timedelta(weeks=TREND_WEEKS), today),
    )
