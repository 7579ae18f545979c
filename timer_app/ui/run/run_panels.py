"""Show and lay out a running session: texts, ring, exercise, upcoming card, count question and session bar."""

from __future__ import annotations

from math import pi

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from timer_app.clock import Milliseconds
from timer_app.conductor.snapshot import Snapshot
from timer_app.exercises.model import Catalogue
from timer_app.player.state import PlayerState
from timer_app.presentation.formatting import interval_detail
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_layout import NUMBER_SHARE, Box, Plan, RunLayout
from timer_app.presentation.run_view import RunView, ring_fraction
from timer_app.ui.look.theme import Theme
from timer_app.ui.run.countdown_ring import CountdownRing
from timer_app.ui.run.exercise_panel import ExercisePanel
from timer_app.ui.run.fit_label import FitLabel, as_wide
from timer_app.ui.run.rep_count_card import HEIGHT, RepCountCard
from timer_app.ui.run.session_bar import SessionBar
from timer_app.ui.run.upcoming_card import UpcomingCard
from timer_app.ui.support.accessibility import announce
from timer_app.ui.support.session_driver import frame_interval

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RunPanels:
    """The panels of the run page, without its buttons and overlays."""

    def __init__(self, theme: Theme, page: QWidget) -> None:
        self._theme = theme
        self._layout: RunLayout | None = None
        self._length: Milliseconds | None = None
        self.title = FitLabel(theme, page, weight=QFont.Weight.Bold, wrap=True)
        self.detail = FitLabel(theme, page, weight=QFont.Weight.Medium, wrap=True)
        self.ring = CountdownRing(theme, page)
        self.exercise_panel = ExercisePanel(theme, page)
        self.upcoming = UpcomingCard(theme, page)
        self.reps = RepCountCard(theme, page)
        self.bar = SessionBar(theme, page)
        self.times = FitLabel(theme, page, weight=QFont.Weight.Medium, align=_RIGHT)

    def show_view(self, now: Snapshot, view: RunView, catalogue: Catalogue) -> None:
        """Show a view."""
        self.title.setText(view.title)
        self.detail.setText(view.detail)
        self.ring.show_view(view.ring)
        self._length = now.length
        self.exercise_panel.show_view(view)
        self.exercise_panel.show_motion(now, catalogue)
        self.upcoming.show_upcoming(view.upcoming)
        self.bar.show_progress(now, view.phase)
        wider = as_wide(view.times) != as_wide(self.times.text())
        self.times.setText(view.times)
        if wider:
            self._lay_out_bar()

    def animate(self, elapsed: Milliseconds) -> None:
        """Show how much of the interval has passed, where nothing else has changed."""
        self.ring.show_fraction(ring_fraction(elapsed, self._length))
        self.exercise_panel.animate(elapsed)
        self.bar.animate(elapsed)

    def frame_interval(self, speed: float, now: Snapshot) -> float:
        """Return the real milliseconds between two frames."""
        return frame_interval(
            now, ring_length=pi * self.ring.width(), figure=self.exercise_panel.figure.isVisible(), speed=speed
        )

    def ask_for_count(self, index: int | None, state: PlayerState | None) -> None:
        """Ask for the count of the work at `index`; None asks for nothing."""
        if index is None or state is None:
            self.reps.hide()
        else:
            interval, past = state.timeline.intervals[index], state.past[index]
            name = " · ".join(part for part in (interval.title, interval_detail(interval)) if part)
            self.reps.show_question(name, past.reps if past is not None else None)
            announce(self.reps, self.reps.question.text())
        self.lay_out_upcoming()

    def apply_phase(self, phase: Phase) -> None:
        """Apply this phase's colours."""
        shades = self._theme.colours.phase(phase)
        self.title.set_ink(shades.ink)
        self.detail.set_ink(shades.ink_soft)
        self.times.set_ink(shades.ink_soft)
        self.exercise_panel.figure.set_ground(shades.tint)
        self.reps.apply_phase(phase)

    def lay_out(self, layout: RunLayout, height: int) -> None:
        """Lay out the panels in a page of this height."""
        self._layout = layout
        unit = layout.unit
        self.title.lay_out(box_rect(layout.title), 40 * unit)
        beside = layout.detail.y == layout.title.y
        self.detail.align(_RIGHT if beside else _LEFT)
        self.detail.lay_out(box_rect(layout.detail), 18 * unit)
        self.ring.set_least_height(height * NUMBER_SHARE)
        self.ring.setGeometry(box_rect(layout.ring))
        self.exercise_panel.lay_out(box_rect(layout.exercise_panel), unit, layout.plan)
        self.lay_out_upcoming()
        self._lay_out_bar()

    def lay_out_upcoming(self) -> None:
        """Lay out the upcoming card, beside or above the count question."""
        layout = self._layout
        if layout is None:
            return
        room = box_rect(layout.upcoming)
        if not self.reps.isHidden():
            gap = round(8 * layout.unit)
            asking = QRect(room)
            if layout.plan is Plan.WIDE:
                asking.setTop(room.bottom() + 1 - min(round(HEIGHT * layout.unit), round(room.height() * 0.5)))
                room.setBottom(asking.top() - gap)
            else:
                asking.setLeft(room.right() + 1 - round(room.width() * 0.46))
                asking.setTop(max(room.top(), room.bottom() + 1 - round(1.2 * HEIGHT * layout.unit)))
                room.setRight(asking.left() - gap)
            self.reps.lay_out(asking, layout.unit)
        self.upcoming.lay_out(room, layout.unit, layout.plan)

    def _lay_out_bar(self) -> None:
        """Lay out the session bar in the width that the times leave."""
        layout = self._layout
        if layout is None:
            return
        size = 16 * layout.unit
        font = self._theme.digits(size, QFont.Weight.Medium)
        needed = QFontMetrics(font).horizontalAdvance(as_wide(self.times.text()))
        gap = layout.times.x - layout.bar.right
        times = box_rect(layout.times)
        times.setLeft(max(times.left(), times.right() - needed - gap))
        self.times.lay_out(times, size)
        bar = layout.bar
        self.bar.setGeometry(bar.x, bar.y, times.left() - gap - bar.x, bar.height)


def box_rect(box: Box) -> QRect:
    """Convert a box to a QRect."""
    return QRect(box.x, box.y, box.width, box.height)
