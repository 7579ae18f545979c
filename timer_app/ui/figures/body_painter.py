"""Paint the body of a figure: rounded limbs in flat colours, the far ones hazed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from math import acos, atan2, degrees, hypot
from operator import itemgetter
from typing import TypeAlias

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from timer_app.exercises.figures.skeleton import (
    ARM_RADII,
    FOOT_RADII,
    HAND_RADIUS,
    HEAD_RADIUS,
    LEG_RADII,
    TRUNK_RADIUS,
    Body,
    Chain,
)
from timer_app.exercises.figures.vectors import Vector, between, cross, minus, plus, unit
from timer_app.ui.figures.camera import Camera
from timer_app.ui.look.theme import FigureColours

_Ball: TypeAlias = tuple[Vector, float]
Spot: TypeAlias = tuple[float, float]
"""A position on the screen."""
_FAR_HAZE = 0.42
_HAZE_DEPTH = 16.0
_SHADES = 32
"""The number of shades of a limb that turns away: more are not distinguishable."""
_SLEEVE = 0.42
_SHORTS = 0.78
_FACE_RADIUS = 8.2
_FACE_AHEAD = 2.6
_FACE_DOWN = 1.6
_NOSE = 1.9
_BACK_OF_HEAD = 0.3
"""A face turned further away than this is hidden."""


class BodyPainter:
    """Paint bodies from one camera in one set of colours."""

    def __init__(self, painter: QPainter, camera: Camera, colours: FigureColours) -> None:
        self._painter = painter
        self._camera = camera
        self._colours = colours
        self._haze = 0.0
        self._faded = 0.0

    def paint(self, body: Body, breath: float = 0.0, faded: float = 0.0) -> None:
        """Paint a body; `breath` widens its chest by centimetres, `faded` makes it pale, from 0 to 1."""
        self._faded = faded
        depth = self._camera.depth
        parts: list[tuple[float, Callable[[], None]]] = [
            (depth(between(body.pelvis, body.waist, 0.5)), partial(self._pelvis, body)),
            (depth(between(body.waist, body.neck, 0.5)), partial(self._chest, body, breath)),
            (depth(body.head), partial(self._head, body)),
        ]
        for limb, chain in body.limbs.items():
            behind = depth(body.limbs[limb.opposite].root) - depth(chain.root)
            haze = _FAR_HAZE * max(0.0, min(1.0, behind / _HAZE_DEPTH))
            upper = partial(self._half, chain, haze, leg=limb.is_leg, upper=True)
            lower = partial(self._half, chain, haze, leg=limb.is_leg, upper=False)
            parts.append((depth(between(chain.root, chain.joint, 0.6)), upper))
            parts.append((depth(between(chain.joint, chain.end, 0.5)), lower))
        parts.sort(key=itemgetter(0))
        self._painter.setPen(Qt.PenStyle.NoPen)
        for _depth, paint in parts:
            paint()

    def _half(self, chain: Chain, haze: float, *, leg: bool, upper: bool) -> None:
        """Paint thigh or shin with its foot, upper arm or forearm with its hand."""
        self._haze = haze
        colours = self._colours
        if leg and upper:
            self._capsule((chain.root, LEG_RADII[0]), (chain.joint, LEG_RADII[1]), colours.skin)
            radius = LEG_RADII[0] + (LEG_RADII[1] - LEG_RADII[0]) * _SHORTS + 0.5
            hem = between(chain.root, chain.joint, _SHORTS)
            self._capsule((chain.root, LEG_RADII[0] + 0.6), (hem, radius), colours.shorts)
        elif leg:
            self._capsule((chain.joint, LEG_RADII[1]), (chain.end, LEG_RADII[2]), colours.skin)
            ankle, heel, toes = (chain.end, LEG_RADII[2]), (chain.heel, FOOT_RADII[0]), (chain.tip, FOOT_RADII[1])
            self._joined((ankle, heel, toes, ankle), colours.dark)
        elif upper:
            self._capsule((chain.root, ARM_RADII[0]), (chain.joint, ARM_RADII[1]), colours.skin)
            hem = between(chain.root, chain.joint, _SLEEVE)
            self._capsule((chain.root, ARM_RADII[0] + 0.5), (hem, ARM_RADII[0] + 0.2), colours.shirt)
        else:
            elbow, wrist, tip = (chain.joint, ARM_RADII[1]), (chain.end, ARM_RADII[2]), (chain.tip, HAND_RADIUS)
            self._joined((elbow, wrist, tip), colours.skin)

    def _pelvis(self, body: Body) -> None:
        self._haze = 0.0
        low, high = 5.0, 5.5
        corners = [
            plus(body.pelvis, body.hips_axis, -low),
            plus(body.waist, body.hips_axis, -high),
            plus(body.waist, body.hips_axis, high),
            plus(body.pelvis, body.hips_axis, low),
        ]
        path = QPainterPath(self._camera.point(corners[0]))
        for corner in corners[1:]:
            path.lineTo(self._camera.point(corner))
        path.closeSubpath()
        self._stroked(path, TRUNK_RADIUS - 0.3, self._colours.shorts)

    def _chest(self, body: Body, breath: float) -> None:
        """Paint waist and chest as one soft shape along the spine."""
        self._haze = 0.0
        low = between(body.pelvis, body.waist, 0.75)
        top = plus(body.neck, unit(minus(body.ribs, body.neck)), 6.5)
        left = [plus(position, body.hips_axis, -5.5) for position in (low, body.waist)]
        right = [plus(position, body.hips_axis, 5.5) for position in (low, body.waist)]
        for position, wide in ((body.ribs, 7.5), (top, 8.5)):
            left.append(plus(position, body.chest_axis, -wide))
            right.append(plus(position, body.chest_axis, wide))
        flat = self._camera.point
        path = QPainterPath(flat(left[0]))
        _curve(path, [flat(position) for position in left])
        path.lineTo(flat(right[3]))
        _curve(path, [flat(position) for position in reversed(right)])
        path.closeSubpath()
        self._stroked(path, TRUNK_RADIUS, self._colours.shirt)
        front = cross(unit(minus(body.neck, body.ribs)), body.chest_axis)
        full = plus(between(body.ribs, body.neck, 0.2), front, 1.6 + breath * 0.9)
        belly = plus(between(body.waist, body.ribs, 0.35), front, 0.4 + breath * 0.8)
        self._capsule((full, TRUNK_RADIUS), (belly, TRUNK_RADIUS - 0.8), self._colours.shirt)

    def _head(self, body: Body) -> None:
        """Paint neck and head: hair over the back and the top shows which way the face is turned."""
        self._haze = 0.0
        colours = self._colours
        nape = plus(body.neck, unit(minus(body.ribs, body.neck)), 3.0)
        self._capsule((nape, 4.4), (between(body.neck, body.head, 0.6), 4.4), colours.skin)
        x, y = self._camera.flat(body.head)
        face, crown = self._camera.flat(body.face), self._camera.flat(unit(minus(body.head, body.neck)))
        towards = self._camera.depth(body.face)
        seen = 1.0 if towards > 0 else max(0.0, 1 + towards)
        self._disc(x, y, HEAD_RADIUS, colours.dark)
        if seen > _BACK_OF_HEAD:
            ahead, down = _FACE_AHEAD * min(1.0, seen * 1.6), -_FACE_DOWN
            middle_x, middle_y = x + face[0] * ahead + crown[0] * down, y + face[1] * ahead + crown[1] * down
            self._disc(middle_x, middle_y, _FACE_RADIUS, colours.skin)
            self._disc(x + face[0] * (HEAD_RADIUS + 0.6), y + face[1] * (HEAD_RADIUS + 0.6), _NOSE, colours.skin)

    def _disc(self, x: float, y: float, radius: float, colour: QColor) -> None:
        self._painter.setBrush(self._shade(colour))
        self._painter.drawEllipse(QPointF(x, y), radius, radius)

    def _stroked(self, path: QPainterPath, radius: float, colour: QColor) -> None:
        shade = self._shade(colour)
        self._painter.setPen(
            QPen(shade, 2 * radius, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        self._painter.setBrush(shade)
        self._painter.drawPath(path)
        self._painter.setPen(Qt.PenStyle.NoPen)

    def _capsule(self, start: _Ball, end: _Ball, colour: QColor) -> None:
        self._painter.setBrush(self._shade(colour))
        self._painter.drawPath(capsule(self._camera.flat(start[0]), start[1], self._camera.flat(end[0]), end[1]))

    def _joined(self, balls: Sequence[_Ball], colour: QColor) -> None:
        """Paint balls and the hull between each and the next."""
        flat = [(self._camera.flat(position), radius) for position, radius in balls]
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for (spot, radius), (there, to_radius) in pairwise(flat):
            path.addPath(capsule(spot, radius, there, to_radius))
        self._painter.setBrush(self._shade(colour))
        self._painter.drawPath(path)

    def _shade(self, colour: QColor) -> QColor:
        part = 1 - (1 - self._haze) * (1 - self._faded)
        return _shades(colour.rgba(), self._colours.haze.rgba(), round(part * _SHADES)) if part else colour


def capsule(start: Spot, radius: float, end: Spot, to_radius: float) -> QPainterPath:
    """Return the outline of two discs and the hull between them."""
    (x, y), (to_x, to_y) = start, end
    path = QPainterPath()
    far = hypot(to_x - x, to_y - y)
    if far <= abs(radius - to_radius) + 1e-6:
        larger = (x, y, radius) if radius >= to_radius else (to_x, to_y, to_radius)
        path.addEllipse(QPointF(larger[0], larger[1]), larger[2], larger[2])
        return path
    direction = degrees(atan2(y - to_y, to_x - x))
    side = degrees(acos((radius - to_radius) / far))
    size, to_size = 2 * radius, 2 * to_radius
    path.arcMoveTo(x - radius, y - radius, size, size, direction + side)
    path.arcTo(x - radius, y - radius, size, size, direction + side, 360 - 2 * side)
    path.arcTo(to_x - to_radius, to_y - to_radius, to_size, to_size, direction - side, 2 * side)
    path.closeSubpath()
    return path


@lru_cache(maxsize=1024)
def _shades(colour: int, haze: int, part: int) -> QColor:
    """Return a colour mixed with `part` of `_SHADES` parts of haze."""
    start, end, share = QColor(colour), QColor(haze), part / _SHADES
    return QColor.fromRgbF(
        start.redF() + (end.redF() - start.redF()) * share,
        start.greenF() + (end.greenF() - start.greenF()) * share,
        start.blueF() + (end.blueF() - start.blueF()) * share,
    )


def _curve(path: QPainterPath, points: list[QPointF]) -> None:
    """Extend a path through points by a Catmull-Rom spline."""
    path.lineTo(points[0])
    for index in range(len(points) - 1):
        before = points[max(0, index - 1)]
        here, there = points[index], points[index + 1]
        after = points[min(len(points) - 1, index + 2)]
        path.cubicTo(here + (there - before) / 6, there - (after - here) / 6, there)
