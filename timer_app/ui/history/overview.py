"""What all runs add up to: this week, the streak, a year of days, and minutes week by week."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.history.statistics import paused_weeks, streak, streak_of_minutes, week_of
from timer_app.i18n import _, ngettext
from timer_app.ui.history.chart import ChartBox
from timer_app.ui.history.charts import HeatMap, WeekBars
from timer_app.ui.history.summary import Summary
from timer_app.ui.history.trend import ComfortTrend
from timer_app.ui.services import Services
from timer_app.ui.theme import TEXT_WIDTH, Space, Type
from timer_app.ui.widgets.figures import Figures
from timer_app.ui.widgets.frames import Card, ScrollPage, column, margins
from timer_app.ui.widgets.text import Label


class Overview(Card):
    """The right side of the History page when no run is chosen."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._summary = Summary.nothing()
        theme = services.theme
        self._title = Label(theme, role=Type.DISPLAY, wrap=True)
        self._kindly = Label(theme, tone="soft", wrap=True)
        self.figures = Figures(theme, 3)
        self.heat = HeatMap(theme)
        self.bars = WeekBars(theme)
        self.trend = ComfortTrend(theme)
        self.trend_box = ChartBox(theme, _("Back comfort"), self.trend)
        scroll = ScrollPage(TEXT_WIDTH)
        outer = QVBoxLayout(self)
        margins(outer, 1)
        outer.addWidget(scroll)
        body = QVBoxLayout(scroll.content)
        margins(body, Space.PAGE, Space.WIDE)
        body.addLayout(column(self._title, Space.SMALL, self._kindly, Space.LARGE, self.figures, Space.PAGE))
        year, weeks = ChartBox(theme, _("A year of days"), self.heat), ChartBox(theme, _("Minutes a week"), self.bars)
        body.addLayout(column(year, Space.WIDE, weeks, Space.WIDE, self.trend_box))
        body.addStretch(1)
        services.settings.changed.connect(lambda _settings: self.show_summary(self._summary))

    def show_summary(self, summary: Summary) -> None:
        """Show what the runs add up to."""
        self._summary = summary
        if summary.today == date.min:
            return
        settings, today = self._services.settings.value, summary.today
        by_days = streak(summary.days, settings.weekly_aim_days, today, summary.pauses)
        spent = round(sum(minutes for day, minutes in summary.minutes.items() if week_of(day) == week_of(today)))
        aim = settings.weekly_aim_minutes
        if aim:
            weeks = streak_of_minutes(summary.minutes, aim, today, summary.pauses).weeks
            done, left = spent, aim - spent
            kindly = _minutes_left(left)
        else:
            weeks, done = by_days.weeks, by_days.days
            left = by_days.aim - by_days.days
            kindly = _days_left(left)
        if left > 0 and week_of(today) in paused_weeks(summary.pauses, today):
            kindly = _("A pause is a pause: your weeks in a row wait for you.")
        self._title.setText(_headline(done, left))
        self._kindly.setText(kindly)
        of_aim = _("{done} of {aim}")
        days = of_aim.format(done=by_days.days, aim=by_days.aim) if not aim else str(by_days.days)
        self.figures.show_figures(
            (days, _("days this week")),
            (
                (of_aim if aim else _("{done} min")).format(done=spent, aim=aim),
                _("minutes this week") if aim else _("this week"),
            ),
            (str(weeks), ngettext("week in a row", "weeks in a row", weeks)),
        )
        self.heat.show_days(summary.minutes, today)
        self.bars.show_weeks(summary.minutes, today, aim)
        self.trend.show_weeks(summary.comfort, today)
        self.trend_box.setVisible(not self.trend.is_empty)


def _headline(done: int, left: int) -> str:
    if left <= 0:
        return _("This week's aim is met")
    if done:
        return _("Well under way this week")
    return _("A new week")


def _minutes_left(left: int) -> str:
    if left <= 0:
        return _met()
    return ngettext("{n} more minute meets your aim.", "{n} more minutes meet your aim.", left).format(n=left)


def _met() -> str:
    return _("Whatever comes on top is a gift. Rest counts too.")


def _days_left(left: int) -> str:
    if left <= 0:
        return _met()
    return ngettext(
        "{n} more day meets your aim. A short one counts as much as a long one.",
        "{n} more days meet your aim. A short one counts as much as a long one.",
        left,
    ).format(n=left)
