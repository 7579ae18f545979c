"""Mean back comfort by session, exercise, days of rest or tag: what goes together, with no claim of a cause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from timer_app.history.records import TagKind
from timer_app.history.statistics.comfort_stats import MOST_REST, Comfort, ComfortGrouping, ComfortObservation
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.presentation.phase import Phase
from timer_app.ui.history.charts.base import ChartBox
from timer_app.ui.history.charts.comfort_trend import ComfortTrend, comfort_words
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.labels import Label, set_tip
from timer_app.ui.widgets.layouts import ScrollCard, column, inset
from timer_app.ui.widgets.row_list import (
    ROW_ROLE,
    Index,
    ListModel,
    TwoLineDelegate,
    WholeList,
    draw_text,
    line_height,
    two_lines,
)

_Row: TypeAlias = tuple[str, ComfortObservation]
"""The label of a group, and its observations."""

_SCALE = 120
_WIDE = 4.6
"""The width of a row's scale in logical pixels, and the least width of a row with one, in such widths."""

_HIGHEST = 10


def grouping_label(grouping: ComfortGrouping, each: ComfortObservation) -> str:
    """Return the label of a group."""
    match grouping:
        case ComfortGrouping.TAG:
            return _("{kind}: {word}").format(kind=formatting.tag_kind(TagKind(each.key)), word=each.label)
        case ComfortGrouping.REST if int(each.key) >= MOST_REST:
            return _("{n} days of rest or more").format(n=MOST_REST)
        case ComfortGrouping.REST:
            return ngettext("{n} day of rest", "{n} days of rest", int(each.key)).format(n=int(each.key))
    return each.label


def _words(row: _Row) -> str:
    label, each = row
    return ", ".join((label, _observations(each.comfort), comfort_words(each.comfort, " · ")))


def _observations(comfort: Comfort) -> str:
    return ngettext("{n} observation", "{n} observations", comfort.runs).format(n=comfort.runs)


class _ComfortDelegate(TwoLineDelegate):
    """Paint a group: its label and means, and a scale from 0 to 10 with a line from before to after."""

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        label, each = index.data(ROW_ROLE)
        theme, colours = self.theme, self.theme.colours
        upper, lower = line_height(theme.font(Type.STRONG)), line_height(theme.font(Type.SMALL))
        room = theme.px(_SCALE) if rect.width() > theme.px(_WIDE * _SCALE) else 0
        if room:
            self._paint_scale(painter, QRectF(rect.right() - room, rect.top(), room, rect.height()), each.comfort)
        rect = rect.adjusted(0, 0, -room - (Space.LARGE if room else 0), 0)
        first, second = two_lines(rect, rect.top() + Space.SMALL, upper, lower)
        count = _observations(each.comfort)
        taken = draw_text(painter, first, count, theme.font(Type.SMALL), colours.text_soft, right=True)
        title = first.adjusted(0, 0, -taken - Space.MEDIUM, 0)
        draw_text(painter, title, label, theme.font(Type.STRONG), colours.text)
        draw_text(painter, second, comfort_words(each.comfort, " · "), theme.font(Type.SMALL), colours.text_soft)

    def _paint_scale(self, painter: QPainter, place: QRectF, comfort: Comfort) -> None:
        """Paint a line from 0 to 10: a hollow point before, a filled one after, a diamond for the next morning."""
        colours = self.theme.colours
        y = place.center().y()

        def at(value: float) -> QPointF:
            return QPointF(place.left() + 6 + (place.width() - 12) * value / _HIGHEST, y)

        painter.setPen(QPen(colours.border, 2))
        painter.drawLine(at(0), at(_HIGHEST))
        before, after, morning = comfort.before.value, comfort.after.value, comfort.next_morning.value
        if before is not None and after is not None:
            painter.setPen(QPen(colours.accent, 3))
            painter.drawLine(at(before), at(after))
        if before is not None:
            painter.setPen(QPen(colours.text_soft, 2))
            painter.setBrush(colours.surface)
            painter.drawEllipse(at(before), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        if after is not None:
            painter.setBrush(colours.accent)
            painter.drawEllipse(at(after), 4.5, 4.5)
        if morning is not None:
            painter.setBrush(colours.phase(Phase.DONE).accent)
            point = at(morning)
            painter.drawPolygon([point + QPointF(dx, dy) for dx, dy in ((0, -6), (5, 0), (0, 6), (-5, 0))])


class ComfortView(ScrollCard):
    """The view of back comfort on the right side of the History page."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        theme = services.theme
        self.trend = ComfortTrend(theme)
        self.choice = ComboBox(theme)
        self.choice.setAccessibleName(_("Beside what"))
        set_tip(self.choice, _("What to set your back's comfort beside"))
        self.choice.offer(
            [
                (_("by session"), ComfortGrouping.SESSION),
                (_("by exercise"), ComfortGrouping.EXERCISE),
                (_("by days of rest before"), ComfortGrouping.REST),
                (_("by your tags"), ComfortGrouping.TAG),
            ]
        )
        self.choice.choose(ComfortGrouping.SESSION)
        self.choice.chosen.connect(lambda _value: self._fill())
        self.rows = ListModel[_Row](_words)
        self.list = WholeList(theme, _("Back comfort beside what was done"), self.rows, _ComfortDelegate)
        self._observed: Mapping[ComfortGrouping, tuple[ComfortObservation, ...]] = {}
        self._soft = Label(theme, _("Adding up …"), tone="soft", wrap=True)
        self._empty_note = Label(theme, tone="soft", wrap=True)
        title = Label(theme, _("How your back feels"), Type.DISPLAY, wrap=True)
        box = ChartBox(theme, _("Week by week"), self.trend)
        heading = Label(theme, _("Beside what you did"), Type.HEADING)
        self.body.addLayout(inset(column(title, Space.SMALL, self._soft, Space.LARGE, box, Space.WIDE)))
        self.body.addLayout(inset(column(heading, Space.SMALL, self.choice, Space.SMALL, self._empty_note)))
        self.body.addWidget(self.list)
        self.body.addStretch(1)

    def show_observed(self, observed: Mapping[ComfortGrouping, tuple[ComfortObservation, ...]]) -> None:
        """Show the observations of each grouping."""
        self._observed = observed
        self._fill()

    def _fill(self) -> None:
        grouping = self.choice.currentData()
        rows = self._observed.get(grouping, ())
        self.rows.show((grouping_label(grouping, each), each) for each in rows)
        self._soft.setText(
            _(
                "0 is very sore, 10 is just fine. In brackets: how many observations a mean is made of. "
                "Things that go together need not be cause and effect."
            )
        )
        self._empty_note.setVisible(not rows)
        self._empty_note.setText(
            _("Tag a run with how you slept, your shoes, the surface or what helped, and it is told here.")
            if grouping is ComfortGrouping.TAG
            else _("Say before and after a session how your back feels, and it is told here.")
        )
