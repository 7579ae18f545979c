"""Paint the props of a figure: floor, mat, wall, chair, desk, roller, strap, glass, packs."""

from __future__ import annotations

from math import cos, hypot, radians, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from timer_app.exercises.figures.model import Limb, Pack, Props
from timer_app.exercises.figures.skeleton import COLLAR, Body
from timer_app.exercises.figures.vectors import Vector, between, cross, heading, minus, plus, unit
from timer_app.ui.figures.body_painter import capsule
from timer_app.ui.figures.camera import (
    AROUND,
    CHAIR_BACK,
    CHAIR_HALF,
    DESK,
    MAT_HALF,
    SCREEN,
    SEAT,
    SIDE_WALL,
    SIDE_WALL_HALF,
    WALL_HALF,
    WALL_HEIGHT,
    Camera,
)
from timer_app.ui.look.theme import FigureColours

ROLLER_RADIUS = 7.5
_ROLLER_HALF = 30.0
_SHADOW = 14.0
_ROUND = 17.0


class PropPainter:
    """Paint the props of one exercise from one camera."""

    def __init__(self, painter: QPainter, camera: Camera, colours: FigureColours) -> None:
        self._painter = painter
        self._camera = camera
        self._colours = colours

    def scenery(self, props: Props) -> None:
        """Paint the static props behind the body."""
        if props.mat is not None:
            self._mat(*props.mat)
        if props.wall is not None:
            self._wall(props.wall)
        if props.side_wall:
            self._side_wall()
        if props.desk is not None:
            self._desk(props.desk)
        if props.chair is not None:
            self._chair(*props.chair, near=False)

    def behind(self, props: Props, body: Body) -> None:
        """Paint the props that move with the body, behind it."""
        self._shadow(body)
        if props.roller is not None:
            self._roller(body.roller, props.roller)
        if props.pack is not None:
            self._pack(props.pack, body)

    def before(self, props: Props, body: Body) -> None:
        """Paint the props in front of the body."""
        if props.chair is not None:
            self._chair(*props.chair, near=True)
        if props.strap:
            self._strap(body)
        if props.glass:
            self._glass(body)
        if props.arrow is not None:
            self._arrow(*props.arrow)
        if props.circle is not None:
            self._circle(*props.circle)
        if props.turn is not None:
            self._turn(*props.turn)

    def _slab(self, corners: list[Vector], colour: QColor) -> None:
        self._painter.setPen(QPen(colour, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        self._painter.setBrush(colour)
        self._painter.drawPolygon(QPolygonF([self._camera.point(corner) for corner in corners]))

    def _line(self, start: Vector, end: Vector, colour: QColor, width: float) -> None:
        self._painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        self._painter.drawLine(self._camera.point(start), self._camera.point(end))

    def _shadow(self, body: Body) -> None:
        """Paint the shadow on the floor, which shows what touches it."""
        near, far = body.limbs[Limb.NEAR_LEG], body.limbs[Limb.FAR_LEG]
        path = QPainterPath(self._below(body.head))
        path.lineTo(self._below(body.pelvis))
        path.moveTo(self._below(near.tip))
        for position in (near.joint, body.pelvis, far.joint, far.tip):
            path.lineTo(self._below(position))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(
            QPen(
                self._colours.shade, _SHADOW, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            )
        )
        self._painter.drawPath(path)

    def _below(self, position: Vector) -> QPointF:
        return self._camera.point((position[0], 0.0, position[2]))

    def _mat(self, start: float, end: float) -> None:
        near, far = MAT_HALF, -MAT_HALF
        self._slab([(start, 0, far), (end, 0, far), (end, 0, near), (start, 0, near)], self._colours.mat)

    def _wall(self, x: float) -> None:
        high, half = WALL_HEIGHT, WALL_HALF
        self._slab([(x, 0, -half), (x, high, -half), (x, high, half), (x, 0, half)], self._colours.thing_soft)
        self._line((x, 0, half), (x, high, half), self._colours.thing, 3)

    def _side_wall(self) -> None:
        high, z = WALL_HEIGHT - 12, -SIDE_WALL
        corners = [(-SIDE_WALL_HALF, 0.0, z), (-SIDE_WALL_HALF, high, z), (SIDE_WALL_HALF, high, z)]
        self._slab([*corners, (SIDE_WALL_HALF, 0.0, z)], self._colours.thing_soft)

    def _chair(self, x: float, direction: float, *, near: bool) -> None:
        back, ahead = x - direction * 22, x + direction * 20
        z = CHAIR_HALF if near else -CHAIR_HALF
        colour = self._colours.thing if near else self._colours.thing_soft
        if not near:
            seat = [(back, SEAT, z), (ahead, SEAT, z), (ahead, SEAT, -z), (back, SEAT, -z)]
            rest = [(back, SEAT + 16, z), (back - direction * 4, CHAIR_BACK, z)]
            rest += [(back - direction * 4, CHAIR_BACK, -z), (back, SEAT + 16, -z)]
            for corners in (seat, rest):
                self._slab(corners, self._colours.thing_soft)
        self._line((back, 0, z), (back, SEAT, z), colour, 4)
        self._line((back, SEAT, z), (back - direction * 4, CHAIR_BACK, z), colour, 4)
        self._line((ahead, 0, z), (ahead, SEAT, z), colour, 4)
        self._line((back, SEAT, z), (ahead, SEAT, z), colour, 4)

    def _desk(self, x: float) -> None:
        end = x + 50
        colours = self._colours
        self._line((end - 4, 0, 0), (end - 4, DESK, 0), colours.thing, 4)
        self._slab([(x, DESK, -30), (end, DESK, -30), (end, DESK, 30), (x, DESK, 30)], colours.thing_soft)
        self._line((x, DESK, 30), (end, DESK, 30), colours.thing, 4)
        self._line((x + 34, DESK, 0), (x + 34, SCREEN, 0), colours.thing, 4)
        low, high = SCREEN - 15, SCREEN + 15
        self._slab([(x + 31, low, -24), (x + 31, high, -24), (x + 31, high, 24), (x + 31, low, 24)], colours.mark)

    def _roller(self, x: float, y: float) -> None:
        ends = [self._camera.flat((x, y, z)) for z in (-_ROLLER_HALF, _ROLLER_HALF)]
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colours.mark)
        self._painter.drawPath(capsule(ends[0], ROLLER_RADIUS, ends[1], ROLLER_RADIUS))
        self._painter.setBrush(self._colours.haze)
        self._painter.drawEllipse(QPointF(*ends[1]), ROLLER_RADIUS - 3, ROLLER_RADIUS - 3)

    def _strap(self, body: Body) -> None:
        leg = body.limbs[Limb.NEAR_LEG]
        sole = between(leg.heel, leg.tip, 0.55)
        for arm in (Limb.FAR_ARM, Limb.NEAR_ARM):
            self._line(body.limbs[arm].tip, sole, self._colours.mark, 2.6)

    def _glass(self, body: Body) -> None:
        hand = body.limbs[Limb.NEAR_ARM].tip
        x, y = self._camera.flat(hand)
        self._painter.setPen(QPen(self._colours.mark, 1.6))
        self._painter.setBrush(self._colours.haze)
        self._painter.drawRoundedRect(QRectF(x - 4, y - 12, 8, 14), 1.5, 1.5)
        self._painter.setBrush(self._colours.mark)
        self._painter.drawRect(QRectF(x - 3.4, y - 5, 6.8, 6))

    def _arrow(self, x: float, y: float, angle: float) -> None:
        direction = heading(angle, 0)
        end = (x + direction[0] * 20, y + direction[1] * 20, 0.0)
        self._line((x, y, 0.0), end, self._colours.mark, 3.5)
        self._point(end, angle)

    def _circle(self, x: float, y: float) -> None:
        """Paint a circular arrow: up, back and down."""
        middle = self._camera.point((x, y, COLLAR))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._colours.mark, 3.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        box = QRectF(middle.x() - _ROUND, middle.y() - _ROUND, 2 * _ROUND, 2 * _ROUND)
        self._painter.drawArc(box, -40 * 16, 270 * 16)
        turn = radians(230)
        self._point((x + _ROUND * cos(turn), y + _ROUND * sin(turn), COLLAR), 325)

    def _turn(self, x: float, y: float) -> None:
        """Paint an arrow around the body, from ahead to the right."""
        positions = [
            (x + AROUND * cos(radians(angle)), y, AROUND * sin(radians(angle))) for angle in range(-20, 101, 12)
        ]
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._colours.mark, 3.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        flat = [self._camera.point(position) for position in positions]
        self._painter.drawPolyline(flat)
        back = flat[-2] - flat[-1]
        length = hypot(back.x(), back.y())
        for turn in (radians(32), radians(-32)):
            side = QPointF(back.x() * cos(turn) - back.y() * sin(turn), back.x() * sin(turn) + back.y() * cos(turn))
            self._painter.drawLine(flat[-1], flat[-1] + side * (9 / length))

    def _point(self, end: Vector, angle: float) -> None:
        for side in (150, -150):
            back = heading(angle + side, 0)
            self._line(end, (end[0] + back[0] * 8, end[1] + back[1] * 8, end[2]), self._colours.mark, 3.5)

    def _pack(self, pack: Pack, body: Body) -> None:
        """Paint a wrapped pack on the small of the back, with waves of heat or a crystal of ice behind it."""
        along = unit(minus(body.ribs, body.pelvis))
        behind = cross(body.chest_axis, along)
        middle = plus(between(body.waist, body.ribs, 0.1), behind, 12)
        colour = self._colours.heat if pack is Pack.HEAT else self._colours.ice
        self._line(plus(middle, along, -10), plus(middle, along, 10), colour, 8)
        sign = self._camera.point(plus(middle, behind, 18))
        self._painter.setPen(QPen(colour, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if pack is Pack.HEAT:
            for shift in (-7.0, 0.0, 7.0):
                for bow, start in ((90, -7.0), (-90, 0.0)):
                    box = QRectF(sign.x() + shift - 3.5, sign.y() + start, 7, 7)
                    self._painter.drawArc(box, 90 * 16, (180 if bow > 0 else -180) * 16)
        else:
            for direction in ((8.0, 0.0), (4.0, 6.9), (-4.0, 6.9)):
                step = QPointF(*direction)
                self._painter.drawLine(sign - step, sign + step)
