"""Show an exercise's animated figure in time with a rep or a hold."""

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
from timer_app.ui.figures.frame_cache import FrameKey, Frames
from timer_app.ui.figures.scene import Drawing, drawing_of
from timer_app.ui.look.theme import CLEAR, Theme

_SIZE = QSize(280, 200)
_LEAST = QSize(110, 80)
_SOFT = 5.0
"""Breathing fades in and out within the first and the last fifth of a hold, so that the chest does not jump."""
_STEPS, _BREATHS = 60, 16
"""Frames of the whole movement, and of a whole breath: half a rep of six seconds at ten frames a second has thirty.
Positions in between are rounded to a frame, so that each can be cached for the next rep."""


class _Sweep(Struct, frozen=True):
    """A part of a rep with constant speed: from `start` at `since`, by `speed` a millisecond, up to `until`."""

    since: Milliseconds
    until: Milliseconds
    start: float
    speed: float


class FigureView(QLabel):
    """Show one exercise's figure at a moment, or with reduced motion its key poses side by side.

    A label, so that a screen reader reads the exercise's name and how to get into position.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._exercise: Exercise | None = None
        self._drawing: Drawing | None = None
        self._mirrored = False
        self._is_cyclic = False
        self._position = 0.0
        self._breath = 0.0
        self._interval: Interval | None = None
        self._sweep: _Sweep | None = None
        self._ground = CLEAR
        self._frames = Frames()
        self._frame_key: FrameKey | None = None
        self._shown = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.changed.connect(self._invalidate)

    @property
    def drawn(self) -> bool:
        """Whether there is a figure to show."""
        return self._drawing is not None

    @property
    def moves(self) -> bool:
        """Whether the figure is animated."""
        return self.drawn and not self._theme.reduced_motion

    @property
    def position(self) -> float:
        """The position in the movement: 0 is the start, 1 the end of the lift or of a cycle."""
        return self._position

    @property
    def breath(self) -> float:
        """How full the chest is, from 0 to 1."""
        return self._breath

    @property
    def mirrored(self) -> bool:
        """Whether the figure is mirrored for the left side."""
        return self._mirrored

    def set_ground(self, ground: QColor) -> None:
        """Set an opaque background, so that no widget below is painted when the figure moves."""
        if ground != self._ground:
            self._ground = ground
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            self._invalidate()

    def show_exercise(self, exercise: Exercise | None, side: Side | None = None) -> None:
        """Show an exercise's figure at its start, or none. Figures are drawn for the right side."""
        mirrored = side is Side.LEFT
        if exercise == self._exercise and mirrored == self._mirrored:
            return
        self._exercise, self._mirrored = exercise, mirrored
        self._drawing = drawing_of(exercise) if exercise is not None else None
        self._is_cyclic = self._drawing is not None and self._drawing.motion.cyclic
        self._position = self._breath = 0.0
        self.setAccessibleName("" if exercise is None else _spoken(exercise))
        self._invalidate()

    def follow(self, shown: Snapshot, catalogue: Catalogue) -> None:
        """Show the exercise of a running session at this moment.

        In work it follows the rep, breathes in a hold, and shows reps at the user's own pace at the usual one. Before
        work it previews the next exercise, and after the end it shows nothing.
        """
        interval = shown.interval
        ahead = interval
        if interval is not None and interval.exercise is None and not interval.works:
            ahead = shown.upcoming[-1] if shown.upcoming else None
        exercise = catalogue.get(ahead.exercise) if ahead is not None and ahead.exercise is not None else None
        self.show_exercise(exercise, ahead.side if ahead is not None else None)
        self._interval, self._sweep = interval, self._sweep_at(shown)
        self.animate(shown.elapsed)

    def animate(self, elapsed: Milliseconds) -> None:
        """Show the moment `elapsed` after the start of the followed interval."""
        sweep, interval = self._sweep, self._interval
        if sweep is not None and sweep.since <= elapsed < sweep.until:
            # Ten times a second, so without working out the rep and its progress.
            self._move(sweep.start + sweep.speed * (elapsed - sweep.since), 0.0)
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

    def _sweep_at(self, shown: Snapshot) -> _Sweep | None:
        """Return the current sweep, None where the figure does not lift or lower in time with a rep."""
        rep, tempo = shown.rep, shown.interval.tempo if shown.interval is not None else None
        if rep is None or tempo is None or self._drawing is None:
            return None
        match rep.phase:
            case RepPhase.LIFT:
                length, curve = tempo.lift, self._drawing.motion.lifting
            case RepPhase.LOWER:
                length, curve = tempo.lower, self._drawing.motion.lowering
            case _:
                return None
        since = shown.elapsed - round(rep.progress * length)
        return _Sweep(since, since + length, curve(0.0), (curve(1.0) - curve(0.0)) / length)

    def show_moment(self, phase: RepPhase | None, progress: float, breathing: float = 0.0) -> None:
        """Show a moment of a rep: its phase, the progress of that, and the breath, both from 0 to 1.

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
        """Show work without reps `elapsed` after its start: a hold that breathes, or a movement at its own pace."""
        if self._drawing is not None:
            self._move(self._drawing.motion.paced(elapsed), breath_at(elapsed))

    def show_preview(self, elapsed: Milliseconds) -> None:
        """Preview the movement in a loop at the exercise's usual pace."""
        if self._drawing is not None and self._exercise is not None:
            self._move(self._drawing.motion.preview(elapsed, self._exercise.tempo), 0.0)

    def sizeHint(self) -> QSize:
        """Return the preferred size."""
        return QSize(self._theme.px(_SIZE.width()), self._theme.px(_SIZE.height()))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which a figure is recognisable."""
        return _LEAST

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Discard the frames of the old size."""
        super().resizeEvent(event)
        self._frame_key = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of this moment, or the key poses."""
        key = self._frame_key
        if key is None or key.ratio != self.devicePixelRatioF():
            figure = (self._exercise, self._mirrored, id(self._theme.colours.figure), self._theme.reduced_motion)
            key = FrameKey(self.width(), self.height(), self.devicePixelRatioF(), self._ground.rgba(), figure)
            self._frame_key = key
        QPainter(self).drawPixmap(0, 0, self._frames.frame(key, self._shown, self._paint))

    def _invalidate(self) -> None:
        """Repaint: something other than the moment has changed."""
        self._frame_key, self._shown = None, self._step()
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
        """Return the numbers of the frame and of the breath."""
        step = round(self._position * _STEPS)
        return step % _STEPS if self._is_cyclic else step, round(self._breath * _BREATHS)

    def _move(self, position: float, breath: float) -> None:
        self._position, self._breath = position, breath
        step = self._step()
        if step != self._shown and not self._theme.reduced_motion:
            self._shown = step
            self.update()


def _spoken(exercise: Exercise) -> str:
    """Return the text for a screen reader."""
    return _("{name}. {position}").format(name=exercise.name, position=exercise.position)
