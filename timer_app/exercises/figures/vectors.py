"""Vectors in space for the figures: x is ahead of the figure, y is up, z is to its right."""

from __future__ import annotations

from math import acos, asin, atan2, cos, degrees, radians, sin, sqrt
from typing import TypeAlias

Vector: TypeAlias = tuple[float, float, float]
"""A point in centimetres, or a direction of length 1."""

ORIGIN: Vector = (0.0, 0.0, 0.0)
RIGHT: Vector = (0.0, 0.0, 1.0)
_UP: Vector = (0.0, 1.0, 0.0)
_TINY = 1e-9


def plus(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    """Return `a + times * b`."""
    return a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2]


def minus(a: Vector, b: Vector) -> Vector:
    """Return `a - b`."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vector, b: Vector) -> float:
    """Return the dot product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """Return the cross product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def length(vector: Vector) -> float:
    """Return the length."""
    return sqrt(dot(vector, vector))


def distance(a: Vector, b: Vector) -> float:
    """Return how far apart two points are."""
    return length(minus(a, b))


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


def between(a: Vector, b: Vector, part: float) -> Vector:
    """Return the point `part` of the way from `a` to `b`."""
    return plus(a, minus(b, a), part)


def heading(angle: float, aside: float) -> Vector:
    """Return a direction from its angle in the plane seen from the side (0 ahead, 90 up) and out of it, in degrees."""
    inside = cos(radians(aside))
    return inside * cos(radians(angle)), inside * sin(radians(angle)), sin(radians(aside))


def bearing(direction: Vector) -> tuple[float, float]:
    """Return the angles of a direction, as `heading` takes them."""
    return degrees(atan2(direction[1], direction[0])), degrees(asin(max(-1.0, min(1.0, direction[2]))))


def bend(root: Vector, goal: Vector, upper: float, lower: float, pole: Vector) -> tuple[Vector, Vector]:
    """Return the directions of two bones from `root` that end at `goal`, their joint towards `pole`.

    Towards a goal out of reach the bones are in one line. `upper` and `lower` are their lengths.
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
