"""Write a session definition: a whole text, or lines of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from timer_app.atomic_write import write_atomically
from timer_app.definition.model import Rounds, Session, Step
from timer_app.definition.to_mapping import Outline, Value, session_outline, step_outline
from timer_app.durations import is_duration
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.schema.yaml_tree import written_scalar

# Blank lines with something in them, and newlines that no editor counts as such.
_UNFIT_FOR_A_BLOCK = re.compile("^\\s+$|[\x85\u2028\u2029]", re.MULTILINE)


def write_session(session: Session) -> str:
    """Return the text of a file that defines a session, with a blank line after each step of several lines."""
    text = "".join(entry(key, value) for key, value in session_outline(session).items()) + "steps:\n"
    items = [indented(write_item(step), 2) for step in session.steps]
    return text + ("\n" if any(item.count("\n") > 1 for item in items) else "").join(items)


def reformat(session: Session, text: str) -> str:
    """Return a session's text in the standard layout, with the comments that `text` begins with."""
    head = re.match(r"(?:#.*(?:\n|\Z))*", text)
    comments = head.group() if head is not None else ""
    return comments + ("\n" if comments and not comments.endswith("\n") else "") + write_session(session)


def write_item(step: Step) -> str:
    """Return the lines of a step as an item of a list, its dash in the first column."""
    text = "".join(entry(key, value) for key, value in step_outline(step).items())
    if isinstance(step, Rounds):
        text += "steps:\n" + "".join(indented(write_item(inner), 2) for inner in step.steps)
    return "- " + indented(text, 2).removeprefix("  ")


def write_line(outline: Outline) -> str:
    """Return a spoken line as an item of a list, its dash in the first column."""
    return f"- {_in_braces(outline)}\n"


def entry(key: str, value: Value) -> str:
    """Return `key: value` in lines of its own: lists of words in brackets, texts of several lines as blocks."""
    if isinstance(value, str):
        several = "\n" in value and value == value.strip() and not _UNFIT_FOR_A_BLOCK.search(value)
        return f"{key}: " + (f"|-\n{indented(value, 2)}" if several else written_scalar(value, flow=False)) + "\n"
    if isinstance(value, Sequence) and any(isinstance(item, Mapping) for item in value):
        return f"{key}:\n" + "".join(f"  - {_in_braces(item)}\n" for item in value)
    return f"{key}: {_in_braces(value)}\n"


def entry_in_braces(key: str, value: Value) -> str:
    """Return `key: value` in one line, as it can stand in braces."""
    return f"{key}: {_in_braces(value)}"


def written_value(value: str) -> str:
    """Return a text as YAML writes it in one line: in quotes where it needs them."""
    return written_scalar(value, flow=False)


def indented(lines: str, indent: int) -> str:
    """Indent all but blank lines by `indent` blanks; a negative number removes as many."""
    if indent < 0:
        return re.sub(rf"^ {{1,{-indent}}}", "", lines, flags=re.MULTILINE)
    return re.sub(r"^(?=.*\S)", " " * indent, lines, flags=re.MULTILINE)


def save_text(text: str, file: Path) -> None:
    """Write a text to a session's file atomically. Raises Problem if it cannot be written."""
    save_bytes(text.encode("utf-8"), file)


def save_bytes(content: bytes, file: Path) -> None:
    """Write bytes to a session's file atomically. Raises Problem if it cannot be written."""
    try:
        write_atomically(file, content)
    except OSError as error:
        what = _("{file} cannot be saved: {reason}.").format(file=file.name, reason=error.strerror or error)
        raise Problem(what, _("What you changed is still here: try again, or save it in another place.")) from error


def _in_braces(value: Value) -> str:
    """Return a value in one line, as it can stand in braces."""
    if isinstance(value, str):
        # A length such as 1:30 is the one text with a colon that needs no quotes there.
        return value if is_duration(value.removeprefix("-")) else written_scalar(value, flow=True)
    if isinstance(value, Mapping):
        return f"{{{', '.join(entry_in_braces(*pair) for pair in value.items())}}}"
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_in_braces, value))}]"
    return str(value).lower()
