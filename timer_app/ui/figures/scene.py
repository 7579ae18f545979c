"""A figure prepared for painting: its motion, camera and frame."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from timer_app.exercises.figures.animation import Motion, Scene
from timer_app.exercises.figures.model import Figure
from timer_app.exercises.figures.parser import read_figure
from timer_app.exercises.figures.skeleton import Body
from timer_app.exercises.figures.vectors import distance
from timer_app.exercises.model import Exercise
from timer_app.ui.figures.body_painter import BodyPainter
from timer_app.ui.figures.camera import Camera, bodies, frame, whole_frame
from timer_app.ui.figures.prop_painter import PropPainter
from timer_app.ui.look.theme import CLEAR, FigureColours

_GAP = 26.0
"""The space for an arrow between two key poses, in centimetres of the figure."""
_PARTNER_FADE = 0.45


_SAME = 5.0
"""Key poses that differ by no more than so many centimetres count as the same."""


class Drawing:
    """One exercise's figure, with what stays the same while it moves."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.motion = Motion(figure)
        self._camera = Camera(figure.view)
        self._frame = whole_frame(self._camera, self.motion)
        self._still = QImage()
        self._painted: tuple[int, int, int, bool] | None = None
        self._keys = self._distinct_keys()
        self._key_frames = [
            frame(self._camera, [scene], figure.partner_at, figure.props).united(self._least()) for scene in self._keys
        ]

    def paint(
        self,
        painter: QPainter,
        room: QRectF,
        scene: Scene,
        colours: FigureColours,
        *,
        breath: float = 0.0,
        mirrored: bool = False,
    ) -> None:
        """Paint one moment into `room`; `breath` is from 0 to 1."""
        painter.drawImage(room.topLeft(), self._scenery(painter, room, colours, mirrored=mirrored))
        self._set_transform(painter, room, self._frame, mirrored=mirrored)
        self._scene(painter, scene, colours, breath)
        painter.restore()

    def _scenery(self, painter: QPainter, room: QRectF, colours: FigureColours, *, mirrored: bool) -> QImage:
        """Return the cached picture of the static props for a size and an appearance."""
        ratio = painter.device().devicePixelRatio()
        size = (room.size() * ratio).toSize()
        key = (size.width(), size.height(), id(colours), mirrored)
        if self._painted != key:
            self._still = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(CLEAR)
            canvas = QPainter(self._still)
            self._set_transform(canvas, QRectF(QPointF(0, 0), room.size()), self._frame, mirrored=mirrored)
            PropPainter(canvas, self._camera, colours).scenery(self.figure.props)
            canvas.restore()
            canvas.end()
            self._painted = key
        return self._still

    def paint_keys(self, painter: QPainter, room: QRectF, colours: FigureColours, *, mirrored: bool = False) -> None:
        """Paint the key poses with arrows between them.

        In a row or in a column, whichever is larger. `mirrored` mirrors each pose, but not their order.
        """
        across, down = self._row(), self._column()
        in_row = _scale(room, across) >= _scale(room, down)
        box = across if in_row else down
        self._set_transform(painter, room, box, mirrored=False)
        at = QPointF(box.left(), box.top())
        for index, (scene, around) in enumerate(zip(self._keys, self._key_frames, strict=True)):
            if index and in_row:
                self._arrow(painter, QPointF(at.x() - _GAP / 2, box.center().y()), 0, colours)
            elif index:
                self._arrow(painter, QPointF(box.center().x(), at.y() - _GAP / 2), 90, colours)
            left = at.x() if in_row else box.center().x() - around.width() / 2
            top = 0.0 if in_row else at.y() - around.top()
            painter.save()
            painter.translate(left + around.right() if mirrored else left - around.left(), top)
            painter.scale(-1 if mirrored else 1, 1)
            PropPainter(painter, self._camera, colours).scenery(self.figure.props)
            self._scene(painter, scene, colours, 0.0)
            painter.restore()
            at += QPointF(around.width() + _GAP, 0) if in_row else QPointF(0, around.height() + _GAP)
        painter.restore()

    def _least(self) -> QRectF:
        middle = self._frame.center()
        return QRectF(middle.x() - 1, self._frame.bottom() - 40, 2, 40)

    def _row(self) -> QRectF:
        """Return the rectangle of the key poses in a row, on the same floor."""
        top = min(around.top() for around in self._key_frames)
        bottom = max(around.bottom() for around in self._key_frames)
        wide = sum(around.width() + _GAP for around in self._key_frames) - _GAP
        return QRectF(0, top, wide, bottom - top)

    def _column(self) -> QRectF:
        """Return the rectangle of the key poses in a column."""
        wide = max(around.width() for around in self._key_frames)
        high = sum(around.height() + _GAP for around in self._key_frames) - _GAP
        return QRectF(0, 0, wide, high)

    def _distinct_keys(self) -> list[Scene]:
        """Return the distinct key poses: a cycle often passes the same pose out and back."""
        scenes: list[Scene] = []
        for scene in self.motion.keys:
            if all(_largest_distance(scene.body, second.body) > _SAME for second in scenes):
                scenes.append(scene)
        return scenes

    def _set_transform(self, painter: QPainter, room: QRectF, box: QRectF, *, mirrored: bool) -> None:
        """Set the painter's transform to centimetres, with `box` fitted into `room`."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = _scale(room, box)
        painter.translate(room.center())
        painter.scale(-scale if mirrored else scale, scale)
        painter.translate(-box.center())

    def _scene(self, painter: QPainter, scene: Scene, colours: FigureColours, breath: float) -> None:
        props = PropPainter(painter, self._camera, colours)
        props.behind(self.figure.props, scene.body)
        body = BodyPainter(painter, self._camera, colours)
        for someone in bodies(scene, self.figure.partner_at):
            mine = someone is scene.body
            body.paint(someone, breath * self.figure.breath if mine else 0.0, 0.0 if mine else _PARTNER_FADE)
        props.before(self.figure.props, scene.body)

    def _arrow(self, painter: QPainter, middle: QPointF, turn: float, colours: FigureColours) -> None:
        painter.save()
        painter.translate(middle)
        painter.rotate(turn)
        painter.setPen(QPen(colours.mark, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawLine(QPointF(-9, 0), QPointF(9, 0))
        painter.drawPolyline([QPointF(3, -6), QPointF(9, 0), QPointF(3, 6)])
        painter.restore()


def _scale(room: QRectF, box: QRectF) -> float:
    """Return the factor by which a box fits into a room."""
    return min(room.width() / box.width(), room.height() / box.height())


def _largest_distance(first: Body, second: Body) -> float:
    """Return the largest distance between the same joint of two bodies."""
    pairs = [
        (first.head, second.head),
        (first.neck, second.neck),
        (first.pelvis, second.pelvis),
        (first.waist, second.waist),
    ]
    for limb, chain in first.limbs.items():
        other = second.limbs[limb]
        pairs += [(chain.root, other.root), (chain.joint, other.joint), (chain.end, other.end)]
    return max(distance(position, other) for position, other in pairs)


def drawing_of(exercise: Exercise) -> Drawing | None:
    """Return an exercise's drawing, None where it has no valid poses."""
    return _drawing(exercise.poses) if exercise.poses is not None else None


@lru_cache(maxsize=128)
def _drawing(text: str) -> Drawing | None:
    figure = read_figure(text)
    return Drawing(figure) if figure is not None else None
