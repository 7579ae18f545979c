"""Where a figure is seen from, and how large: from places in space to places on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

from PySide6.QtCore import QPointF, QRectF

from timer_app.exercises.figures.animation import Motion, Scene
from timer_app.exercises.figures.model import Props, View
from timer_app.exercises.figures.skeleton import HEAD_RADIUS, Body
from timer_app.exercises.figures.vectors import Vector, cross, minus, plus, unit

MAT_HALF = 34.0
WALL_HALF = 40.0
WALL_HEIGHT = 185.0
SIDE_WALL = 40.0
"""How far away a wall on the far side is."""
SIDE_WALL_HALF = 45.0
SEAT = 45.0
"""The height of a chair's seat."""
CHAIR_HALF = 20.0
CHAIR_BACK = 92.0
DESK = 72.0
SCREEN = 124.0
"""The height of the middle of the desk's screen."""

AROUND = 36.0
"""How far from the middle of the body an arrow goes around it."""

_ROOM = 13.0
_SIGN = 34.0
"""How far behind the back the sign of a pack is, with room for it."""
_LEAST = (150.0, 110.0)
_SAMPLES = 12


class Camera:
    """Looks at the figure from one direction, with no perspective: lengths stay comparable."""

    def __init__(self, view: View) -> None:
        turn, above = radians(view.turn), radians(view.above)
        self._right = (cos(turn), -sin(turn))
        self._towards = (sin(turn), cos(turn))
        self._above = (cos(above), sin(above))

    def depth(self, place: Vector) -> float:
        """Return how near a place is to whoever looks."""
        level = place[0] * self._towards[0] + place[2] * self._towards[1]
        return level * self._above[0] + place[1] * self._above[1]

    def flat(self, place: Vector) -> tuple[float, float]:
        """Return where a place is seen: to the right, and down."""
        level = place[0] * self._towards[0] + place[2] * self._towards[1]
        across = place[0] * self._right[0] + place[2] * self._right[1]
        return across, level * self._above[1] - place[1] * self._above[0]

    def point(self, place: Vector) -> QPointF:
        """Return where a place is seen, for the painter."""
        return QPointF(*self.flat(place))


def bodies(scene: Scene, partner_at: float) -> list[Body]:
    """Return the body, and the partner's turned to face it."""
    return [scene.body] if scene.partner is None else [facing(scene.partner, partner_at), scene.body]


def facing(body: Body, at: float) -> Body:
    """Return a body that stands opposite, `at` centimetres ahead: the mirror image, so that near stays near."""
    from msgspec.structs import replace  # noqa: PLC0415 - only for the one exercise with a partner

    def over(place: Vector) -> Vector:
        return at - place[0], place[1], place[2]

    def back(way: Vector) -> Vector:
        return -way[0], way[1], way[2]

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
    """Return the rectangle, in centimetres on the screen, that shows all these moments and the props."""
    places = [camera.flat(place) for place in _prop_places(props)] if props is not None else []
    for scene in scenes:
        for body in bodies(scene, partner_at):
            places += [camera.flat(place) for place in _body_places(body)]
    if props is not None and props.pack is not None:
        places += [camera.flat(plus(scene.body.waist, _behind(scene.body), _SIGN)) for scene in scenes]
    left, right = min(x for x, _y in places), max(x for x, _y in places)
    top, bottom = min(y for _x, y in places), max(y for _x, y in places)
    return QRectF(left - _ROOM, top - _ROOM, right - left + 2 * _ROOM, bottom - top + 2 * _ROOM)


def _behind(body: Body) -> Vector:
    """Return which way the back looks."""
    return cross(body.chest_axis, unit(minus(body.ribs, body.pelvis)))


def whole_frame(camera: Camera, motion: Motion) -> QRectF:
    """Return the rectangle that shows a whole movement, and is never so small that a figure would look a giant."""
    moments = [motion.at(index / _SAMPLES) for index in range(_SAMPLES + 1)]
    box = frame(camera, moments, motion.figure.partner_at, motion.figure.props)
    wide, high = max(0.0, _LEAST[0] - box.width()) / 2, max(0.0, _LEAST[1] - box.height())
    return box.adjusted(-wide, -high, wide, 0)


def _body_places(body: Body) -> list[Vector]:
    over = (body.head[0], body.head[1] + HEAD_RADIUS / 2, body.head[2])
    places = [body.pelvis, body.waist, body.ribs, body.neck, body.head, over]
    for chain in body.limbs.values():
        places += [chain.joint, chain.end, chain.tip, chain.heel]
    return places + [(x, 0.0, z) for x, _y, z in places]


def _prop_places(props: Props) -> list[Vector]:
    places: list[Vector] = []
    if props.mat is not None:
        places += [(x, 0.0, z) for x in props.mat for z in (-MAT_HALF, MAT_HALF)]
    if props.wall is not None:
        places += [(props.wall, y, z) for y in (0.0, WALL_HEIGHT) for z in (-WALL_HALF, WALL_HALF)]
    if props.side_wall:
        places += [(x, y, -SIDE_WALL) for x in (-SIDE_WALL_HALF, SIDE_WALL_HALF) for y in (0.0, WALL_HEIGHT - 12)]
    if props.chair is not None:
        x, way = props.chair
        places += [(x - way * 24, y, z) for y in (0.0, CHAIR_BACK) for z in (-CHAIR_HALF, CHAIR_HALF)]
        places += [(x + way * 20, 0.0, z) for z in (-CHAIR_HALF, CHAIR_HALF)]
    if props.turn is not None:
        places += [(props.turn[0] + x, props.turn[1], z) for x, z in ((AROUND, 0.0), (0.0, AROUND))]
    if props.desk is not None:
        places += [(props.desk + 55, y, 0.0) for y in (0.0, SCREEN + 18)]
    return places
