"""Writing a session definition: a new text, or an author's own text with as little changed as can be.

New YAML is ruamel.yaml's; it is imported when something is first written.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from timer_app.definition.layout import CannotPatch, Pen, indented
from timer_app.definition.model import Rounds, Session, Step
from timer_app.definition.outline import Outline, Value, session_outline, step_outline
from timer_app.definition.patching import patch_text
from timer_app.definition.reading import read_document, read_nodes
from timer_app.durations import is_duration
from timer_app.files import write_atomically
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.yaml_tree import Pairs, read_tree

_BYTE_ORDER_MARK = "\ufeff"


def write_session(session: Session, original: str | None = None) -> str:
    """Return the text of a file that defines a session.

    With the `original` text of its file, whatever the session leaves unchanged stays as the author wrote it; of a text
    that is no session only the comments at its head are kept. What is returned always reads back as `session`.
    """
    if original is None:
        return _new_text(session)
    mark = _BYTE_ORDER_MARK if original.startswith(_BYTE_ORDER_MARK) else ""
    windows = "\r\n" in original
    text = original.removeprefix(mark).replace("\r\n", "\n").replace("\r", "\n")
    tree = read_tree(text, "")
    old = read_nodes(tree, "", None).session
    if old == session:
        return original
    changed = None
    if old is not None and isinstance(tree.root, Pairs):
        ended = text if text.endswith("\n") else text + "\n"
        try:
            changed = patch_text(ended, tree.root, old, session, _RuamelPen())
        except CannotPatch:
            changed = None
    if changed is None or read_document(changed, "", None).session != session:
        changed = write_again(session, text)
    return mark + (changed.replace("\n", "\r\n") if windows else changed)


def write_again(session: Session, text: str) -> str:
    """Return a session's text in lines of our own, with the comments that `text` begins with."""
    return _head(text) + _new_text(session)


def write_item(step: Step) -> str:
    """Return the lines of a step as an item of a list, its dash in the first column."""
    return _item(_RuamelPen(), step)


def new_pen() -> Pen:
    """Return a pen for YAML: what it writes reads back as it was given."""
    return _RuamelPen()


def save_text(text: str, file: Path) -> None:
    """Save a text in a session's file, all of it or not at all. Raises Problem when it cannot be written."""
    save_bytes(text.encode("utf-8"), file)


def save_bytes(content: bytes, file: Path) -> None:
    """Save what a session's file holds, all of it or not at all. Raises Problem when it cannot be written."""
    try:
        write_atomically(file, content)
    except OSError as error:
        what = _("{file} cannot be saved: {reason}.").format(file=file.name, reason=error.strerror or error)
        raise Problem(what, _("What you changed is still here: try again, or save it in another place.")) from error


def written_value(value: str) -> str:
    """Return a text as YAML writes it in one line: in quotes where it needs them."""
    return _RuamelPen().entry("name", value, flow="\n" in value).rstrip("\n").removeprefix("name: ")


def _new_text(session: Session) -> str:
    """Return a text of our own for a session: a blank line after each step of several lines."""
    pen = _RuamelPen()
    text = pen.outline(session_outline(session)) + "steps:\n"
    items = [indented(_item(pen, step), 2) for step in session.steps]
    return text + "\n".join(items) if any(item.count("\n") > 1 for item in items) else text + "".join(items)


def _item(pen: Pen, step: Step) -> str:
    return pen.item(step_outline(step), step.steps if isinstance(step, Rounds) else (), 0)


def _head(text: str) -> str:
    """Return the comments that a text begins with."""
    lines = text.splitlines(keepends=True)
    end = next((index for index, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = "".join(lines[:end])
    return head if head.endswith("\n") or not head else head + "\n"


class _RuamelPen:
    """Writes new YAML with ruamel.yaml."""

    def __init__(self) -> None:
        from ruamel.yaml import YAML  # noqa: PLC0415 - slow to import, and needed only to write

        self._yaml = YAML()
        self._yaml.width = 1_000_000
        self._yaml.indent(mapping=2, sequence=4, offset=2)

    def outline(self, outline: Outline, *, flow: bool = False) -> str:
        """Return the lines of keys and values."""
        out = io.StringIO()
        self._yaml.dump(_styled(outline, flow=flow), out)
        return out.getvalue()

    def entry(self, key: str, value: Value, *, flow: bool) -> str:
        """Return `key: value`: with `flow` in one line as it can stand in braces, else with its line's end."""
        text = self.outline({key: value}, flow=flow)
        return text.rstrip("\n").removeprefix("{").removesuffix("}") if flow else text

    def item(self, outline: Outline, steps: Sequence[Step], indent: int) -> str:
        """Return the lines of an item of a list, its dash indented by `indent`; with the steps that it holds."""
        flow = not steps and set(outline) == {"at", "line"}
        text = self.outline(outline, flow=flow)
        if steps:
            inner = (self.item(step_outline(step), step.steps if isinstance(step, Rounds) else (), 2) for step in steps)
            text += "steps:\n" + "".join(inner)
        first, *others = text.splitlines(keepends=True)
        lines = [" " * indent + "- " + first, *(" " * (indent + 2) + line if line.strip() else line for line in others)]
        return "".join(lines)


def _styled(value: Value, *, flow: bool) -> Any:  # noqa: ANN401 - ruamel.yaml's own containers
    """Return a value as ruamel.yaml writes it: lists of words in brackets, texts of several lines as blocks."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415 - see above
    from ruamel.yaml.scalarstring import LiteralScalarString, SingleQuotedScalarString  # noqa: PLC0415 - see above

    if isinstance(value, Mapping):
        mapping = CommentedMap(
            {key: _styled(inner, flow=flow or isinstance(inner, Mapping)) for key, inner in value.items()}
        )
        if flow:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, str):
        if "\n" in value and not flow:
            return LiteralScalarString(value)
        # In braces, the parser that reads this later trips over these two, where ruamel.yaml's own does not.
        unclear = flow and not {"?", ":"}.isdisjoint(value) and not is_duration(value.removeprefix("-"))
        return SingleQuotedScalarString(value) if unclear else value
    if isinstance(value, Sequence):
        words = any(isinstance(inner, str) for inner in value)
        items = CommentedSeq([_styled(inner, flow=True) for inner in value])
        if flow or words:
            items.fa.set_flow_style()
        return items
    return value
