"""The figure of an exercise as its author wrote it: a few key poses, and props.

Angles are degrees in the plane seen from the side: 0 is ahead of the figure, 90 up, 180 behind, -90 down. They are the
directions of bones in the room, not those between bones. Places are centimetres: the floor is 0 high.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from timer_app.clock import Milliseconds


class Direction(Struct, frozen=True):
    """Where a bone points: its angle seen from the side, and how far it points aside.

    A limb's `aside` is away from the middle of the body; that of trunk and head is to the right.
    """

    angle: float
    aside: float = 0.0


class JointTarget(Struct, frozen=True):
    """A place in the room; a limb's `aside` is away from the middle, and None is straight from hip or shoulder."""

    x: float
    y: float
    aside: float | None = None


class Bent(Struct, frozen=True):
    """A limb by the directions of its bones: upper arm, forearm, hand; or thigh, shin, foot.

    Without `end` the hand goes on as the forearm does, and the foot stands at right angles to the shin.
    """

    upper: Direction
    lower: Direction
    end: Direction | None = None


class On(StrEnum):
    """What a hand or a foot is put on, other than a place in the room."""

    CHEST = "chest"
    HIPS = "hips"


class Planted(Struct, frozen=True):
    """A limb by where its wrist or ankle is: there it stays while the body moves.

    With `on`, the place goes with the body: it is then ahead of, above and aside from the base of the neck or the
    middle of the hips, as these look. `bend` is where elbow or knee point; without it, where they point by nature.
    """

    to: JointTarget
    end: Direction = Direction(0.0)
    bend: Direction | None = None
    on: On | None = None


class Limb(StrEnum):
    """The four limbs: those on the near (right) side, towards the viewer, and those on the far side."""

    NEAR_ARM = "near_arm"
    FAR_ARM = "far_arm"
    NEAR_LEG = "near_leg"
    FAR_LEG = "far_leg"

    @property
    def is_leg(self) -> bool:
        """Whether it is a leg."""
        return self in (Limb.NEAR_LEG, Limb.FAR_LEG)

    @property
    def side(self) -> int:
        """1 on the near side, -1 on the far one."""
        return 1 if self in (Limb.NEAR_ARM, Limb.NEAR_LEG) else -1

    @property
    def opposite(self) -> Limb:
        """The same limb of the other side."""
        return _OPPOSITES[self]


_OPPOSITES = {
    Limb.NEAR_ARM: Limb.FAR_ARM,
    Limb.FAR_ARM: Limb.NEAR_ARM,
    Limb.NEAR_LEG: Limb.FAR_LEG,
    Limb.FAR_LEG: Limb.NEAR_LEG,
}


class Pivot(StrEnum):
    """A part of the body that stays where it is while the rest moves around it."""

    PELVIS = "pelvis"
    NECK = "neck"
    NEAR_ELBOW = "near_elbow"
    FAR_ELBOW = "far_elbow"
    NEAR_KNEE = "near_knee"
    FAR_KNEE = "far_knee"

    @property
    def limb(self) -> Limb | None:
        """The limb that it belongs to; None in the middle."""
        return _PIVOT_LIMBS.get(self)

    @property
    def opposite(self) -> Pivot:
        """The same part of the other side; itself in the middle."""
        near, far = self.replace("far_", "near_"), self.replace("near_", "far_")
        return Pivot(far if self == near else near)


_PIVOT_LIMBS = {
    Pivot.NEAR_ELBOW: Limb.NEAR_ARM,
    Pivot.FAR_ELBOW: Limb.FAR_ARM,
    Pivot.NEAR_KNEE: Limb.NEAR_LEG,
    Pivot.FAR_KNEE: Limb.FAR_LEG,
}


class KeyPose(Struct, frozen=True):
    """One moment of a movement.

    `pivot` is what is fixed, `at` where; the limb of an elbow or a knee that is fixed cannot be planted as well.
    `trunk` are the directions of pelvis, waist and chest; `hips_turn` and `chest_turn` turn them about themselves to
    the right, in degrees, and `look` turns the head further. `shoulders` are drawn forward and up, in centimetres.
    `roller` is how far a roller has come along the floor.
    """

    pivot: Pivot
    at: JointTarget
    trunk: tuple[Direction, Direction, Direction]
    head: Direction
    limbs: Mapping[Limb, Bent | Planted]
    hips_turn: float = 0.0
    chest_turn: float = 0.0
    look: float = 0.0
    shoulders: tuple[float, float] = (0.0, 0.0)
    roller: float = 0.0


class Pack(StrEnum):
    """What lies on a sore back."""

    HEAT = "heat"
    ICE = "ice"


class Props(Struct, frozen=True):
    """The props around the figure. A number is where one stands, in centimetres ahead of the middle.

    `mat` is from where to where; `chair` and the direction that it faces, 1 or -1; `roller` is the
    height of its middle; `desk` is where its edge is; `side_wall` is a wall on the far side; a strap goes from the
    hands to the near foot, and a glass is in the near hand. An `arrow` (where, and its angle), a `circle` (its
    middle) and a `turn` (its middle; level, from ahead to the right) show a movement that is hard to see.
    """

    mat: tuple[float, float] | None = None
    wall: float | None = None
    chair: tuple[float, float] | None = None
    desk: float | None = None
    roller: float | None = None
    side_wall: bool = False
    strap: bool = False
    glass: bool = False
    pack: Pack | None = None
    arrow: tuple[float, float, float] | None = None
    circle: tuple[float, float] | None = None
    turn: tuple[float, float] | None = None


class View(Struct, frozen=True):
    """The viewpoint: degrees from the side towards the front, and from above."""

    turn: float
    above: float


class Figure(Struct, frozen=True):
    """The figure of an exercise: its key poses, from the start to the end of the way up.

    With a `cycle`, the last leads to the first again, and a round takes `cycle` milliseconds where nothing sets the
    pace. `breath` is how much the breath shows. A partner has as many key poses and stands opposite, `partner_at`
    centimetres ahead.
    """

    view: View
    poses: tuple[KeyPose, ...]
    props: Props = Props()
    cycle: Milliseconds | None = None
    breath: float = 1.0
    partner: tuple[KeyPose, ...] = ()
    partner_at: float = 0.0
