"""Edit the steps of a draft: each operation returns the edits of its text.

A draft need not be a valid session. As little of the text as possible is changed, so comments, quotes, order and blank
lines stay with their step, also when it moves into rounds or out of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from timer_app.definition import format_fields
from timer_app.definition.model import StepPath
from timer_app.definition.serializer import indented, reformat, write_line
from timer_app.definition.text_edit import TextEdit, apply_edits
from timer_app.definition.to_mapping import Outline, Value
from timer_app.definition.yaml_patcher import CannotPatch, Part, YamlPatcher
from timer_app.editing.draft_parser import Draft, DraftReader
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.schema.table_reader import Key
from timer_app.schema.yaml_tree import Items, Node, Pairs, Scalar

_NEW_ROUNDS = 3


class StepResult(Struct, frozen=True):
    """The text after an operation, and the edits that lead there, to be applied one after the other.

    `paths` are the steps to select; None keeps the selection.
    """

    text: str
    edits: tuple[TextEdit, ...]
    paths: tuple[StepPath, ...] | None = None


class StepOperations:
    """Edits drafts. `reader` is the one that read them."""

    def __init__(self, reader: DraftReader) -> None:
        self._reader = reader

    def set_values(self, draft: Draft, path: StepPath, values: Mapping[str, Value | None]) -> StepResult:
        """Set values of a step, or of the session for the empty path; None removes a key.

        A key that replaces another, as `reps` does `hold`, takes its place in the text. Raises Problem if the text has
        to be corrected first.
        """

        def change(now: Draft) -> Sequence[TextEdit]:
            place = now.place(path)
            node = place.mapping if place is not None else now.head if not path else None
            if node is None:
                raise CannotPatch
            keys = place.keys if place is not None else format_fields.SESSION_KEYS
            return _with_values(now.text, node, keys, values)

        return self._apply(draft, change)

    def set_line(self, draft: Draft, path: StepPath, index: int, values: Mapping[str, Value | None]) -> StepResult:
        """Set values of a spoken line of a step. Raises Problem as `set_values` does."""

        def change(now: Draft) -> Sequence[TextEdit]:
            lines = _spoken_lines(now, path)[1]
            node = lines.nodes[index] if isinstance(lines, Items) and index < len(lines.nodes) else None
            if not isinstance(node, Pairs):
                raise CannotPatch
            return _with_values(now.text, node, format_fields.SAY_KEYS, values)

        return self._apply(draft, change)

    def add_line(self, draft: Draft, path: StepPath, outline: Outline) -> StepResult:
        """Append a spoken line to a step."""
        place = draft.place(path)
        if place is not None and not place.given(format_fields.SAY):
            return self.set_values(draft, path, {format_fields.SAY.name: [outline]})
        item = write_line(outline)

        def change(now: Draft) -> Sequence[TextEdit]:
            name, lines = _spoken_lines(now, path)
            return _relisted(now.text, name, lines, [*_indices(lines), item], "")

        return self._apply(draft, change)

    def remove_line(self, draft: Draft, path: StepPath, index: int) -> StepResult:
        """Remove a spoken line from a step."""

        def change(now: Draft) -> Sequence[TextEdit]:
            name, lines = _spoken_lines(now, path)
            kept = [part for part in _indices(lines) if part != index]
            if kept:
                return _relisted(now.text, name, lines, kept, "")
            return self.set_values(now, path, {format_fields.SAY.name: None}).edits

        return self._apply(draft, change)

    def insert(self, draft: Draft, at: StepPath, items: Sequence[str]) -> StepResult:
        """Insert steps before the one at `at`, or at the end of its list.

        `items` are the lines of each, as `write_item` and `items_of` return them.
        """

        def change(now: Draft) -> Sequence[TextEdit]:
            if len(at) == 1 and now.head is not None and not now.head.flow and now.list_of(()) is None:
                lines = "\n".join(indented(item, 2) for item in items)
                text, edits = _ended(now.text)
                return [*edits, TextEdit(len(text), "", f"{format_fields.STEPS.name}:\n{lines}")]
            edits = []
            if at[:-1] and now.list_of(at[:-1]) is None:
                result = self.set_values(now, at[:-1], {format_fields.STEPS.name: []})
                now, edits = self._reader.read(result.text), list(result.edits)
            name, node = _list(now, at[:-1])
            parts = _indices(node)
            parts[at[-1] : at[-1]] = items
            return [*edits, *_relisted(now.text, name, node, parts, _blank(at))]

        return self._apply(draft, change, [(*at[:-1], at[-1] + number) for number in range(len(items))])

    def remove(self, draft: Draft, paths: Sequence[StepPath]) -> StepResult:
        """Remove steps, and select the one next to the first of them."""

        def change(now: Draft) -> Sequence[TextEdit]:
            edits: list[TextEdit] = []
            for path in reversed(topmost(paths)):
                name, node = _list(now, path[:-1])
                kept = [part for part in _indices(node) if part != path[-1]]
                removal = _relisted(now.text, name, node, kept, _blank(path))
                now = self._reader.read(apply_edits(now.text, removal))
                edits += removal
            return edits

        result = self._apply(draft, change)
        first = topmost(paths)[0]
        after = self._reader.read(result.text)
        candidates = (first, (*first[:-1], first[-1] - 1), first[:-1])
        chosen = tuple(path for path in candidates if after.place(path) is not None)[:1]
        return StepResult(result.text, result.edits, chosen)

    def move(self, draft: Draft, paths: Sequence[StepPath], at: StepPath) -> StepResult:
        """Move steps before the one at `at`, in the order in which they stand.

        `at` is a path before the move. Raises Problem if a step would be moved into itself.
        """
        moved = topmost(paths)
        if any(at[: len(path)] == path and len(at) > len(path) for path in moved):
            raise Problem(_("Rounds cannot be moved into themselves."))
        if all(path[:-1] == at[:-1] for path in moved):
            return self._reorder(draft, moved, at)
        return self._replace(draft, moved, _without(at, moved), self.items_of(draft, moved))

    def duplicate(self, draft: Draft, paths: Sequence[StepPath]) -> StepResult:
        """Insert copies of steps after the last of them."""
        last = topmost(paths)[-1]
        return self.insert(draft, (*last[:-1], last[-1] + 1), self.items_of(draft, paths))

    def wrap(self, draft: Draft, paths: Sequence[StepPath]) -> StepResult:
        """Group steps into rounds, in the place of the first of them."""
        moved = topmost(paths)
        inner = "".join(indented(item, 4) for item in self.items_of(draft, moved))
        rounds = f"- {format_fields.ROUNDS.name}: {_NEW_ROUNDS}\n  {format_fields.STEPS.name}:\n{inner}"
        return self._replace(draft, moved, _without(moved[0], moved), [rounds])

    def unwrap(self, draft: Draft, path: StepPath) -> StepResult:
        """Replace rounds by the steps in them."""
        place = draft.place(path)
        inner = [below.path for below in place.below] if place is not None else []
        return self._replace(draft, [path], path, self.items_of(draft, inner))

    def items_of(self, draft: Draft, paths: Sequence[StepPath]) -> list[str]:
        """Return the lines of steps with their comments, each with its dash in the first column."""
        items: list[str] = []

        def collect(now: Draft) -> Sequence[TextEdit]:
            for path in topmost(paths):
                node = _list(now, path[:-1])[1]
                if not isinstance(node, Items) or path[-1] >= len(node.nodes):
                    raise CannotPatch
                items.append(YamlPatcher(_ended(now.text)[0]).item_text(node, path[-1]))
            return ()

        self._apply(draft, collect)
        return items

    def _replace(self, draft: Draft, paths: Sequence[StepPath], at: StepPath, items: Sequence[str]) -> StepResult:
        """Remove steps, and insert others before the one that is at `at` afterwards."""
        removed = self.remove(draft, paths)
        inserted = self.insert(self._reader.read(removed.text), at, items)
        return StepResult(inserted.text, (*removed.edits, *inserted.edits), inserted.paths)

    def _reorder(self, draft: Draft, paths: Sequence[StepPath], at: StepPath) -> StepResult:
        """Move steps within their list."""
        moved = [path[-1] for path in paths]
        place = at[-1] - sum(index < at[-1] for index in moved)

        def change(now: Draft) -> Sequence[TextEdit]:
            name, node = _list(now, at[:-1])
            parts = [part for part in _indices(node) if part not in moved]
            parts[place:place] = moved
            return _relisted(now.text, name, node, parts, _blank(at))

        return self._apply(draft, change, [(*at[:-1], place + number) for number in range(len(moved))])

    def _apply(
        self,
        draft: Draft,
        change: Callable[[Draft], Sequence[TextEdit]],
        paths: Sequence[StepPath] | None = None,
    ) -> StepResult:
        """Apply a change to a draft; if its layout does not allow that, reformat it first if it is a valid session."""
        chosen = tuple(paths) if paths is not None else None
        with suppress(CannotPatch):
            return _result(draft.text, change(draft), chosen)
        if draft.session is not None:
            again = reformat(draft.session, draft.text)
            with suppress(CannotPatch):
                edits = change(self._reader.read(again))
                return _result(draft.text, [TextEdit(0, draft.text, again), *edits], chosen)
        raise Problem(
            _("This cannot be changed in the form while the file has problems."),
            _("Mend them in the text first: the list of problems leads there."),
        )


def topmost(paths: Sequence[StepPath]) -> list[StepPath]:
    """Return paths sorted, without duplicates and without steps inside others of them."""
    tops: list[StepPath] = []
    for path in sorted(set(paths)):
        if not tops or path[: len(tops[-1])] != tops[-1]:
            tops.append(path)
    return tops


def _result(text: str, edits: Sequence[TextEdit], paths: tuple[StepPath, ...] | None) -> StepResult:
    """Return the result of edits, each trimmed."""
    return StepResult(apply_edits(text, edits), tuple(least for edit in edits if (least := edit.trimmed)), paths)


def _with_values(
    text: str, node: Pairs, keys: Sequence[Key[object]], values: Mapping[str, Value | None]
) -> list[TextEdit]:
    """Return the edits that change keys of a mapping."""
    given = {key: value for key, value in values.items() if value is not None}
    text, edits = _ended(text)
    return edits + YamlPatcher(text).entries(node, keys, dict.fromkeys(values, ()), given)


def _relisted(text: str, name: Scalar, node: Node, parts: Sequence[Part], blank: str) -> list[TextEdit]:
    text, edits = _ended(text)
    return edits + YamlPatcher(text).relist(name, node, parts, blank)


def _ended(text: str) -> tuple[str, list[TextEdit]]:
    """Return the text ending with a line end, and the edits that add it: lines that move need one."""
    return (text, []) if text.endswith("\n") else (text + "\n", [TextEdit(len(text), "", "\n")])


def _list(draft: Draft, path: StepPath) -> tuple[Scalar, Node]:
    """Return a list of steps with its key. Raises CannotPatch if it is in braces or missing."""
    entry = draft.list_of(path)
    owner = draft.place(path)
    mapping = owner.node if owner is not None else draft.head
    if entry is None or not isinstance(mapping, Pairs) or mapping.flow:
        raise CannotPatch
    return entry


def _spoken_lines(draft: Draft, path: StepPath) -> tuple[Scalar, Node]:
    """Return the list of a step's spoken lines with its key. Raises CannotPatch if it is in braces or missing."""
    place = draft.place(path)
    mapping = place.mapping if place is not None else None
    if mapping is None or mapping.flow:
        raise CannotPatch
    entry = next((entry for entry in mapping.entries if entry[0].text == format_fields.SAY.name), None)
    if entry is None:
        raise CannotPatch
    return entry


def _indices(node: Node) -> list[Part]:
    """Return the indices of all items of a list."""
    return list(range(len(node.nodes))) if isinstance(node, Items) else []


def _blank(path: StepPath) -> str:
    """Return the separator of steps where the list shows none: a blank line in the session's own list."""
    return "\n" if len(path) == 1 else ""


def _without(at: StepPath, removed: Sequence[StepPath]) -> StepPath:
    """Return a path as it is after some steps are removed."""
    place = list(at)
    for path in removed:
        level = len(path) - 1
        if path[:-1] == at[:level] and len(at) > level and path[-1] < at[level]:
            place[level] -= 1
    return tuple(place)
