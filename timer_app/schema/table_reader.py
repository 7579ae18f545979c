"""Tables of fields: read a file strictly, with helpful findings, and publish the format as a JSON Schema.

A table names its keys, and each key has a *kind* that reads one value and describes itself to the schema. So the reader
and the schema cannot drift apart. Nothing here raises for what is in a file: every problem is added to a `Report`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeAlias, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from timer_app.i18n import _
from timer_app.problems import Finding
from timer_app.schema.yaml_errors import clipped
from timer_app.schema.yaml_tree import MAX_FINDINGS, Bare, Items, Node, Pairs, Refused, Scalar

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | float | bool | None"
Schema: TypeAlias = dict[str, Json]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LONGEST_GUESS = 60
"""The most characters of a word that another one is suggested for."""


class Report:
    """Collects the findings in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    @property
    def full(self) -> bool:
        """Whether the limit of findings is reached: then reading stops."""
        return len(self.findings) >= MAX_FINDINGS

    def add(self, node: Node, where: str, problem: str, instead: str) -> None:
        """Add a finding about `node`, at the path `where`, and what to write instead."""
        self.findings.append(Finding(self.file, node.line, node.column, where, problem, instead))


class ValueType(Protocol[T_co]):
    """What a value may be."""

    def read(self, node: Node, where: str, report: Report) -> T_co | None:
        """Return the value, or None after having reported why it is not valid."""

    def schema(self) -> Schema:
        """Return the JSON Schema of such a value."""


class Key(Struct, Generic[T_co], frozen=True):
    """A key of a table: its name, what its value may be, and what it is for, in the words of the schema.

    `default` is what leaving it out means, and `example` what could be written, both as an author would write them.
    """

    name: str
    kind: ValueType[T_co]
    about: str
    required: bool = False
    default: Json = None
    example: str = "…"

    def schema(self) -> Schema:
        """Return the JSON Schema of the key's value, with its description."""
        schema: Schema = {"description": self.about, **self.kind.schema()}
        if self.default is not None:
            schema["default"] = self.default
        return schema


class FieldValues(Struct, frozen=True):
    """The fields of one mapping that could be read."""

    node: Pairs
    where: str
    values: Mapping[str, object]
    guessed: frozenset[str] = frozenset()
    """Keys that were probably meant by misspelt ones."""

    def get(self, key: Key[T]) -> T | None:
        """Return a key's value; None where it was not given or could not be read."""
        return cast("T | None", self.values.get(key.name))

    def given(self, key: Key[object]) -> bool:
        """Whether the key is in the file, valid or not."""
        return self.node.get(key.name) is not None or key.name in self.guessed

    def at(self, key: Key[object]) -> Node:
        """Return the node of a key's value, or of the whole mapping where there is none."""
        return self.node.get(key.name) or self.node

    def name(self, key: Key[object]) -> str:
        """Return what messages call a key's value."""
        return inside(self.where, key.name)


def read_table(node: Node, keys: Sequence[Key[object]], where: str, report: Report) -> FieldValues | None:
    """Read a mapping by the table of its keys; None, reported, where it is no mapping at all."""
    if not isinstance(node, Pairs):
        if not isinstance(node, Refused):
            report.add(
                node,
                where,
                _("{value} is not a set of keys").format(value=shown(node)),
                _("write {keys}").format(
                    keys=", ".join(f'"{key.name}: {key.example}"' for key in keys if key.required)
                ),
            )
        return None
    return read_pairs(node, keys, where, report)


def read_pairs(node: Pairs, keys: Sequence[Key[object]], where: str, report: Report) -> FieldValues:
    """Read what is known to be a mapping by the table of its keys."""
    table = {key.name: key for key in keys}
    values: dict[str, object] = {}
    guessed: set[str] = set()
    for name, value in joined(node, keys):
        key = table.get(name.text)
        if key is None:
            guessed.update(_refuse_key(name, table, where, report))
        else:
            values[key.name] = key.kind.read(value, inside(where, key.name), report)
    for key in keys:
        if key.required and key.name not in values and key.name not in guessed:
            report.add(node, where, _('"{key}" is missing').format(key=key.name), _example(key))
    return FieldValues(node, where, values, frozenset(guessed))


def joined(node: Pairs, keys: Sequence[Key[object]]) -> list[tuple[Scalar, Node]]:
    """Return a mapping's entries, with the commas of texts in braces taken as they look.

    YAML takes `{at: half, line: Half way, breathe out}` for a third key with no value; whoever writes it means a text.
    """
    table = {key.name: key for key in keys}
    entries: list[tuple[Scalar, Node]] = []
    for name, value in node.entries:
        if isinstance(value, Bare) and name.text not in table and entries:
            before, text = entries[-1]
            key = table.get(before.text)
            if key is not None and isinstance(key.kind, Text) and isinstance(text, Scalar) and not text.quoted:
                comma = "," if name.start == text.end + 1 else ", "
                entries[-1] = (before, replace(text, end=name.end, text=f"{text.text}{comma}{name.text}"))
                continue
        entries.append((name, value))
    return entries


def _example(key: Key[object]) -> str:
    """Return what to write where a required key is missing."""
    return _('add "{key}: {example}"').format(key=key.name, example=key.example)


def _refuse_key(name: Scalar, table: Mapping[str, Key[object]], where: str, report: Report) -> tuple[str, ...]:
    """Report a key that is in no table; return the one that was meant, if that can be guessed."""
    problem = _('"{key}" is not a key here').format(key=clipped(name.text))
    meant = nearest(name.text, table)
    if meant is not None:
        report.add(name, where, problem, _("did you mean {word}?").format(word=meant))
        return (meant,)
    report.add(name, where, problem, _("use one of {words}").format(words=", ".join(table)))
    return ()


def refuse_all_but_one(record: FieldValues, keys: Sequence[Key[object]], advice: str, report: Report) -> None:
    """Report where other than exactly one of some keys is given; `advice` says what to write where none is."""
    given = [key for key in keys if record.given(key)]
    for extra in given[1:]:
        problem = _('"{first}" and "{other}" cannot stand together').format(first=given[0].name, other=extra.name)
        report.add(record.at(extra), record.name(extra), problem, _("keep one of them"))
    if not given:
        words = or_list([f'"{key.name}"' for key in keys])
        report.add(record.node, record.where, _("{words} is missing").format(words=words), advice)


def inside(where: str, key: str) -> str:
    """Return the place of a key inside the place `where`."""
    return f"{where}.{key}" if where else key


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant by one that is nearly right, or None."""
    if len(word) > LONGEST_GUESS:
        return None
    letters, candidates = sorted(word.lower()), list(words)
    swapped = next((candidate for candidate in candidates if sorted(candidate) == letters), None)
    return swapped or next(iter(difflib.get_close_matches(word.lower(), candidates, 1, 0.7)), None)


def shown(node: Node) -> str:
    """Return what is in the file, as a message shows it."""
    if isinstance(node, Scalar):
        return f'"{clipped(node.text)}"' if node.text else _("nothing")
    return _("a list") if isinstance(node, Items) else _("a set of keys")


def scalar(node: Node, where: str, report: Report, expected: str, instead: str) -> Scalar | None:
    """Return the node as a value that is not empty; otherwise report that it should be `expected`."""
    if isinstance(node, Scalar):
        if node.text.strip():
            return node
        report.add(node, where, _("the value is empty"), instead)
    elif not isinstance(node, Refused):
        report.add(node, where, _("{value} is not {wanted}").format(value=shown(node), wanted=expected), instead)
    return None


class Text(Struct, frozen=True):
    """Words of at most `longest` characters, in one line unless `lines`; blanks around them do not count."""

    longest: int
    lines: bool = False

    def read(self, node: Node, where: str, report: Report) -> str | None:
        """Read a text; a number or a word such as `no` is the text that it looks like."""
        value = scalar(node, where, report, _("a text"), _("write some words"))
        if value is None:
            return None
        text = value.text.strip()
        if len(text) > self.longest:
            problem = _("the text has {count} characters").format(count=len(text))
            report.add(node, where, problem, _("write at most {limit}").format(limit=self.longest))
            return None
        if not self.lines and len(text.splitlines()) > 1:
            report.add(node, where, _("the text has more than one line"), _("write it in one line"))
            return None
        return text

    def schema(self) -> Schema:
        """Return the schema: also a number or a truth value, which an editor sees where an author means a text."""
        pattern = r"\S" if self.lines else r"^\s*\S(.*\S)?\s*$"
        return {"type": ["string", "number", "boolean"], "maxLength": self.longest, "pattern": pattern}


def table_schema(keys: Sequence[Key[object]]) -> Schema:
    """Return the JSON Schema of a mapping with these keys and no others."""
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: key.schema() for key in keys},
    }
    required = [key.name for key in keys if key.required]
    if required:
        schema["required"] = required
    return schema


def or_list(words: Sequence[str]) -> str:
    """Return words as a choice: `a, b or c`."""
    return _("{words} or {last}").format(words=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else words[0]
