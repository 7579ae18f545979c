"""What all runs add up to: this week, the streak, a year of days, and minutes week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout

from timer_app.history.reading import History
from timer_app.history.statistics import streak, week_of
from timer_app.i18n import _, ngettext
from timer_app.ui.history.charts import HeatMap, WeekBars
from timer_app.ui.services import Services
from timer_app.ui.theme import TEXT_WIDTH, Space, Type
from timer_app.ui.widgets.figures import Figures
from timer_app.ui.widgets.frames import Card, ScrollPage, column, margins
from timer_app.ui.widgets.text import Label

WEEKS = 53
"""How many weeks the calendar shows, this one the last."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read of the history: minutes on each day of a year, all days with something done, and how many runs."""

    today: date
    minutes: Mapping[date, float]
    days: frozenset[date]
    runs: int

    @classmethod
    def nothing(cls) -> Summary:
        """Return the summary of an empty history."""
        return cls(date.min, {}, frozenset(), 0)


def read_summary(history: History, today: date) -> Summary:
    """Read what the overview shows. Raises Problem where the history cannot be read."""
    first = week_of(today) - timedelta(weeks=WEEKS - 1)
    return Summary(today, history.minutes_by_day(first, today), history.days_done(), history.count())


class Overview(Card):
    """The right side of the History page when no run is chosen."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._summary = Summary.nothing()
        theme = services.theme
        self._title = Label(theme, role=Type.DISPLAY, wrap=True)
        self._kindly = Label(theme, tone="soft", wrap=True)
        self.figures = Figures(theme, 3)
        self.heat = HeatMap(theme)
        self.bars = WeekBars(theme)
        scroll = ScrollPage(TEXT_WIDTH)
        body = QVBoxLayout(scroll.content)
        margins(body, Space.PAGE, Space.WIDE)
        body.addLayout(column(self._title, Space.SMALL, self._kindly, Space.LARGE, self.figures, Space.PAGE))
        body.addLayout(column(Label(theme, _("A year of days"), Type.HEADING), Space.MEDIUM, self.heat, Space.PAGE))
        body.addLayout(column(Label(theme, _("Minutes a week"), Type.HEADING), Space.MEDIUM, self.bars))
        body.addStretch(1)
        outer = QVBoxLayout(self)
        margins(outer, 1)
        outer.addWidget(scroll)
        services.settings.changed.connect(lambda _settings: self.show_summary(self._summary))

    def show_summary(self, summary: Summary) -> None:
        """Show what the runs add up to."""
        self._summary = summary
        if summary.today == date.min:
            return
        aim = self._services.settings.value.weekly_aim_days
        now = streak(summary.days, aim, summary.today)
        monday = week_of(summary.today)
        this_week = sum(minutes for day, minutes in summary.minutes.items() if day >= monday)
        self._title.setText(_headline(now.days, aim))
        self._kindly.setText(_encouragement(now.days, aim))
        self.figures.show_figures(
            (_("{days} of {aim}").format(days=now.days, aim=aim), _("days this week")),
            (_("{n} min").format(n=round(this_week)), _("this week")),
            (str(now.weeks), ngettext("week in a row", "weeks in a row", now.weeks)),
        )
        self.heat.show_days(summary.minutes, summary.today)
        self.bars.show_weeks(summary.minutes, summary.today)


def _headline(days: int, aim: int) -> str:
    if days >= aim:
        return _("This week's aim is met")
    if days:
        return _("Well under way this week")
    return _("A new week")


def _encouragement(days: int, aim: int) -> str:
    left = aim - days
    if left <= 0:
        return _("Whatever comes on top is a gift. Rest counts too.")
    return ngettext(
        "{n} more day meets your aim. A short one counts as much as a long one.",
        "{n} more days meet your aim. A short one counts as much as a long one.",
        left,
    ).format(n=left)
