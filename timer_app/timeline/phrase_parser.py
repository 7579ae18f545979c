"""Parse phrase files, `assets/phrases/LANGUAGE.yaml`, strictly into `Phrases`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import TypeVar

from timer_app import paths
from timer_app.atomic_write import read_whole
from timer_app.definition.model import Side
from timer_app.i18n import _
from timer_app.problems import Finding, UnreadableFile
from timer_app.schema.yaml_tree import Items, Node, Pairs, Refused, Scalar, read_tree
from timer_app.timeline.phrases import SLOTS, Counted, Noun, Phrase, Phrases, SideForms

FALL_BACK = "en"
LEAST_NUMBERS = 20
"""A phrase file has the words for the numbers from 1 to this at least."""

_T = TypeVar("_T")
_NUMBER = frozenset({"number"})
_SIDE_KEYS = ("on", "to", "side")


def load_phrases(language: str, folder: Path | None = None) -> Phrases:
    """Return the phrases for a BCP 47 tag: its own file, its language's (`de` for `de-AT`), or else the English ones.

    Raises UnreadableFile when the file has findings, and OSError when it cannot be read.
    """
    folder = paths.assets() / "phrases" if folder is None else folder
    # The tag is compared with existing names, so that no tag can lead out of the folder.
    files = {file.stem.lower(): file for file in sorted(folder.glob("*.yaml"))}
    tag = language.lower().replace("_", "-")
    file = files.get(tag) or files.get(tag.partition("-")[0]) or files[FALL_BACK]
    return read_phrases(read_whole(file), file.name)


def spoken_languages() -> tuple[str, ...]:
    """Return the tags of the languages that there are phrases for."""
    return tuple(sorted(file.stem for file in (paths.assets() / "phrases").glob("*.yaml")))


def read_phrases(content: bytes | str, file: str) -> Phrases:
    """Read the text of a phrase file; `file` is its name in messages. Raises UnreadableFile with every finding."""
    tree = read_tree(content, file)
    reader = _Reader(file)
    reader.findings += tree.findings
    phrases = reader.phrases(tree.root) if tree.root is not None else None
    if phrases is None or reader.findings:
        raise UnreadableFile(reader.findings)
    return phrases


class _Reader:
    """Reads the nodes of one file and collects its findings."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.findings: list[Finding] = []

    def phrases(self, root: Node) -> Phrases | None:
        """Return the phrases, or None where something is missing; then there is a finding."""
        fields = self._table(root, "", ("language", "numbers", *Noun, "sides", "phrases"))
        language = self._read(fields, "language", "", self._text)
        numbers = self._read(fields, "numbers", "", self._numbers)
        nouns = {noun: self._read(fields, noun, "", self._counted) for noun in Noun}
        sides = self._read(fields, "sides", "", self._sides)
        templates = self._read(fields, "phrases", "", self._templates)
        if language is None or numbers is None or sides is None or templates is None:
            return None
        counted = {noun: forms for noun, forms in nouns.items() if forms is not None}
        return Phrases(language, numbers, counted, sides, templates) if len(counted) == len(Noun) else None

    def _table(self, node: Node, where: str, keys: tuple[str, ...]) -> Mapping[str, Node]:
        """Return the values of a table that must have exactly these keys."""
        if not isinstance(node, Pairs):
            self._report(node, where, _("this is not a table of keys"), _('write "key: value" lines'))
            return {}
        for name, _value in node.entries:
            if name.text not in keys:
                problem = _('"{key}" is not a key here').format(key=name.text)
                self._report(name, where, problem, _("use one of {keys}").format(keys=", ".join(keys)))
        given = {name.text: value for name, value in node.entries}
        for key in keys:
            if key not in given:
                self._report(node, where, _('"{key}" is missing').format(key=key), _("add it"))
        return {key: given[key] for key in keys if key in given}

    def _read(
        self, fields: Mapping[str, Node], key: str, where: str, reading: Callable[[Node, str], _T | None]
    ) -> _T | None:
        return reading(fields[key], f"{where}.{key}".lstrip(".")) if key in fields else None

    def _text(self, node: Node, where: str) -> str | None:
        if isinstance(node, Scalar) and node.text.strip():
            return node.text.strip()
        self._report(node, where, _("this is not a text"), _("write what the voice shall say"))
        return None

    def _numbers(self, node: Node, where: str) -> tuple[str, ...] | None:
        words = [self._text(word, where) for word in self._list(node, where)]
        if len(words) < LEAST_NUMBERS:
            self._report(node, where, _("there are too few numbers"), _("write 1 to {n}").format(n=LEAST_NUMBERS))
        return tuple(word for word in words if word is not None)

    def _list(self, node: Node, where: str) -> tuple[Node, ...]:
        if isinstance(node, Items) and node.nodes:
            return node.nodes
        self._report(node, where, _("this is not a list"), _('write "[one, two]"'))
        return ()

    def _counted(self, node: Node, where: str) -> Counted | None:
        exact: dict[int, str] = {}
        other: str | None = None
        for name, value in node.entries if isinstance(node, Pairs) else ():
            template = self._template(value, f"{where}.{name.text}", _NUMBER)
            if name.text == "other":
                other = template
            elif not name.text.isascii() or not name.text.isdecimal():
                self._report(name, where, _("a form is for a number, or for all others"), _('write "1" or "other"'))
            elif template is not None:
                exact[int(name.text[:9])] = template
        if not isinstance(node, Pairs) or node.get("other") is None:
            self._report(node, where, _('"{key}" is missing').format(key="other"), _("add it"))
        return Counted(exact, other) if other is not None else None

    def _sides(self, node: Node, where: str) -> Mapping[Side, SideForms] | None:
        fields = self._table(node, where, tuple(Side))
        sides = {side: self._read(fields, side, where, self._side_forms) for side in Side}
        forms_by_side = {side: forms for side, forms in sides.items() if forms is not None}
        return forms_by_side if len(forms_by_side) == len(Side) else None

    def _side_forms(self, node: Node, where: str) -> SideForms | None:
        fields = self._table(node, where, _SIDE_KEYS)
        on, to, side = (self._read(fields, key, where, self._text) for key in _SIDE_KEYS)
        return SideForms(on, to, side) if on is not None and to is not None and side is not None else None

    def _templates(self, node: Node, where: str) -> Mapping[Phrase, tuple[str, ...]]:
        fields = self._table(node, where, tuple(Phrase))
        return {
            phrase: tuple(self._variants(fields[phrase], f"{where}.{phrase}", SLOTS[phrase]))
            for phrase in Phrase
            if phrase in fields
        }

    def _variants(self, node: Node, where: str, slots: frozenset[str]) -> Iterator[str]:
        for variant in (node,) if isinstance(node, Scalar) else self._list(node, where):
            template = self._template(variant, where, slots)
            if template is not None:
                yield template

    def _template(self, node: Node, where: str, slots: frozenset[str]) -> str | None:
        """Return a text whose slots are all known."""
        text = self._text(node, where)
        if text is None:
            return None
        try:
            parts = list(Formatter().parse(text))
        except ValueError:
            self._report(node, where, _("a brace is opened and not closed, or the other way round"), _("pair them"))
            return None
        for _literal, slot, spec, conversion in parts:
            if slot is not None and (slot not in slots or spec or conversion):
                problem = _("there is no slot {slot} here").format(slot="{" + slot + "}")
                names = ", ".join("{" + name + "}" for name in sorted(slots)) or _("none")
                self._report(node, where, problem, _("the slots are: {slots}").format(slots=names))
        return text

    def _report(self, node: Node, where: str, problem: str, instead: str) -> None:
        """Add a finding, unless the tree has reported the node already."""
        if not isinstance(node, Refused):
            self.findings.append(Finding(self._file, node.line, node.column, where, problem, instead))
