"""The figures of the catalogue in motion: each is there, keeps above the floor, and goes without a jump."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml

from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.figures.animation import BREATH, PREVIEW, Motion, breath_at
from timer_app.exercises.figures.model import Figure, Limb, On, Planted
from timer_app.exercises.figures.parser import FigureKind, read_figure
from timer_app.exercises.figures.skeleton import (
    ARM_RADII,
    COLLAR,
    FOOT_RADII,
    HAND_RADIUS,
    HEAD_RADIUS,
    HIP,
    LEG_RADII,
    TRUNK_RADIUS,
    Body,
    embody,
    solve_pose,
)
from timer_app.exercises.figures.vectors import Vector, distance
from timer_app.exercises.model import Exercise, Tempo
from timer_app.exercises.parser import read_exercise

SHIPPED = Path(__file__).parents[3] / "assets" / "exercises"
CATALOGUE = load_catalogue(SHIPPED).catalogue
STEPS = 60
SWALLOWED = 1.5
"""A mat gives way by so many centimetres, and a shoe's tip bends."""

every = pytest.mark.parametrize("exercise", CATALOGUE.values(), ids=list(CATALOGUE))


def figure(exercise: Exercise) -> Figure:
    assert exercise.poses is not None, f"{exercise.id} is not drawn"
    drawn = read_figure(exercise.poses)
    assert drawn is not None, f"{exercise.id} is not drawn"
    return drawn


def all_bodies(motion: Motion) -> Iterator[tuple[Body, ...]]:
    for step in range(STEPS + 1):
        scene = motion.at(step / STEPS)
        yield (scene.body,) if scene.partner is None else (scene.body, scene.partner)


def lows(body: Body) -> dict[str, float]:
    """Return how high the lowest point of every part is."""
    heights = {
        "pelvis": body.pelvis[1] - TRUNK_RADIUS,
        "waist": body.waist[1] - TRUNK_RADIUS,
        "ribs": body.ribs[1] - TRUNK_RADIUS,
        "head": body.head[1] - HEAD_RADIUS,
    }
    for limb, chain in body.limbs.items():
        radii = LEG_RADII if limb.is_leg else ARM_RADII
        ends = zip(("root", "joint", "end"), (chain.root, chain.joint, chain.end), radii, strict=True)
        heights |= {f"{limb} {name}": place[1] - radius for name, place, radius in ends}
        heights[f"{limb} tip"] = chain.tip[1] - (FOOT_RADII[1] if limb.is_leg else HAND_RADIUS)
        if limb.is_leg:
            heights[f"{limb} heel"] = chain.heel[1] - FOOT_RADII[0]
    return heights


def joints(body: Body) -> list[Vector]:
    chains = [body.limbs[limb] for limb in Limb]
    return [
        body.pelvis,
        body.neck,
        body.head,
        *(place for pose in chains for place in (pose.joint, pose.end, pose.tip)),
    ]


@every
def test_every_exercise_is_drawn(exercise: Exercise) -> None:
    assert 2 <= len(figure(exercise).poses) <= 6


@every
def test_nothing_goes_through_the_floor(exercise: Exercise) -> None:
    for bodies in all_bodies(Motion(figure(exercise))):
        for body in bodies:
            assert {part: low for part, low in lows(body).items() if low < -SWALLOWED} == {}


@every
def test_something_touches_the_ground_in_every_key_pose(exercise: Exercise) -> None:
    if figure(exercise).props.roller is not None:
        return  # a roller holds them, and the other test its height
    for scene in Motion(figure(exercise)).keys:
        assert min(lows(scene.body).values()) < SWALLOWED


@every
def test_a_movement_goes_without_a_jump(exercise: Exercise) -> None:
    motion = Motion(figure(exercise))
    steps = 400
    before = joints(motion.at(0.0).body)
    for step in range(1, steps + 1):
        now = joints(motion.at(step / steps).body)
        assert max(distance(place, there) for place, there in zip(now, before, strict=True)) < 6, step / steps
        before = now


@every
def test_a_round_ends_where_it_began(exercise: Exercise) -> None:
    motion = Motion(figure(exercise))
    if motion.cyclic:
        there = zip(joints(motion.at(0.0).body), joints(motion.at(1.0).body), strict=True)
        assert max(distance(*pair) for pair in there) < 1e-6


@every
def test_what_is_planted_is_reached_and_stays(exercise: Exercise) -> None:
    drawn = figure(exercise)
    motion = Motion(drawn)
    count = len(drawn.poses)
    pairs = count if motion.cyclic else count - 1
    for index in range(pairs):
        pose, next_pose = drawn.poses[index], drawn.poses[(index + 1) % count]
        for limb in Limb:
            how = pose.limbs[limb]
            if not isinstance(how, Planted) or how.on is not None:
                continue
            planted = (how.to.x, how.to.y, limb.side * (how.to.aside if how.to.aside is not None else _straight(limb)))
            assert distance(embody(solve_pose(pose)).limbs[limb].end, planted) < 0.5
            there = next_pose.limbs[limb]
            if not isinstance(there, Planted) or there.to != how.to or there.on is not None:
                continue
            for step in range(11):
                end = motion.at((index + step / 10) / pairs).body.limbs[limb].end
                assert distance(end, planted) < 0.5, f"{limb} slides after pose {index}"


def _straight(limb: Limb) -> float:
    return HIP if limb.is_leg else COLLAR


@every
def test_a_pivot_stays(exercise: Exercise) -> None:
    drawn = figure(exercise)
    poses = drawn.poses
    if len({(pose.pivot, pose.at) for pose in poses}) > 1 or poses[0].pivot not in ("neck", "near_elbow", "near_knee"):
        return
    limb = {"near_elbow": Limb.NEAR_ARM, "near_knee": Limb.NEAR_LEG}.get(poses[0].pivot)
    motion = Motion(drawn)
    places = [
        scene.body.neck if limb is None else scene.body.limbs[limb].joint
        for scene in (motion.at(step / STEPS) for step in range(STEPS + 1))
    ]
    assert max(distance(place, places[0]) for place in places) < 1e-6


def motion_of(cycle: str = "") -> Motion:
    drawn = read_figure(f"{cycle}keys: [{{pelvis: [0, 89]}}, {{pelvis: [0, 60]}}]")
    assert drawn is not None
    return Motion(drawn)


def height(motion: Motion, position: float) -> float:
    return round(motion.at(position).body.pelvis[1])


def test_it_lifts_holds_and_lowers_with_the_rep() -> None:
    motion = motion_of()
    assert [height(motion, motion.lifting(part)) for part in (0, 0.5, 1)] == [89, 74, 60]
    assert height(motion, motion.holding()) == 60
    assert [height(motion, motion.lowering(part)) for part in (0, 0.5, 1)] == [60, 74, 89]


def test_a_rep_without_phases_goes_up_and_down() -> None:
    motion = motion_of()
    assert [height(motion, motion.whole(part)) for part in (0, 0.5, 1)] == [89, 60, 89]


def test_a_round_is_half_done_at_the_top_of_the_rep() -> None:
    motion = motion_of("cycle: 2s\n")
    assert motion.cyclic
    assert [motion.lifting(1), motion.holding(), motion.lowering(0), motion.lowering(1)] == [0.5, 0.5, 0.5, 1.0]
    assert [height(motion, motion.whole(part)) for part in (0, 0.5, 1)] == [89, 60, 89]


def test_by_itself_a_round_goes_on_and_a_hold_is_held() -> None:
    assert motion_of("cycle: 2s\n").paced(5_000) == 2.5
    assert [motion_of().paced(elapsed) for elapsed in (0, PREVIEW.lift, 60_000)] == [0, 1, 1]


def test_a_preview_shows_the_way_up_the_top_and_the_way_down_and_again() -> None:
    motion = motion_of()
    tempo = Tempo(1_000, 500, 2_000)
    shown = [motion.preview(elapsed, tempo) for elapsed in (0, 500, 1_000, 1_400, 2_500, 3_500, 4_300, 4_400)]
    assert shown == [0, 0.5, 1, 1, 0.5, 0, 0, 0]
    assert motion.preview(4_900, tempo) == 0.5
    assert motion.preview(750, None) == 0.5
    assert motion_of("cycle: 2s\n").preview(1_000, None) == 0.5
    assert motion_of("cycle: 2s\n").preview(1_000, Tempo(2_000, 0, 2_000)) == 0.25


def test_a_breath_goes_in_and_out() -> None:
    assert breath_at(0) == 0
    assert max(breath_at(elapsed) for elapsed in range(0, BREATH, 20)) > 0.99
    assert breath_at(BREATH) == pytest.approx(0)
    assert all(abs(breath_at(elapsed + 20) - breath_at(elapsed)) < 0.03 for elapsed in range(0, 2 * BREATH, 20))


def test_the_index_carries_the_poses(tmp_path: Path) -> None:
    index = tmp_path / "index.json"
    first = load_catalogue(SHIPPED, index=index).catalogue["plank"]
    again = load_catalogue(SHIPPED, index=index).catalogue["plank"]
    assert first == again
    assert first.poses is not None


PLAIN = """id: x
name: X
trains: X.
position: X.
cues: [A, B]
caution: X.
"""


@pytest.mark.parametrize(
    ("poses", "finding"),
    [
        ("{keys: [{}]}", "the list has 1 value; write 2 to 6"),
        ("{keys: [{}, {trunk: up}]}", '"up" is not a number; write a number from -720 to 720'),
        ("{keys: [{}, {trunk: 1000}]}", "1000 is out of range; write a number from -720 to 720"),
        ("{keys: [{}, {mirror: 1}]}", "that pose comes later; name an earlier one"),
        ("{keys: [{}, {arms: [1]}]}", "a list is not a list of 2 angles; write [-90, -80]"),
        ("{keys: [{}, {pelvis: 4}]}", '"4" is not a list of 2 numbers; write [0, 90]'),
        ("{keys: [{}, {}], partner: [{}, {}, {}]}", "the partner has other key poses; write as many as there are keys"),
        (
            "{keys: [{}, {near_knee: [0, 6]}]}",
            "near_knee is fixed, and its limb planted as well; write near_leg: [-90, 0]",
        ),
        ("{keys: [{}, {head: [4, x]}]}", '"x" is not a number; write a number from -720 to 720'),
        ("{keys: [{}, {head: '4'}]}", '"4" is not a number; write a number from -720 to 720'),
        ("{keys: [{}, {head: {}}]}", "a set of keys is not a number; write a number from -720 to 720"),
        ("{keys: [{}, {trunk: [1, 2, 3, 4]}]}", "a list is not a list of 3 angles; write [-90, -80]"),
        ("{keys: [{}, {trunk: [1, 2, x]}]}", '"x" is not a number; write a number from -720 to 720'),
        ("{keys: [{}, {arms: {to: 4}}]}", '"4" is not a list of 2 numbers; write [0, 90]'),
        ("{keys: [{}, {}], props: mat}", '"mat" is not a set of keys; write '),
        ("{keys: [{}, {}], props: {mat: [0, 999]}}", "999 is out of range; write a number from -400 to 400"),
        ("{keys: [{}, {arms: {end: 4}}]}", '"to" is missing; add "to: [0, 7]"'),
        ("{keys: [{}, {}], view: top}", '"top" is not a word for this; write side, above, high, corner or front'),
    ],
)
def test_what_is_wrong_with_poses_is_reported(poses: str, finding: str) -> None:
    exercise, findings = read_exercise(f"{PLAIN}poses: {poses}\n", "x.yaml", "x")
    assert exercise is None
    assert [f"{pose.problem}; {pose.instead}" for pose in findings] == [finding]


@cache
def validator() -> jsonschema.Draft202012Validator:
    """Return what holds poses against their schema, which is checked itself once: that takes longer than any poses."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **FigureKind().schema()}
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@every
def test_the_schema_allows_what_the_reader_reads(exercise: Exercise) -> None:
    assert exercise.poses is not None
    validator().validate(yaml.safe_load(exercise.poses))


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    schema = FigureKind().schema()
    cases: tuple[object, ...] = (
        {"keys": [{}]},
        {"keys": [{}, {"trunk": "up"}]},
        {"keys": [{}, {"arms": {"end": 4}}]},
        {},
    )
    for wrong in cases:
        assert not jsonschema.Draft202012Validator(schema).is_valid(wrong)


def test_the_example_in_the_documentation_is_a_figure() -> None:
    text = (SHIPPED.parents[1] / "docs" / "figures.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    exercise, findings = read_exercise(PLAIN + example, "x.yaml", "x")
    assert findings == ()
    assert exercise is not None
    assert Motion(figure(exercise)).at(1.0).body.limbs[Limb.NEAR_LEG].joint[1] > 40


def test_a_text_that_is_no_figure_draws_nothing() -> None:
    assert read_figure("") is None
    assert read_figure("keys: 4") is None


def test_a_pose_is_like_the_one_before_but_for_what_it_says() -> None:
    drawn = read_figure("keys:\n  - {trunk: 80, arms: [10, 20]}\n  - {near_arm: [30, 40]}\n  - {mirror: 1}\n")
    assert drawn is not None
    pose, two, three = drawn.poses
    assert two.trunk == pose.trunk
    assert two.limbs[Limb.FAR_ARM] == pose.limbs[Limb.FAR_ARM]
    assert three.limbs[Limb.FAR_ARM] == two.limbs[Limb.NEAR_ARM] != pose.limbs[Limb.NEAR_ARM]


def test_an_exercise_need_not_be_drawn() -> None:
    exercise, findings = read_exercise(PLAIN, "x.yaml", "x")
    assert findings == ()
    assert exercise is not None
    assert exercise.poses is None


def test_the_hands_of_one_who_folds_the_arms_go_with_the_chest() -> None:
    drawn = figure(CATALOGUE["trunk-rotation"])
    how = drawn.poses[0].limbs[Limb.NEAR_ARM]
    assert isinstance(how, Planted)
    assert how.on is On.CHEST
