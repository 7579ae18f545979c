"""Project a figure from space to the screen, and frame it."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF

from timer_app.exercises.figures.animation import Motion, Scene
from timer_app.exercises.figures.model import Props, View
from timer_app.exercises.figures.skeleton import HEAD_RADIUS, Body
from timer_app.exercises.figures.vectors import Vector, cross, minus, plus, unit

MAT_HALF = 34.0
WALL_HALF = 40.0
WALL_HEIGHT = 185.0
SIDE_WALL = 40.0
"""The distance of a wall on the far side, in centimetres."""
SIDE_WALL_HALF = 45.0
SEAT = 45.0
"""The height of a chair's seat."""
CHAIR_HALF = 20.0
CHAIR_BACK = 92.0
DESK = 72.0
SCREEN = 124.0
"""The height of the middle of the desk's screen."""

AROUND = 36.0
"""The radius of an arrow around the body, in centimetres."""

_ROOM = 13.0
_SIGN = 34.0
"""The distance of a pack's sign behind the back, with its margin, in centimetres."""
_LEAST = (150.0, 110.0)
_SAMPLES = 12


class Camera:
    """View a figure from one direction without perspective: lengths stay comparable."""

    def __init__(self, view: View) -> None:
        turn, above = radians(view.turn), radians(view.above)
        self._right = (cos(turn), -sin(turn))
        self._towards = (sin(turn), cos(turn))
        self._above = (cos(above), sin(above))

    def depth(self, position: Vector) -> float:
        """Return how near a position is to the viewer."""
        level = position[0] * self._towards[0] + position[2] * self._towards[1]
        return level * self._above[0] + position[1] * self._above[1]

    def flat(self, position: Vector) -> tuple[float, float]:
        """Return a position on the screen: to the right, and down."""
        level = position[0] * self._towards[0] + position[2] * self._towards[1]
        across = position[0] * self._right[0] + position[2] * self._right[1]
        return across, level * self._above[1] - position[1] * self._above[0]

    def point(self, position: Vector) -> QPointF:
        """Return a position on the screen as a QPointF."""
        return QPointF(*self.flat(position))


def bodies(scene: Scene, partner_at: float) -> list[Body]:
    """Return the bodies of a scene: the partner's, facing the other, first."""
    return [scene.body] if scene.partner is None else [facing(scene.partner, partner_at), scene.body]


def facing(body: Body, at: float) -> Body:
    """Return the mirror image of a body, `at` centimetres ahead, so that near stays near."""

    def over(position: Vector) -> Vector:
        return at - position[0], position[1], position[2]

    def back(direction: Vector) -> Vector:
        return -direction[0], direction[1], direction[2]

    limbs = {
        limb: replace(
            chain,
            root=over(chain.root),
            joint=over(chain.joint),
            end=over(chain.end),
            tip=over(chain.tip),
            heel=over(chain.heel),
        )
        for limb, chain in body.limbs.items()
    }
    return replace(
        body,
        pelvis=over(body.pelvis),
        waist=over(body.waist),
        ribs=over(body.ribs),
        neck=over(body.neck),
        head=over(body.head),
        face=back(body.face),
        hips_axis=back(body.hips_axis),
        chest_axis=back(body.chest_axis),
        limbs=limbs,
    )


def frame(camera: Camera, scenes: Sequence[Scene], partner_at: float, props: Props | None = None) -> QRectF:
    """Return the rectangle that holds all these scenes and the props, in centimetres on the screen."""
    positions = [camera.flat(position) for position in _prop_positions(props)] if props is not None else []
    for scene in scenes:
        for body in bodies(scene, partner_at):
            positions += [camera.flat(position) for position in _body_positions(body)]
    if props is not None and props.pack is not None:
        positions += [camera.flat(plus(scene.body.waist, _behind(scene.body), _SIGN)) for scene in scenes]
    left, right = min(x for x, _y in positions), max(x for x, _y in positions)
    top, bottom = min(y for _x, y in positions), max(y for _x, y in positions)
    return QRectF(left - _ROOM, top - _ROOM, right - left + 2 * _ROOM, bottom - top + 2 * _ROOM)


def _behind(body: Body) -> Vector:
    """Return the direction that the back faces."""
    return cross(body.chest_axis, unit(minus(body.ribs, body.pelvis)))


def whole_frame(camera: Camera, motion: Motion) -> QRectF:
    """Return the rectangle that holds a whole movement, of at least `_LEAST`."""
    moments = [motion.at(index / _SAMPLES) for index in range(_SAMPLES + 1)]
    box = frame(camera, moments, motion.figure.partner_at, motion.figure.props)
    wide, high = max(0.0, _LEAST[0] - box.width()) / 2, max(0.0, _LEAST[1] - box.height())
    return box.adjusted(-wide, -high, wide, 0)


def _body_positions(body: Body) -> list[Vector]:
    over = (body.head[0], body.head[1] + HEAD_RADIUS / 2, body.head[2])
    positions = [body.pelvis, body.waist, body.ribs, body.neck, body.head, over]
    for chain in body.limbs.values():
        positions += [chain.joint, chain.end, chain.tip, chain.heel]
    return positions + [(x, 0.0, z) for x, _y, z in positions]


def _prop_positions(props: Props) -> list[Vector]:
    positions: list[Vector] = []
    if props.mat is not None:
        positions += [(x, 0.0, z) for x in props.mat for z in (-MAT_HALF, MAT_HALF)]
    if props.wall is not None:
        positions += [(props.wall, y, z) for y in (0.0, WALL_HEIGHT) for z in (-WALL_HALF, WALL_HALF)]
    if props.side_wall:
        positions += [(x, y, -SIDE_WALL) for x in (-SIDE_WALL_HALF, SIDE_WALL_HALF) for y in (0.0, WALL_HEIGHT - 12)]
    if props.chair is not None:
        x, direction = props.chair
        positions += [(x - direction * 24, y, z) for y in (0.0, CHAIR_BACK) for z in (-CHAIR_HALF, CHAIR_HALF)]
        positions += [(x + direction * 20, 0.0, z) for z in (-CHAIR_HALF, CHAIR_HALF)]
    if props.turn is not None:
        positions += [(props.turn[0] + x, props.turn[1], z) for x, z in ((AROUND, 0.0), (0.0, AROUND))]
    if props.desk is not None:
        positions += [(props.desk + 55, y, 0.0) for y in (0.0, SCREEN + 18)]
    return positions
