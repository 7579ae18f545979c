"""Points and directions in space, for the figures: x is ahead of the person, y is up, z is towards their right hand."""

from __future__ import annotations

from math import acos, asin, atan2, cos, degrees, radians, sin, sqrt
from typing import TypeAlias

Vector: TypeAlias = tuple[float, float, float]
"""A point in centimetres, or a direction of length 1."""

ORIGIN: Vector = (0.0, 0.0, 0.0)
RIGHT: Vector = (0.0, 0.0, 1.0)
_UP: Vector = (0.0, 1.0, 0.0)
_TINY = 1e-9


def plus(one: Vector, other: Vector, times: float = 1.0) -> Vector:
    """Return `one` and `times` the `other`."""
    return one[0] + times * other[0], one[1] + times * other[1], one[2] + times * other[2]


def minus(one: Vector, other: Vector) -> Vector:
    """Return the way from `other` to `one`."""
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def dot(one: Vector, other: Vector) -> float:
    """Return the scalar product."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def cross(one: Vector, other: Vector) -> Vector:
    """Return the vector product."""
    return (
        one[1] * other[2] - one[2] * other[1],
        one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )


def length(vector: Vector) -> float:
    """Return the length."""
    return sqrt(dot(vector, vector))


def distance(one: Vector, other: Vector) -> float:
    """Return how far apart two points are."""
    return length(minus(one, other))


def unit(vector: Vector, otherwise: Vector = (1.0, 0.0, 0.0)) -> Vector:
    """Return the direction of a vector, or `otherwise` for one of no length."""
    size = length(vector)
    return (vector[0] / size, vector[1] / size, vector[2] / size) if size > _TINY else otherwise


def upright(vector: Vector, axis: Vector, otherwise: Vector = (1.0, 0.0, 0.0)) -> Vector:
    """Return the direction of that part of a vector which is at right angles to `axis`."""
    return unit(plus(vector, axis, -dot(vector, axis)), otherwise)


def turned(vector: Vector, axis: Vector, angle: float) -> Vector:
    """Return a vector turned about an axis of length 1 by `angle` degrees (Rodrigues' formula)."""
    if not angle:
        return vector
    turn = radians(angle)
    along = plus((vector[0] * cos(turn), vector[1] * cos(turn), vector[2] * cos(turn)), cross(axis, vector), sin(turn))
    return plus(along, axis, dot(axis, vector) * (1 - cos(turn)))


def between(one: Vector, other: Vector, part: float) -> Vector:
    """Return the point `part` of the way from `one` to `other`."""
    return plus(one, minus(other, one), part)


def heading(angle: float, aside: float) -> Vector:
    """Return a direction from its angle in the plane seen from the side (0 ahead, 90 up) and out of it, in degrees."""
    inside = cos(radians(aside))
    return inside * cos(radians(angle)), inside * sin(radians(angle)), sin(radians(aside))


def bearing(direction: Vector) -> tuple[float, float]:
    """Return the angles of a direction, as `heading` takes them."""
    return degrees(atan2(direction[1], direction[0])), degrees(asin(max(-1.0, min(1.0, direction[2]))))


def bend(root: Vector, goal: Vector, upper: float, lower: float, pole: Vector) -> tuple[Vector, Vector]:
    """Return the directions of two bones from `root` that end at `goal`, their joint towards `pole`.

    A goal out of reach is reached for: the bones are then in one line. `upper` and `lower` are their lengths.
    """
    way = minus(goal, root)
    straight = unit(way)
    far = max(abs(upper - lower) + _TINY, min(upper + lower - _TINY, length(way)))
    at_root = acos(max(-1.0, min(1.0, (upper * upper + far * far - lower * lower) / (2 * upper * far))))
    out = upright(pole, straight, upright(_UP, straight))
    first = plus(
        (straight[0] * cos(at_root), straight[1] * cos(at_root), straight[2] * cos(at_root)), out, sin(at_root)
    )
    joint = plus(root, first, upper)
    return first, unit(minus(plus(root, straight, far), joint))
