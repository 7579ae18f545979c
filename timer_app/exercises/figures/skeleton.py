"""The skeleton of the figures: bones of fixed lengths, posed in space.

An adult of some 175 cm, drawn a little slimmer than life. Lengths and radii are centimetres and our choice, near
the usual proportions of a body (Drillis and Contini, 1966).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from timer_app.exercises.figures.model import Bent, Direction, KeyPose, Limb, On, Pivot, Planted
from timer_app.exercises.figures.vectors import (
    ORIGIN,
    RIGHT,
    Vector,
    bearing,
    bend,
    between,
    cross,
    distance,
    heading,
    minus,
    plus,
    turned,
    unit,
    upright,
)

TRUNK = (16.0, 17.0, 19.0)
"""From the hips to the top of the pelvis, to the ribs, to the base of the neck."""
NECK = 18.0
"""From the base of the neck to the middle of the head."""
HIP = 8.5
COLLAR = 16.0
"""From the middle to each shoulder, which sits `SHOULDER_DROP` below the base of the neck."""
SHOULDER_DROP = 5.0
ARM = (28.0, 25.0, 9.0)
"""Upper arm, forearm, and the hand from the wrist to its tip."""
LEG = (42.0, 40.0, 14.0)
"""Thigh, shin, and the foot from below the ankle to the toes."""
HEEL = 5.0
SOLE = 4.2
"""How far the heel is behind, and the line of the foot below, the ankle."""

HEAD_RADIUS = 10.0
TRUNK_RADIUS = 9.5
LEG_RADII = (7.6, 6.0, 4.2)
"""At hip, knee and ankle."""
FOOT_RADII = (3.6, 2.8)
"""At the heel and the toes."""
ARM_RADII = (5.0, 4.2, 3.4)
"""At shoulder, elbow and wrist."""
HAND_RADIUS = 3.0
ANKLE = SOLE + FOOT_RADII[0]
"""How high the ankle is when the foot is flat on the floor."""
_ON_FLOOR = 20.0
_STEP = 0.12
"""A step is lifted by so much of its length, where both of its ends are lower than `_ON_FLOOR`."""


class Chain(Struct, frozen=True):
    """A limb in space: shoulder, elbow, wrist and fingertips, or hip, knee, ankle and toes; `heel` is a leg's alone."""

    root: Vector
    joint: Vector
    end: Vector
    tip: Vector
    heel: Vector


class Body(Struct, frozen=True):
    """A figure in space: every joint, and where pelvis, chest and face look."""

    pelvis: Vector
    waist: Vector
    ribs: Vector
    neck: Vector
    head: Vector
    face: Vector
    hips_axis: Vector
    chest_axis: Vector
    limbs: Mapping[Limb, Chain]
    roller: float


class LimbStance(Struct, frozen=True):
    """A resolved limb: where it is planted, if it is, and on what, else the directions of its bones."""

    goal: Vector | None
    on: On | None
    pole: Vector
    upper: Direction
    lower: Direction
    end: Direction


class Stance(Struct, frozen=True):
    """A resolved pose, with all that an author may leave open, so that two of them can be blended."""

    pelvis: Vector
    pivot: Pivot
    at: Vector
    trunk: tuple[Direction, Direction, Direction]
    head: Direction
    hips_turn: float
    chest_turn: float
    look: float
    shoulders: tuple[float, float]
    roller: float
    limbs: Mapping[Limb, LimbStance]


class _Core(Struct, frozen=True):
    """The trunk in space, with the roots of the limbs."""

    pelvis: Vector
    waist: Vector
    ribs: Vector
    neck: Vector
    head: Vector
    face: Vector
    hips_axis: Vector
    chest_axis: Vector
    hips_up: Vector
    chest_up: Vector
    roots: Mapping[Limb, Vector]


def solve_pose(pose: KeyPose) -> Stance:
    """Resolve all that a pose leaves open."""
    loose = Stance(
        ORIGIN,
        pose.pivot,
        _pivot_place(pose),
        pose.trunk,
        pose.head,
        pose.hips_turn,
        pose.chest_turn,
        pose.look,
        pose.shoulders,
        pose.roller,
        {limb: _limb_stance(limb, limb_pose) for limb, limb_pose in pose.limbs.items()},
    )
    core = _core(loose)
    limbs: dict[Limb, LimbStance] = {}
    for limb, limb_pose in pose.limbs.items():
        stance = loose.limbs[limb]
        if isinstance(limb_pose, Planted) and limb_pose.bend is None:
            stance = replace(stance, pole=_natural_pole(limb, core))
        limbs[limb] = stance
    posed = replace(loose, pelvis=core.pelvis, limbs=limbs)
    return replace(posed, limbs={limb: _solved(limb, stance, core) for limb, stance in limbs.items()})


def embody(stance: Stance) -> Body:
    """Return the body in space of a stance."""
    core = _core(stance)
    limbs = {limb: _chain(limb, limb_pose, core) for limb, limb_pose in stance.limbs.items()}
    return Body(
        core.pelvis,
        core.waist,
        core.ribs,
        core.neck,
        core.head,
        core.face,
        core.hips_axis,
        core.chest_axis,
        limbs,
        stance.roller,
    )


def blend(first: Stance, second: Stance, part: float) -> Stance:
    """Return the stance `part` of the way from one to another: bones keep their length, planted limbs their place.

    Directions are blended as angles, the way round that their author wrote; where a limb is planted in one stance and
    free in the other, the short way round.
    """
    same = first.pivot is second.pivot
    return Stance(
        between(first.pelvis, second.pelvis, part),
        first.pivot if same else Pivot.PELVIS,
        between(first.at, second.at, part) if same else between(first.pelvis, second.pelvis, part),
        (
            _mixed(first.trunk[0], second.trunk[0], part),
            _mixed(first.trunk[1], second.trunk[1], part),
            _mixed(first.trunk[2], second.trunk[2], part),
        ),
        _mixed(first.head, second.head, part),
        _mix(first.hips_turn, second.hips_turn, part),
        _mix(first.chest_turn, second.chest_turn, part),
        _mix(first.look, second.look, part),
        (_mix(first.shoulders[0], second.shoulders[0], part), _mix(first.shoulders[1], second.shoulders[1], part)),
        _mix(first.roller, second.roller, part),
        {limb: _mixed_limb(limb_pose, second.limbs[limb], part) for limb, limb_pose in first.limbs.items()},
    )


def mirrored(pose: KeyPose) -> KeyPose:
    """Return a pose with its left and its right exchanged."""
    at = pose.at
    return replace(
        pose,
        pivot=pose.pivot.opposite,
        at=at if at.aside is None else replace(at, aside=-at.aside),
        trunk=(_flipped(pose.trunk[0]), _flipped(pose.trunk[1]), _flipped(pose.trunk[2])),
        head=_flipped(pose.head),
        limbs={limb.opposite: limb_pose for limb, limb_pose in pose.limbs.items()},
        hips_turn=-pose.hips_turn,
        chest_turn=-pose.chest_turn,
        look=-pose.look,
    )


def _pivot_place(pose: KeyPose) -> Vector:
    """Return where the pivot is; knees and elbows are straight below hips and shoulders where nothing is said."""
    aside = pose.at.aside
    if aside is None:
        part = HIP if "knee" in pose.pivot else COLLAR if "elbow" in pose.pivot else 0.0
        aside = -part if "far" in pose.pivot else part
    return pose.at.x, pose.at.y, aside


def _flipped(direction: Direction) -> Direction:
    return replace(direction, aside=-direction.aside)


def _mix(first: float, second: float, part: float) -> float:
    return first + (second - first) * part


def _mixed(first: Direction, second: Direction, part: float) -> Direction:
    return Direction(_mix(first.angle, second.angle, part), _mix(first.aside, second.aside, part))


def _nearest(direction: Direction, to: Direction) -> Direction:
    """Return the same direction, its angle written so that it is nearest to that of another."""
    return replace(direction, angle=direction.angle - 360 * round((direction.angle - to.angle) / 360))


def _mixed_limb(first: LimbStance, second: LimbStance, part: float) -> LimbStance:
    upper, lower = second.upper, second.lower
    goal: Vector | None = None
    if first.goal is not None and second.goal is not None and first.on is second.on:
        goal = _step(first.goal, second.goal, part) if first.on is None else between(first.goal, second.goal, part)
    elif first.goal is not None or second.goal is not None:
        upper, lower = _nearest(upper, first.upper), _nearest(lower, first.lower)
    return LimbStance(
        goal,
        first.on if goal is not None else None,
        unit(between(first.pole, second.pole, part)),
        _mixed(first.upper, upper, part),
        _mixed(first.lower, lower, part),
        _mixed(first.end, _nearest(second.end, first.end), part),
    )


def _step(first: Vector, second: Vector, part: float) -> Vector:
    """Return a point on the way of a hand or foot from one place to another; on the floor it is lifted."""
    x, y, z = between(first, second, part)
    if max(first[1], second[1]) < _ON_FLOOR:
        y += _STEP * distance(first, second) * 4 * part * (1 - part)
    return x, y, z


def _limb_stance(limb: Limb, limb_pose: Bent | Planted) -> LimbStance:
    """Return a limb with its end resolved; where it is planted, its bones are solved later."""
    if isinstance(limb_pose, Planted):
        aside = limb_pose.to.aside if limb_pose.to.aside is not None else (HIP if limb.is_leg else COLLAR)
        pole = _way(limb, limb_pose.bend) if limb_pose.bend is not None else ORIGIN
        still = Direction(0.0)
        return LimbStance(
            (limb_pose.to.x, limb_pose.to.y, aside * limb.side), limb_pose.on, pole, still, still, limb_pose.end
        )
    end = limb_pose.end
    if end is None:
        end = replace(limb_pose.lower, angle=limb_pose.lower.angle + 90) if limb.is_leg else limb_pose.lower
    return LimbStance(None, None, ORIGIN, limb_pose.upper, limb_pose.lower, end)


def _way(limb: Limb, direction: Direction) -> Vector:
    return heading(direction.angle, direction.aside * limb.side)


def _direction(limb: Limb, way: Vector) -> Direction:
    angle, aside = bearing(way)
    return Direction(angle, aside * limb.side)


def _core(stance: Stance) -> _Core:
    """Return the trunk in space, standing on its pivot."""
    core = _trunk(stance, stance.pelvis)
    if stance.pivot is Pivot.PELVIS:
        return _trunk(stance, stance.at)
    limb = stance.pivot.limb
    if limb is None:
        place = core.neck
    else:
        place = plus(core.roots[limb], _way(limb, stance.limbs[limb].upper), (LEG if limb.is_leg else ARM)[0])
    return _trunk(stance, plus(core.pelvis, minus(stance.at, place)))


def _trunk(stance: Stance, pelvis: Vector) -> _Core:
    ways = [heading(direction.angle, direction.aside) for direction in stance.trunk]
    waist = plus(pelvis, ways[0], TRUNK[0])
    ribs = plus(waist, ways[1], TRUNK[1])
    neck = plus(ribs, ways[2], TRUNK[2])
    hips = turned(upright(RIGHT, ways[0]), ways[0], -stance.hips_turn)
    chest = turned(upright(RIGHT, ways[2]), ways[2], -stance.chest_turn)
    skull = heading(stance.head.angle, stance.head.aside)
    ears = turned(upright(RIGHT, skull), skull, -(stance.chest_turn + stance.look))
    ahead = cross(ways[2], chest)
    forward, up = stance.shoulders
    roots: dict[Limb, Vector] = {}
    for limb in Limb:
        if limb.is_leg:
            roots[limb] = plus(pelvis, hips, HIP * limb.side)
        else:
            collar = (chest[0] * COLLAR * limb.side, chest[1] * COLLAR * limb.side, chest[2] * COLLAR * limb.side)
            collar = unit(plus(plus(collar, ahead, forward), ways[2], up - SHOULDER_DROP))
            roots[limb] = plus(neck, collar, COLLAR)
    return _Core(
        pelvis, waist, ribs, neck, plus(neck, skull, NECK), cross(skull, ears), hips, chest, ways[0], ways[2], roots
    )


def _natural_pole(limb: Limb, core: _Core) -> Vector:
    """Return where knees (ahead, a little up) or elbows (back, down and out) point by nature."""
    if limb.is_leg:
        return unit(plus(cross(core.hips_up, core.hips_axis), core.hips_up, 0.3))
    back = plus(cross(core.chest_axis, core.chest_up), core.chest_up, -0.4)
    return unit(plus(back, core.chest_axis, 0.4 * limb.side))


def _bones(limb: Limb, stance: LimbStance, core: _Core) -> tuple[Vector, Vector]:
    """Return the directions of a limb's two bones."""
    if stance.goal is None:
        return _way(limb, stance.upper), _way(limb, stance.lower)
    upper, lower, _end = LEG if limb.is_leg else ARM
    goal = stance.goal
    if stance.on is On.CHEST:
        goal = _local(core.neck, core.chest_up, core.chest_axis, goal)
    elif stance.on is On.HIPS:
        goal = _local(core.pelvis, core.hips_up, core.hips_axis, goal)
    return bend(core.roots[limb], goal, upper, lower, stance.pole)


def _local(origin: Vector, up: Vector, axis: Vector, place: Vector) -> Vector:
    """Return a place that is given ahead of, above and aside from a part of the body."""
    return plus(plus(plus(origin, cross(up, axis), place[0]), up, place[1]), axis, place[2])


def _solved(limb: Limb, stance: LimbStance, core: _Core) -> LimbStance:
    """Return a planted limb with the directions that its bones have there."""
    upper, lower = _bones(limb, stance, core)
    if stance.goal is None:
        return stance
    return replace(stance, upper=_direction(limb, upper), lower=_direction(limb, lower))


def _chain(limb: Limb, stance: LimbStance, core: _Core) -> Chain:
    lengths = LEG if limb.is_leg else ARM
    root = core.roots[limb]
    upper, lower = _bones(limb, stance, core)
    joint = plus(root, upper, lengths[0])
    end = plus(joint, lower, lengths[1])
    way = _way(limb, stance.end)
    if not limb.is_leg:
        return Chain(root, joint, end, plus(end, way, lengths[2]), end)
    under = plus(end, unit(cross(way, core.hips_axis), (0.0, -1.0, 0.0)), SOLE)
    return Chain(root, joint, end, plus(under, way, lengths[2]), plus(under, way, -HEEL))
