"""The value types of poses: numbers, directions, places and limbs."""

from __future__ import annotations

import re
from typing import Generic, TypeVar

from msgspec import Struct

from timer_app.exercises.figures.model import Bent, Direction, JointTarget, On, Planted
from timer_app.i18n import _
from timer_app.schema.table_reader import Key, Report, Schema, ValueType, read_table, scalar, shown, table_schema
from timer_app.schema.value_types import OneOf, read_items
from timer_app.schema.yaml_tree import Items, Node, Pairs, Refused

T = TypeVar("T")

_NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,3})?\Z")


class Number(Struct, frozen=True):
    """A number from `low` to `high`."""

    low: float
    high: float

    def read(self, node: Node, where: str, report: Report) -> float | None:
        """Read a number such as 12, -7 or 2.5."""
        instead = _("write a number from {low} to {high}").format(low=self.low, high=self.high)
        value = scalar(node, where, report, _("a number"), instead)
        if value is None:
            return None
        if value.quoted or not _NUMBER.match(value.text):
            report.add(node, where, _("{value} is not a number").format(value=shown(value)), instead)
        elif not self.low <= float(value.text) <= self.high:
            report.add(node, where, _("{number} is out of range").format(number=value.text), instead)
        else:
            return float(value.text)
        return None

    def schema(self) -> Schema:
        """Return the schema of the range."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


ANGLE = Number(-720, 720)
LENGTH = Number(-400, 400)


class FixedList(Struct, Generic[T], frozen=True):
    """A list of `least` to `most` values of one kind."""

    kind: ValueType[T]
    least: int
    most: int

    def read(self, node: Node, where: str, report: Report) -> tuple[T, ...] | None:
        """Read the list; None where any of its values could not be read."""
        if isinstance(node, Items) and self.least <= len(node.nodes) <= self.most:
            return read_items(node, self.kind, where, report)
        if not isinstance(node, Refused):
            problem, example = self.problem()
            problem = problem.format(value=shown(node), count=self.least)
            report.add(node, where, problem, _("write {example}").format(example=example))
        return None

    def problem(self) -> tuple[str, str]:
        """Return what is wrong with a value that is no such list, and an example of one."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """Return the schema of the list."""
        return {"type": "array", "items": self.kind.schema(), "minItems": self.least, "maxItems": self.most}


class Numbers(FixedList[float], frozen=True):
    """A list of numbers."""

    def problem(self) -> tuple[str, str]:
        """Return what is wrong with a value that is no such list, and an example of one."""
        return _("{value} is not a list of {count} numbers"), "[0, 90]"


class PlaceKind:
    """A place: how far ahead, how high and, if it matters, how far aside, in centimetres."""

    _numbers = Numbers(LENGTH, 2, 3)

    def read(self, node: Node, where: str, report: Report) -> JointTarget | None:
        """Read a place."""
        numbers = self._numbers.read(node, where, report)
        return None if numbers is None else JointTarget(*numbers)

    def schema(self) -> Schema:
        """Return the schema of a place."""
        return self._numbers.schema()


class DirectionKind:
    """A direction: an angle, or an angle and how far it points aside, in degrees."""

    _pair = Numbers(ANGLE, 2, 2)

    def read(self, node: Node, where: str, report: Report) -> Direction | None:
        """Read a direction."""
        if isinstance(node, Items):
            pair = self._pair.read(node, where, report)
            return None if pair is None else Direction(*pair)
        angle = ANGLE.read(node, where, report)
        return None if angle is None else Direction(angle)

    def schema(self) -> Schema:
        """Return the schema of a direction."""
        return {"anyOf": [ANGLE.schema(), self._pair.schema()]}


class Directions(FixedList[Direction], frozen=True):
    """A list of directions."""

    def problem(self) -> tuple[str, str]:
        """Return what is wrong with a value that is no such list, and an example of one."""
        return _("{value} is not a list of {count} angles"), "[-90, -80]"


class TrunkKind:
    """The trunk: one angle, an angle and how far aside, or three directions: of pelvis, waist and chest."""

    _three = Directions(DirectionKind(), 3, 3)

    def read(self, node: Node, where: str, report: Report) -> tuple[Direction, Direction, Direction] | None:
        """Read the three directions."""
        if isinstance(node, Items) and len(node.nodes) != 2:
            three = self._three.read(node, where, report)
            return None if three is None else (three[0], three[1], three[2])
        direction = DirectionKind().read(node, where, report)
        return None if direction is None else (direction, direction, direction)

    def schema(self) -> Schema:
        """Return the schema of the trunk."""
        return {"anyOf": [DirectionKind().schema(), self._three.schema()]}


TO = Key("to", PlaceKind(), "Where the wrist or the ankle is planted.", required=True, example="[0, 7]")
END = Key("end", DirectionKind(), "Where the hand or the foot points.", default=0)
BEND = Key("bend", DirectionKind(), "Where the elbow or the knee points; left out, where it does by nature.")
ON = Key("with", OneOf(On), "What the place goes with; left out, it is a place in the room.")
PLANTED_KEYS = (TO, END, BEND, ON)


class LimbKind:
    """A limb: the directions of its bones, or where it is planted."""

    _bones = Directions(DirectionKind(), 2, 3)

    def read(self, node: Node, where: str, report: Report) -> Bent | Planted | None:
        """Read a limb."""
        if not isinstance(node, Pairs):
            bones = self._bones.read(node, where, report)
            return None if bones is None else Bent(bones[0], bones[1], bones[2] if len(bones) > 2 else None)
        record = read_table(node, PLANTED_KEYS, where, report)
        to = record.get(TO) if record is not None else None
        if record is None or to is None:
            return None
        return Planted(to, record.get(END) or Direction(0), record.get(BEND), record.get(ON))

    def schema(self) -> Schema:
        """Return the schema of a limb."""
        return {"anyOf": [self._bones.schema(), table_schema(PLANTED_KEYS)]}
