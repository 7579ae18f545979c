"""The skeleton: bones keep their length, hands and feet stay where they are planted, left mirrors right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from timer_app.exercises.figures.model import Bent, Direction, JointTarget, KeyPose, Limb, On, Pivot, Planted
from timer_app.exercises.figures.skeleton import (
    ANKLE,
    ARM,
    COLLAR,
    HIP,
    LEG,
    NECK,
    TRUNK,
    Body,
    blend,
    embody,
    mirrored,
    solve_pose,
)
from timer_app.exercises.figures.vectors import Vector, bearing, bend, cross, distance, heading, length, plus, turned

_angles = st.floats(-180, 180)
_asides = st.floats(-80, 80)
_directions = st.builds(Direction, _angles, _asides)
_places = st.builds(JointTarget, st.floats(-90, 90), st.floats(0, 150), st.none() | st.floats(-40, 40))
_limbs = st.builds(Bent, _directions, _directions, st.none() | _directions) | st.builds(
    Planted, _places, _directions, st.none() | _directions, st.none() | st.sampled_from(On)
)
_ELBOW = Bent(Direction(-90), Direction(0))


def _possible(pose: KeyPose) -> KeyPose:
    """Return the pose, its limb not planted where its elbow or knee is the pivot."""
    limb = pose.pivot.limb
    if limb is None or isinstance(pose.limbs[limb], Bent):
        return pose
    return replace(pose, limbs={**pose.limbs, limb: _ELBOW})


_poses = st.builds(
    KeyPose,
    pivot=st.sampled_from(Pivot),
    at=_places,
    trunk=st.tuples(_directions, _directions, _directions),
    head=_directions,
    limbs=st.fixed_dictionaries(dict.fromkeys(Limb, _limbs)),
    hips_turn=st.floats(-90, 90),
    chest_turn=st.floats(-90, 90),
    look=st.floats(-60, 60),
    shoulders=st.tuples(st.floats(-8, 8), st.floats(-5, 8)),
    roller=st.floats(-50, 50),
).map(_possible)


def standing(**changes: JointTarget | Bent | Planted) -> KeyPose:
    limbs: dict[Limb, Bent | Planted] = {
        limb: Planted(JointTarget(0, ANKLE)) if limb.is_leg else Bent(Direction(-90), Direction(-90)) for limb in Limb
    }
    at = changes.pop("at", JointTarget(0, 89))
    assert isinstance(at, JointTarget)
    for name, how in changes.items():
        assert isinstance(how, Bent | Planted)
        limbs[Limb(name)] = how
    up = Direction(90)
    return KeyPose(Pivot.PELVIS, at, (up, up, up), up, limbs)


def bones(body: Body) -> Iterator[tuple[str, float, float]]:
    """Yield every bone: its name, its length, and the length that it should have."""
    yield "pelvis", distance(body.pelvis, body.waist), TRUNK[0]
    yield "waist", distance(body.waist, body.ribs), TRUNK[1]
    yield "chest", distance(body.ribs, body.neck), TRUNK[2]
    yield "neck", distance(body.neck, body.head), NECK
    for limb, chain in body.limbs.items():
        lengths = LEG if limb.is_leg else ARM
        middle, wide = (body.pelvis, HIP) if limb.is_leg else (body.neck, COLLAR)
        yield f"{limb} root", distance(middle, chain.root), wide
        yield f"{limb} upper", distance(chain.root, chain.joint), lengths[0]
        yield f"{limb} lower", distance(chain.joint, chain.end), lengths[1]
        if not limb.is_leg:
            yield f"{limb} hand", distance(chain.end, chain.tip), lengths[2]


def points(body: Body) -> list[Vector]:
    chains = [body.limbs[limb] for limb in Limb]
    middle = [body.pelvis, body.waist, body.ribs, body.neck, body.head]
    return middle + [place for first in chains for place in (first.root, first.joint, first.end, first.tip, first.heel)]


def near(first: Vector, second: Vector) -> bool:
    return distance(first, second) < 1e-6


@given(_poses, _poses, st.floats(0, 1))
def test_bones_keep_their_length_between_any_two_poses(first: KeyPose, second: KeyPose, part: float) -> None:
    body = embody(blend(solve_pose(first), solve_pose(second), part))
    for name, measured, bone_length in bones(body):
        assert measured == pytest.approx(bone_length, abs=1e-6), name


@given(_poses, _poses)
def test_a_blend_begins_and_ends_at_its_poses(first: KeyPose, second: KeyPose) -> None:
    start, end = solve_pose(first), solve_pose(second)
    for part, stance in ((0.0, start), (1.0, end)):
        pairs = zip(points(embody(blend(start, end, part))), points(embody(stance)), strict=True)
        assert max(distance(*pair) for pair in pairs) < 0.01


@given(_poses)
def test_the_mirror_image_is_the_other_side_of_the_body(pose: KeyPose) -> None:
    body, image = embody(solve_pose(pose)), embody(solve_pose(mirrored(pose)))
    for limb, chain in body.limbs.items():
        second = image.limbs[limb.opposite]
        for place, mirrored_place in ((chain.root, second.root), (chain.joint, second.joint), (chain.end, second.end)):
            assert distance(place, (mirrored_place[0], mirrored_place[1], -mirrored_place[2])) < 1e-4
    assert distance(body.head, (image.head[0], image.head[1], -image.head[2])) < 1e-6


@given(_poses)
def test_the_mirror_image_of_the_mirror_image_is_the_pose(pose: KeyPose) -> None:
    assert mirrored(mirrored(pose)) == pose


def test_somebody_stands_upright_and_looks_ahead() -> None:
    body = embody(solve_pose(standing()))
    assert body.head[1] - body.neck[1] == NECK
    assert near(body.face, (1, 0, 0))
    assert body.limbs[Limb.NEAR_ARM].root[2] > 0 > body.limbs[Limb.FAR_ARM].root[2]


def test_a_bent_knee_points_ahead_and_a_bent_elbow_behind() -> None:
    body = embody(solve_pose(standing(at=JointTarget(-10, 60), near_arm=Planted(JointTarget(20, 95)))))
    knee, elbow = body.limbs[Limb.NEAR_LEG].joint, body.limbs[Limb.NEAR_ARM].joint
    assert knee[0] > 5
    assert elbow[0] < (20 + body.limbs[Limb.NEAR_ARM].root[0]) / 2


def test_a_planted_foot_stays_while_the_body_sinks() -> None:
    start, end = solve_pose(standing()), solve_pose(standing(at=JointTarget(-20, 62)))
    for index in range(21):
        ankle = embody(blend(start, end, index / 20)).limbs[Limb.NEAR_LEG].end
        assert distance(ankle, (0, ANKLE, HIP)) < 0.5


def test_a_step_lifts_the_foot() -> None:
    start = solve_pose(standing(near_leg=Planted(JointTarget(-20, ANKLE))))
    end = solve_pose(standing(near_leg=Planted(JointTarget(20, ANKLE))))
    assert embody(blend(start, end, 0.5)).limbs[Limb.NEAR_LEG].end[1] > ANKLE + 3


def test_a_foot_out_of_reach_is_reached_for_in_one_line() -> None:
    chain = embody(solve_pose(standing(near_leg=Planted(JointTarget(120, ANKLE))))).limbs[Limb.NEAR_LEG]
    assert distance(chain.root, chain.end) == pytest.approx(LEG[0] + LEG[1], abs=1e-3)


def test_a_hand_on_the_hip_goes_with_the_hips() -> None:
    on_hip = Planted(JointTarget(0, 10, 15), on=On.HIPS)
    hands = [
        embody(solve_pose(standing(at=JointTarget(x, 89), near_arm=on_hip))).limbs[Limb.NEAR_ARM].end for x in (0, 7)
    ]
    assert hands[1][0] - hands[0][0] == pytest.approx(7)


def test_a_pivot_stays_where_it_is_put() -> None:
    limbs = standing().limbs
    pose = KeyPose(Pivot.NEAR_ELBOW, JointTarget(45, 4.4), (Direction(7),) * 3, Direction(0), limbs)
    assert near(embody(solve_pose(pose)).limbs[Limb.NEAR_ARM].joint, (45, 4.4, COLLAR))
    second = KeyPose(Pivot.FAR_KNEE, JointTarget(0, 6), (Direction(7),) * 3, Direction(0), dict.fromkeys(Limb, _BENT))
    assert near(embody(solve_pose(second)).limbs[Limb.FAR_LEG].joint, (0, 6, -HIP))


_BENT = Bent(Direction(-60), Direction(180))


def test_a_direction_is_its_angles() -> None:
    assert bearing(heading(30, 20)) == pytest.approx((30, 20))
    assert near(turned((0, 0, 1), (0, 1, 0), -90), (-1, 0, 0))
    assert near(cross((1, 0, 0), (0, 1, 0)), (0, 0, 1))


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(-50, 50))
def test_two_bones_meet_their_goal(x: float, y: float, z: float) -> None:
    goal = (x, y, z)
    far = length(goal)
    upper, lower = bend((0, 0, 0), goal, 40, 38, (1, 0.2, 0.1))
    end = plus(plus((0, 0, 0), upper, 40), lower, 38)
    if 2.001 < far < 77.99:
        assert distance(end, goal) < 1e-6
