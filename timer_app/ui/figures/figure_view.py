"""The figure that does the exercise: it lifts while the rep lifts, holds while it holds, lowers while it lowers."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from timer_app.clock import Milliseconds
from timer_app.conductor.snapshot import RepPhase, Snapshot, rep_at
from timer_app.definition.model import Side
from timer_app.exercises.figures.animation import breath_at
from timer_app.exercises.model import Catalogue, Exercise
from timer_app.i18n import _
from timer_app.timeline.intervals import Interval
from timer_app.ui.figures.frame_cache import FrameLook, Frames
from timer_app.ui.figures.scene import Drawing, drawing_of
from timer_app.ui.look.theme import CLEAR, Theme

_SIZE = QSize(280, 200)
_LEAST = QSize(110, 80)
_SOFT = 5.0
"""The breath comes and goes within the first and the last fifth of a hold, so that the chest does not jump."""
_STEPS, _BREATHS = 60, 16
"""So many pictures show the whole movement, and a whole breath: half a rep of six seconds at ten pictures a second has
thirty. What is between two of them is not painted, so that each can be kept for the next rep."""


class _Way(Struct, frozen=True):
    """Part of a rep in which a figure goes evenly: from `start` at `since`, by `speed` a millisecond, up to `until`."""

    since: Milliseconds
    until: Milliseconds
    start: float
    speed: float


class FigureView(QLabel):
    """Shows one exercise's figure at a moment, or, where less motion is wanted, its key poses side by side.

    It is a label, so that a screen reader finds it and reads the exercise's name and how to get into position.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._exercise: Exercise | None = None
        self._drawing: Drawing | None = None
        self._mirrored = False
        self._goes_round = False
        self._position = 0.0
        self._breath = 0.0
        self._interval: Interval | None = None
        self._way: _Way | None = None
        self._ground = CLEAR
        self._frames = Frames()
        self._look: FrameLook | None = None
        self._shown = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.changed.connect(self._look_anew)

    @property
    def drawn(self) -> bool:
        """Whether there is a figure to show."""
        return self._drawing is not None

    @property
    def moves(self) -> bool:
        """Whether the figure moves, and so is worth a moment at every look."""
        return self.drawn and not self._theme.reduced_motion

    @property
    def position(self) -> float:
        """Where in its movement the figure is: 0 is the start, 1 the end of the way up or of a round."""
        return self._position

    @property
    def breath(self) -> float:
        """How full the chest is, from 0 to 1."""
        return self._breath

    @property
    def mirrored(self) -> bool:
        """Whether the figure is shown for the left side."""
        return self._mirrored

    def stand_on(self, ground: QColor) -> None:
        """Fill what is behind the figure with an opaque colour, so that nothing below is painted when it moves."""
        if ground != self._ground:
            self._ground = ground
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            self._look_anew()

    def show_exercise(self, exercise: Exercise | None, side: Side | None = None) -> None:
        """Show an exercise's figure at its start; nothing where there is none. Figures are drawn for the right side."""
        mirrored = side is Side.LEFT
        if exercise == self._exercise and mirrored == self._mirrored:
            return
        self._exercise, self._mirrored = exercise, mirrored
        self._drawing = drawing_of(exercise) if exercise is not None else None
        self._goes_round = self._drawing is not None and self._drawing.motion.cyclic
        self._position = self._breath = 0.0
        self.setAccessibleName("" if exercise is None else _spoken(exercise))
        self._look_anew()

    def follow(self, shown: Snapshot, catalogue: Catalogue) -> None:
        """Show what a running session does at this moment.

        In work it goes with the rep, breathes in a hold, and does reps of the person's own pace at the usual one.
        Before work it shows how the next exercise is done, and after the end nothing.
        """
        interval = shown.interval
        ahead = interval
        if interval is not None and interval.exercise is None and not interval.works:
            ahead = shown.upcoming[-1] if shown.upcoming else None
        known = catalogue.get(ahead.exercise) if ahead is not None and ahead.exercise is not None else None
        self.show_exercise(known, ahead.side if ahead is not None else None)
        self._interval, self._way = interval, self._way_at(shown)
        self.animate(shown.elapsed)

    def animate(self, elapsed: Milliseconds) -> None:
        """Show what is done so long after the interval began that the figure follows."""
        way, interval = self._way, self._interval
        if way is not None and way.since <= elapsed < way.until:
            # Ten times a second: there is no need to know which rep it is, and how much of it is done.
            self._move(way.start + way.speed * (elapsed - way.since), 0.0)
            return
        if interval is None:
            return
        rep = rep_at(interval, elapsed)
        if rep is not None:
            self.show_moment(rep.phase, rep.progress, breath_at(elapsed))
        elif interval.works and interval.reps is None and not interval.amrap:
            self.show_held(elapsed)
        else:
            self.show_preview(elapsed)

    def _way_at(self, shown: Snapshot) -> _Way | None:
        """Return the way that the figure is on, None where it does not go up or down in time with a rep."""
        rep, tempo = shown.rep, shown.interval.tempo if shown.interval is not None else None
        if rep is None or tempo is None or self._drawing is None:
            return None
        match rep.phase:
            case RepPhase.LIFT:
                length, go = tempo.lift, self._drawing.motion.lifting
            case RepPhase.LOWER:
                length, go = tempo.lower, self._drawing.motion.lowering
            case _:
                return None
        since = shown.elapsed - round(rep.progress * length)
        return _Way(since, since + length, go(0.0), (go(1.0) - go(0.0)) / length)

    def show_moment(self, phase: RepPhase | None, progress: float, breathing: float = 0.0) -> None:
        """Show a moment of a rep: its phase, how much of it is done, and how full the chest is, all from 0 to 1.

        With no phase, `progress` is that of the whole rep: up and down.
        """
        if self._drawing is None:
            return
        motion = self._drawing.motion
        match phase:
            case RepPhase.LIFT:
                self._move(motion.lifting(progress), 0.0)
            case RepPhase.HOLD:
                self._move(motion.holding(), breathing * min(1.0, _SOFT * progress, _SOFT * (1 - progress)))
            case RepPhase.LOWER:
                self._move(motion.lowering(progress), 0.0)
            case None:
                self._move(motion.whole(progress), breathing)

    def show_held(self, elapsed: Milliseconds) -> None:
        """Show work that has no reps, so long after it began: a hold that breathes, or a movement at its own pace."""
        if self._drawing is not None:
            self._move(self._drawing.motion.paced(elapsed), breath_at(elapsed))

    def show_preview(self, elapsed: Milliseconds) -> None:
        """Show beforehand how it is done, over and over, at the exercise's usual pace."""
        if self._drawing is not None and self._exercise is not None:
            self._move(self._drawing.motion.preview(elapsed, self._exercise.tempo), 0.0)

    def sizeHint(self) -> QSize:
        """Return a size at which a figure is seen well."""
        return QSize(self._theme.px(_SIZE.width()), self._theme.px(_SIZE.height()))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which a figure can still be made out."""
        return _LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint it in the new size."""
        super().resizeEvent(event)
        self._look = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture of this moment, or of the key poses."""
        look = self._look
        if look is None or look.ratio != self.devicePixelRatioF():
            figure = (self._exercise, self._mirrored, id(self._theme.colours.figure), self._theme.reduced_motion)
            look = FrameLook(self.width(), self.height(), self.devicePixelRatioF(), self._ground.rgba(), figure)
            self._look = look
        QPainter(self).drawPixmap(0, 0, self._frames.frame(look, self._shown, self._paint))

    def _look_anew(self) -> None:
        """Be painted anew: something else than the moment has changed."""
        self._look, self._shown = None, self._step()
        self.update()

    def _paint(self, painter: QPainter) -> None:
        """Paint the figure, or its key poses."""
        if self._drawing is None:
            return
        room, colours = QRectF(self.contentsRect()), self._theme.colours.figure
        if self._theme.reduced_motion:
            self._drawing.paint_keys(painter, room, colours, mirrored=self._mirrored)
            return
        step, breath = self._shown
        scene = self._drawing.motion.at(step / _STEPS)
        self._drawing.paint(painter, room, scene, colours, breath=breath / _BREATHS, mirrored=self._mirrored)

    def _step(self) -> tuple[int, int]:
        """Return which picture of the movement, and of the breath, is shown."""
        step = round(self._position * _STEPS)
        return step % _STEPS if self._goes_round else step, round(self._breath * _BREATHS)

    def _move(self, position: float, breath: float) -> None:
        self._position, self._breath = position, breath
        step = self._step()
        if step != self._shown and not self._theme.reduced_motion:
            self._shown = step
            self.update()


def _spoken(exercise: Exercise) -> str:
    """Return what a screen reader reads."""
    return _("{name}. {position}").format(name=exercise.name, position=exercise.position)
