"""Read steps from pasted text, from here or from anywhere."""

from __future__ import annotations

from timer_app.definition import format_fields
from timer_app.definition.serializer import indented
from timer_app.definition.yaml_patcher import CannotPatch, YamlPatcher
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.schema.yaml_tree import Items, Node, Pairs, read_tree

_STEP_KEYS = frozenset(
    key.name for key in (*format_fields.EXERCISE_KEYS, *format_fields.REST_KEYS, *format_fields.ROUNDS_KEYS)
)


def steps_in(text: str) -> list[str]:
    """Return the lines of each step in a text, its dash in the first column.

    The text is a list of steps, a single step or a whole session. Raises Problem if there are no steps.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"
    lines = indented(plain, -min((len(line) - len(line.lstrip(" ")) for line in plain.split("\n") if line), default=0))
    root = read_tree(lines, "").root
    held = root
    if isinstance(root, Pairs) and root.get(format_fields.ROUNDS.name) is None:
        held = root.get(format_fields.STEPS.name) or root
    try:
        if isinstance(held, Items) and all(_is_step(node) for node in held.nodes):
            layout = YamlPatcher(lines)
            return [layout.item_text(held, index) for index in range(len(held.nodes))]
        if held is root and root is not None and _is_step(root):
            return ["- " + indented(lines, 2).removeprefix("  ")]
    except CannotPatch:
        pass
    raise Problem(
        _("What was copied last are no steps of a session."),
        _("Copy steps here, or lines such as “- exercise: plank” and “hold: 30s”, and paste again."),
    )


def _is_step(node: Node) -> bool:
    """Return whether a node has a key that only steps have."""
    return isinstance(node, Pairs) and any(name.text in _STEP_KEYS for name, _value in node.entries)
