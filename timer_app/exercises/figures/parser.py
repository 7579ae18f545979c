"""Parse the `poses:` of an exercise into a figure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec.structs import replace

from timer_app.exercises.figures.model import (
    Bent,
    Direction,
    Figure,
    JointTarget,
    KeyPose,
    Limb,
    Pack,
    Pivot,
    Planted,
    Props,
    View,
)
from timer_app.exercises.figures.pose_types import (
    ANGLE,
    LENGTH,
    DirectionKind,
    LimbKind,
    Number,
    Numbers,
    PlaceKind,
    TrunkKind,
)
from timer_app.exercises.figures.skeleton import ANKLE, mirrored
from timer_app.i18n import _
from timer_app.schema.table_reader import FieldValues, Key, Report, Schema, read_table, table_schema
from timer_app.schema.value_types import Duration, Flag, Listed, OneOf, WholeNumber
from timer_app.schema.yaml_tree import Node, read_tree

MOST_POSES = 6


class SeenFrom(StrEnum):
    """The named viewpoints."""

    SIDE = "side"
    ABOVE = "above"
    HIGH = "high"
    CORNER = "corner"
    FRONT = "front"


_VIEWS = {
    SeenFrom.SIDE: View(16, 9),
    SeenFrom.ABOVE: View(14, 46),
    SeenFrom.HIGH: View(16, 24),
    SeenFrom.CORNER: View(48, 10),
    SeenFrom.FRONT: View(76, 6),
}

PIVOTS = tuple(Key(pivot.value, PlaceKind(), "A part that stays where it is, and where that is.") for pivot in Pivot)
TRUNK = Key("trunk", TrunkKind(), "Where the trunk points, from the hips up.")
HEAD = Key("head", DirectionKind(), "Where the head points, from the neck up.")
HIPS = Key("hips", ANGLE, "How far the hips are turned to the right.")
CHEST = Key("chest", ANGLE, "How far the chest is turned to the right.")
LOOK = Key("look", ANGLE, "How far the head is turned further than the chest.")
SHOULDERS = Key("shoulders", Numbers(Number(-12, 12), 2, 2), "How far the shoulders are drawn forward, and up.")
ROLLER_AT = Key("roller", LENGTH, "Where the roller is by now.")
ARMS: Key[Bent | Planted] = Key("arms", LimbKind(), "Both arms.")
LEGS: Key[Bent | Planted] = Key("legs", LimbKind(), "Both legs.")
LIMBS: tuple[Key[Bent | Planted], ...] = tuple(
    Key(limb.value, LimbKind(), "One limb, on the side near to whoever looks or far from it.") for limb in Limb
)
MIRROR = Key(
    "mirror", WholeNumber(0, MOST_POSES - 1), "The pose, counted from 0, that this one is the mirror image of."
)
POSE_KEYS = (
    *PIVOTS, TRUNK, HEAD, HIPS, CHEST, LOOK, SHOULDERS, ROLLER_AT, ARMS, LEGS, *LIMBS, MIRROR,
)  # fmt: skip

MAT = Key("mat", Numbers(LENGTH, 2, 2), "A mat, from where to where.")
WALL = Key("wall", LENGTH, "A wall, and where.")
CHAIR = Key("chair", Numbers(LENGTH, 2, 2), "A chair: where, and 1 or -1 for its direction.")
DESK = Key("desk", LENGTH, "A desk with a screen, and where its edge is.")
ROLLER = Key("roller", LENGTH, "A roller, and how high its middle is.")
SIDE_WALL = Key("side_wall", Flag(), "A wall on the far side.")
STRAP = Key("strap", Flag(), "A strap from the hands to the near foot.")
GLASS = Key("glass", Flag(), "A glass in the near hand.")
PACK = Key("pack", OneOf(Pack), "A pack on the low back.")
ARROW = Key("arrow", Numbers(LENGTH, 3, 3), "An arrow for a small movement: ahead, up, and where it points.")
CIRCLE = Key("circle", Numbers(LENGTH, 2, 2), "A round arrow for a small movement: where its middle is.")
TURN = Key("turn", Numbers(LENGTH, 2, 2), "An arrow around the body, to the right: where its middle is.")
PROP_KEYS = (MAT, WALL, CHAIR, DESK, ROLLER, SIDE_WALL, STRAP, GLASS, PACK, ARROW, CIRCLE, TURN)


class PoseKind:
    """One key pose; what it leaves out is as in the pose before."""

    def read(self, node: Node, where: str, report: Report) -> FieldValues | None:
        """Read the fields of a key pose."""
        return read_table(node, POSE_KEYS, where, report)

    def schema(self) -> Schema:
        """Return the schema of a key pose."""
        return table_schema(POSE_KEYS)


class PropsKind:
    """What is around the figure."""

    def read(self, node: Node, where: str, report: Report) -> Props | None:
        """Read the props."""
        record = read_table(node, PROP_KEYS, where, report)
        if record is None:
            return None
        mat, chair, arrow = record.get(MAT), record.get(CHAIR), record.get(ARROW)
        circle, turn = record.get(CIRCLE), record.get(TURN)
        return Props(
            mat=(mat[0], mat[1]) if mat is not None else None,
            wall=record.get(WALL),
            chair=(chair[0], chair[1]) if chair is not None else None,
            desk=record.get(DESK),
            roller=record.get(ROLLER),
            side_wall=record.get(SIDE_WALL) or False,
            strap=record.get(STRAP) or False,
            glass=record.get(GLASS) or False,
            pack=record.get(PACK),
            arrow=(arrow[0], arrow[1], arrow[2]) if arrow is not None else None,
            circle=(circle[0], circle[1]) if circle is not None else None,
            turn=(turn[0], turn[1]) if turn is not None else None,
        )

    def schema(self) -> Schema:
        """Return the schema of the props."""
        return table_schema(PROP_KEYS)


_POSES = Listed(PoseKind(), 2, MOST_POSES, "[{pelvis: [0, 90]}, {pelvis: [0, 70]}]")
VIEW = Key("view", OneOf(SeenFrom), "From where the figure is seen.", default="side")
KEYS = Key("keys", _POSES, "Key poses, from the start to the end of the way up.", required=True)
PROPS = Key("props", PropsKind(), "What is around the figure.")
CYCLE = Key("cycle", Duration(), "For a movement that goes round: how long a round takes by itself.")
BREATH = Key("breath", Number(0, 5), "How much the breath shows.", default=1)
PARTNER = Key("partner", _POSES, "The key poses of a partner, who stands opposite.")
PARTNER_AT = Key("partner_at", LENGTH, "How far ahead the partner is.", default=0)
FIGURE_KEYS = (VIEW, KEYS, PROPS, CYCLE, BREATH, PARTNER, PARTNER_AT)


class FigureKind:
    """How an exercise is drawn."""

    def read(self, node: Node, where: str, report: Report) -> Figure | None:
        """Read a figure; None where anything in it could not be read."""
        before = len(report.findings)
        record = read_table(node, FIGURE_KEYS, where, report)
        keys = record.get(KEYS) if record is not None else None
        if record is None or keys is None or len(report.findings) > before:
            return None
        poses = _poses(keys, report)
        partner = _poses(record.get(PARTNER) or (), report)
        if partner and len(partner) != len(poses):
            advice = _("write as many as there are keys")
            report.add(record.at(PARTNER), record.name(PARTNER), _("the partner has other key poses"), advice)
        if len(report.findings) > before:
            return None
        breath = record.get(BREATH)
        return Figure(
            _VIEWS[record.get(VIEW) or SeenFrom.SIDE],
            poses,
            record.get(PROPS) or Props(),
            record.get(CYCLE),
            1.0 if breath is None else breath,
            partner,
            record.get(PARTNER_AT) or 0.0,
        )

    def schema(self) -> Schema:
        """Return the schema of a figure."""
        return table_schema(FIGURE_KEYS)


def read_figure(text: str) -> Figure | None:
    """Return the figure that a text describes; None where it describes none."""
    report = Report("")
    root = read_tree(text, "").root
    return FigureKind().read(root, "", report) if root is not None else None


def _poses(records: tuple[FieldValues, ...], report: Report) -> tuple[KeyPose, ...]:
    """Return the key poses, each filled up from the one before."""
    poses: list[KeyPose] = []
    for record in records:
        mirror = record.get(MIRROR)
        if mirror is not None and mirror >= len(poses):
            report.add(record.at(MIRROR), record.name(MIRROR), _("that pose comes later"), _("name an earlier one"))
            continue
        base = mirrored(poses[mirror]) if mirror is not None else poses[-1] if poses else _STANDING
        pose = _filled(record, base)
        limb = pose.pivot.limb
        if limb is not None and isinstance(pose.limbs[limb], Planted):
            problem = _("{part} is fixed, and its limb planted as well").format(part=pose.pivot)
            report.add(record.node, record.where, problem, _("write {example}").format(example=f"{limb}: [-90, 0]"))
        poses.append(pose)
    return tuple(poses)


_STANDING = KeyPose(
    Pivot.PELVIS,
    JointTarget(0, 89),
    (Direction(90), Direction(90), Direction(90)),
    Direction(90),
    {limb: Planted(JointTarget(0, ANKLE)) if limb.is_leg else Bent(Direction(-92), Direction(-82)) for limb in Limb},
)
"""What the first key pose leaves out: standing."""


def _filled(record: FieldValues, base: KeyPose) -> KeyPose:
    """Return a key pose: what its record says, and for the rest the pose `base`."""
    pivot, at = base.pivot, base.at
    for key in PIVOTS:
        place = record.get(key)
        if place is not None:
            pivot, at = Pivot(key.name), place
    shoulders = record.get(SHOULDERS)
    trunk = record.get(TRUNK) or base.trunk
    return replace(
        base,
        pivot=pivot,
        at=at,
        trunk=trunk,
        head=record.get(HEAD) or (trunk[2] if record.given(TRUNK) else base.head),
        limbs=_limbs(record, base),
        hips_turn=_number(record.get(HIPS), base.hips_turn),
        chest_turn=_number(record.get(CHEST), base.chest_turn),
        look=_number(record.get(LOOK), base.look),
        shoulders=(shoulders[0], shoulders[1]) if shoulders is not None else base.shoulders,
        roller=_number(record.get(ROLLER_AT), base.roller),
    )


def _number(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def _limbs(record: FieldValues, base: KeyPose) -> Mapping[Limb, Bent | Planted]:
    """Return the limbs: each by its own key, else by the one for both, else as in the pose before."""
    arms, legs = record.get(ARMS), record.get(LEGS)
    limbs = dict(base.limbs)
    for limb, key in zip(Limb, LIMBS, strict=True):
        limb_pose = record.get(key) or (legs if limb.is_leg else arms)
        if limb_pose is not None:
            limbs[limb] = limb_pose
    return limbs
