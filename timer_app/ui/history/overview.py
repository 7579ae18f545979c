"""The overview of all runs: this week, the streak, a year of days, and minutes by week."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from timer_app.history.statistics.statistics import paused_weeks, streak, streak_of_minutes, week_of
from timer_app.i18n import _, ngettext
from timer_app.presentation.history_summary import Summary
from timer_app.ui.history.charts.base import ChartBox
from timer_app.ui.history.charts.calendar_and_weeks import HeatMap, WeekBars
from timer_app.ui.history.charts.comfort_trend import ComfortTrend
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import ScrollCard, column
from timer_app.ui.widgets.stat_row import StatRow

_LONG_DAY = 120
"""The most minutes expected of a day, or twice its share of the aim where that is more: our choice."""


class OverviewCard(ScrollCard):
    """The overview on the right side of the History page."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(Space.PAGE, parent)
        self._services = services
        self._summary = Summary.nothing()
        theme = services.theme
        self._title = Label(theme, role=Type.DISPLAY, wrap=True)
        self._encouragement = Label(theme, tone="soft", wrap=True)
        self.figures = StatRow(theme, 3)
        self.heat = HeatMap(theme)
        self.bars = WeekBars(theme)
        self.trend = ComfortTrend(theme)
        self.trend_box = ChartBox(theme, _("Back comfort"), self.trend)
        self.body.addLayout(
            column(self._title, Space.SMALL, self._encouragement, Space.LARGE, self.figures, Space.PAGE)
        )
        year, weeks = ChartBox(theme, _("A year of days"), self.heat), ChartBox(theme, _("Minutes a week"), self.bars)
        self.body.addLayout(column(year, Space.WIDE, weeks, Space.WIDE, self.trend_box))
        self.body.addStretch(1)
        services.settings.changed.connect(lambda _settings: self.show_summary(self._summary))

    def show_summary(self, summary: Summary) -> None:
        """Show the summary of all runs."""
        self._summary = summary
        if summary.today == date.min:
            return
        settings, today = self._services.settings.value, summary.today
        by_days = streak(summary.days, settings.weekly_aim_days, today, summary.pauses)
        aim = settings.weekly_aim_minutes
        by_minutes = streak_of_minutes(summary.minutes, max(1, aim), today, summary.pauses)
        spent = round(by_minutes.minutes)
        if 0 < aim <= spent and not by_minutes.met:
            # Rounding up must not meet the aim.
            spent = aim - 1
        week = Week(
            today,
            done=spent if aim else by_days.days,
            aim=aim or by_days.aim,
            weeks=by_minutes.weeks if aim else by_days.weeks,
            minutes=bool(aim),
            done_today=today in summary.days,
            paused=week_of(today) in paused_weeks(summary.pauses, today),
        )
        self._title.setText(headline(week))
        self._encouragement.setText(encouragement(week))
        of_aim = _("{done} of {aim}")
        days = of_aim.format(done=by_days.days, aim=by_days.aim) if not aim else str(by_days.days)
        self.figures.show_figures(
            (days, _("days this week")),
            (
                (of_aim if aim else _("{done} min")).format(done=spent, aim=aim),
                _("minutes this week") if aim else _("this week"),
            ),
            (str(week.weeks), ngettext("week in a row", "weeks in a row", week.weeks)),
        )
        self.heat.show_days(summary.minutes, today)
        self.bars.show_weeks(summary.minutes, today, aim)
        self.trend.show_weeks(summary.comfort, today)
        self.trend_box.setVisible(not self.trend.is_empty)


class Week(Struct, frozen=True):
    """The week of `today`: what is done of its aim, in days or, with `minutes`, in whole minutes.

    `weeks` is the number of weeks in a row that met the aim; `paused` whether this week has a day of a pause.
    """

    today: date
    done: int
    aim: int
    weeks: int = 0
    minutes: bool = False
    done_today: bool = False
    paused: bool = False

    @property
    def left(self) -> int:
        """What is left to do for the aim."""
        return max(0, self.aim - self.done)

    @property
    def reachable(self) -> bool:
        """Whether the aim can still be met this week."""
        days = 7 - self.today.weekday()
        if self.minutes:
            return self.left <= days * max(_LONG_DAY, 2 * self.aim / 7)
        return self.left <= days - self.done_today

    @property
    def done_words(self) -> str:
        """What is done, as a title: `1 day done this week`."""
        if self.minutes:
            text = ngettext("{n} minute done this week", "{n} minutes done this week", self.done)
        else:
            text = ngettext("{n} day done this week", "{n} days done this week", self.done)
        return text.format(n=self.done)


def headline(week: Week) -> str:
    """Return the headline of the week, which holds on each of its days."""
    if not week.left:
        return _("This week's aim is met")
    if week.paused:
        return week.done_words if week.done else _("A pause this week")
    if not week.reachable:
        return week.done_words if week.done else _("A quiet week")
    if not week.done:
        return _("A new week") if week.today.weekday() == 0 else _("Still time this week")
    return _("Well under way this week") if 2 * week.done >= week.aim else _("You have made a start this week")


def encouragement(week: Week) -> str:
    """Return what is left to do this week, or that a new one begins: never more than there are days for."""
    if not week.left:
        return _("Whatever comes on top is a gift. Rest counts too.")
    if week.paused:
        waits = _("A pause is a pause: your weeks in a row wait for you.")
        return waits if week.weeks else _("A pause is a pause. Come back when it suits you.")
    if not week.reachable:
        anew = _("A new week begins tomorrow.") if week.today.weekday() == 6 else _("A new week begins on Monday.")
        return (_("All of it counts. {anew}") if week.done else _("Weeks like that happen. {anew}")).format(anew=anew)
    if week.minutes and week.done:
        text = ngettext("{n} more minute meets your aim.", "{n} more minutes meet your aim.", week.left)
    elif week.minutes:
        text = ngettext("{n} minute meets your aim.", "{n} minutes meet your aim.", week.left)
    elif week.done:
        text = ngettext(
            "{n} more day meets your aim. A short one counts as much as a long one.",
            "{n} more days meet your aim. A short one counts as much as a long one.",
            week.left,
        )
    else:
        text = ngettext(
            "{n} day meets your aim. A short one counts as much as a long one.",
            "{n} days meet your aim. A short one counts as much as a long one.",
            week.left,
        )
    return text.format(n=week.left)
