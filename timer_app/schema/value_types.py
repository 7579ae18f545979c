"""The kinds of value that a field may have."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.durations import LONGEST, PATTERN, SHORTEST, format_duration, parse_duration
from timer_app.i18n import _, ngettext
from timer_app.schema.table_reader import Report, Schema, ValueType, nearest, or_list, scalar, shown
from timer_app.schema.yaml_errors import clipped
from timer_app.schema.yaml_tree import Items, Node, Refused

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
EnumT = TypeVar("EnumT", bound=StrEnum)

_COUNT = re.compile(r"[0-9]{1,6}\Z")


class Pattern(Struct, frozen=True):
    """A word that matches a pattern; `expected` names it and `instead` says what to write, both translated."""

    pattern: str
    expected: str
    instead: str

    def read(self, node: Node, where: str, report: Report) -> str | None:
        """Read a word of the form."""
        value = scalar(node, where, report, _(self.expected), _(self.instead))
        if value is None:
            return None
        if not re.search(self.pattern.replace("$", r"\Z"), value.text):
            problem = _("{value} is not {wanted}").format(value=shown(value), wanted=_(self.expected))
            report.add(node, where, problem, _(self.instead))
            return None
        return value.text

    def schema(self) -> Schema:
        """Return the schema of the form."""
        return {"type": "string", "pattern": self.pattern}


class OneOf(Struct, Generic[EnumT], frozen=True):
    """One of a few words."""

    words: type[EnumT]

    def read(self, node: Node, where: str, report: Report) -> EnumT | None:
        """Read one of the words."""
        listed = _("write {words}").format(words=or_list([word.value for word in self.words]))
        value = scalar(node, where, report, _("one of the words"), listed)
        if value is None:
            return None
        try:
            return self.words(value.text)
        except ValueError:
            meant = nearest(value.text, [word.value for word in self.words])
            hint = _("did you mean {word}?").format(word=meant) if meant else listed
            report.add(node, where, _("{value} is not a word for this").format(value=shown(value)), hint)
            return None

    def schema(self) -> Schema:
        """Return the schema of the words."""
        return {"enum": [word.value for word in self.words]}


class Duration(Struct, frozen=True):
    """A length of time from a tenth of a second to four hours, or 0 as well."""

    zero: bool = False

    def read(self, node: Node, where: str, report: Report) -> Milliseconds | None:
        """Read a duration in milliseconds."""
        value = scalar(node, where, report, _("a duration"), _("write 60s, 1:00 or 1m"))
        return None if value is None else self.read_text(value, value.text, where, report)

    def read_text(self, node: Node, text: str, where: str, report: Report) -> Milliseconds | None:
        """Read a duration from a part of a node's text."""
        try:
            length = parse_duration(text)
        except ValueError:
            problem = _('"{text}" is not a duration').format(text=clipped(text))
            report.add(node, where, problem, _("write 60s, 1:00 or 1m"))
            return None
        if SHORTEST <= length <= LONGEST or (self.zero and length == 0):
            return length
        if length > LONGEST:
            problem = _('"{text}" is too long').format(text=clipped(text))
            report.add(node, where, problem, _("write at most {limit}").format(limit=format_duration(LONGEST)))
        else:
            problem = _('"{text}" is too short').format(text=clipped(text))
            report.add(node, where, problem, _("write at least {limit}").format(limit=format_duration(SHORTEST)))
        return None

    def schema(self) -> Schema:
        """Return the schema: seconds as a number, or a text."""
        low = 0 if self.zero else SHORTEST / 1000
        return {
            "anyOf": [
                {"type": "number", "minimum": low, "maximum": LONGEST // 1000},
                {"type": "string", "pattern": PATTERN},
            ]
        }


class WholeNumber(Struct, frozen=True):
    """A whole number from `low` to `high`."""

    low: int
    high: int

    def read(self, node: Node, where: str, report: Report) -> int | None:
        """Read a whole number; `030` is 30."""
        instead = _("write a whole number from {low} to {high}").format(low=self.low, high=self.high)
        value = scalar(node, where, report, _("a whole number"), instead)
        if value is None:
            return None
        if value.quoted and _COUNT.match(value.text):
            report.add(
                node,
                where,
                _("{value} is a text in quotes").format(value=shown(value)),
                _("write {number} without them").format(number=int(value.text)),
            )
        elif not _COUNT.match(value.text):
            report.add(node, where, _("{value} is not a whole number").format(value=shown(value)), instead)
        elif not self.low <= int(value.text) <= self.high:
            report.add(node, where, _("{number} is out of range").format(number=int(value.text)), instead)
        else:
            return int(value.text)
        return None

    def schema(self) -> Schema:
        """Return the schema of the range."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Flag(Struct, frozen=True):
    """`true` or `false`; with `only_true`, the key is left out instead of `false`."""

    only_true: bool = False

    def read(self, node: Node, where: str, report: Report) -> bool | None:
        """Read a truth value: those two words and no others."""
        instead = _("write true, or leave the key out") if self.only_true else _("write true or false")
        value = scalar(node, where, report, _("true or false"), instead)
        if value is None:
            return None
        if value.quoted or value.text not in ("true", "false"):
            report.add(node, where, _("{value} is neither true nor false").format(value=shown(value)), instead)
            return None
        if self.only_true and value.text == "false":
            report.add(node, where, _("{value} has no use here").format(value=shown(value)), instead)
            return None
        return value.text == "true"

    def schema(self) -> Schema:
        """Return the schema of a truth value."""
        return {"const": True} if self.only_true else {"type": "boolean"}


def read_items(node: Items, kind: ValueType[T], where: str, report: Report) -> tuple[T, ...] | None:
    """Read every value of a list; None where any of them could not be read."""
    read = [kind.read(item, f"{where}[{index}]", report) for index, item in enumerate(node.nodes)]
    values = tuple(value for value in read if value is not None)
    return values if len(values) == len(read) else None


class Listed(Struct, Generic[T_co], frozen=True):
    """A list of `least` to `most` values of one kind; `example` is how an author would write one."""

    kind: ValueType[T_co]
    least: int
    most: int
    example: str

    def read(self, node: Node, where: str, report: Report) -> tuple[T_co, ...] | None:
        """Read a list; None where any of its values could not be read."""
        if not isinstance(node, Items):
            if not isinstance(node, Refused):
                report.add(
                    node,
                    where,
                    _("{value} is not a list").format(value=shown(node)),
                    _("write {example}").format(example=self.example),
                )
            return None
        if not self.least <= len(node.nodes) <= self.most:
            problem = ngettext("the list has {count} value", "the list has {count} values", len(node.nodes))
            report.add(
                node,
                where,
                problem.format(count=len(node.nodes)),
                _("write {least} to {most}").format(least=self.least, most=self.most),
            )
            return None
        return read_items(node, self.kind, where, report)

    def schema(self) -> Schema:
        """Return the schema of the list."""
        schema: Schema = {"type": "array", "items": self.kind.schema(), "maxItems": self.most}
        if self.least:
            schema["minItems"] = self.least
        return schema
