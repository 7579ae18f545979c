"""What can be done to a draft without typing in its text: each a function from a draft to edits of its text.

A draft need not be a session: what is changed is the text, as little of it as can be. So comments, quotes, order and
blank lines stay wherever their step stays, also where it moves into rounds or out of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct

from timer_app.definition import format_fields
from timer_app.definition.model import StepPath
from timer_app.definition.serializer import indented, write_again, write_line
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
    """A text after an operation, and the edits that lead there, one after the other.

    `paths` are those of the steps that it was about, as they are now; None where the choice of steps stays.
    """

    text: str
    edits: tuple[TextEdit, ...]
    paths: tuple[StepPath, ...] | None = None


class StepOperations:
    """Changes drafts. `reader` is the one that reads the draft."""

    def __init__(self, reader: DraftReader) -> None:
        self._reader = reader

    def set_values(self, draft: Draft, path: StepPath, values: Mapping[str, Value | None]) -> StepResult:
        """Return the text in which a step, or the session for the empty path, has these values; None takes a key out.

        A key that takes another's place, as `reps` does that of `hold`, stands where that one stood. Raises Problem
        where the text has to be mended first.
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
        """Return the text in which one line that a step says has these values. Raises Problem as `set_values` does."""

        def change(now: Draft) -> Sequence[TextEdit]:
            lines = _spoken_lines(now, path)[1]
            node = lines.nodes[index] if isinstance(lines, Items) and index < len(lines.nodes) else None
            if not isinstance(node, Pairs):
                raise CannotPatch
            return _with_values(now.text, node, format_fields.SAY_KEYS, values)

        return self._apply(draft, change)

    def add_line(self, draft: Draft, path: StepPath, outline: Outline) -> StepResult:
        """Return the text in which a step says one line more, its last."""
        place = draft.place(path)
        if place is not None and not place.given(format_fields.SAY):
            return self.set_values(draft, path, {format_fields.SAY.name: [outline]})
        item = write_line(outline)

        def change(now: Draft) -> Sequence[TextEdit]:
            name, lines = _spoken_lines(now, path)
            return _relisted(now.text, name, lines, [*_indices(lines), item], "")

        return self._apply(draft, change)

    def remove_line(self, draft: Draft, path: StepPath, index: int) -> StepResult:
        """Return the text in which a step says one line less."""

        def change(now: Draft) -> Sequence[TextEdit]:
            name, lines = _spoken_lines(now, path)
            kept = [part for part in _indices(lines) if part != index]
            if kept:
                return _relisted(now.text, name, lines, kept, "")
            return self.set_values(now, path, {format_fields.SAY.name: None}).edits

        return self._apply(draft, change)

    def insert(self, draft: Draft, at: StepPath, items: Sequence[str]) -> StepResult:
        """Return the text with steps put in before the one at `at`, or at the end of the list that it lies in.

        `items` are the lines of each, as `write_item` and `items_of` give them.
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
        """Return the text without some steps, and the path of the step that is next to where the last one was."""

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
        """Return the text with some steps moved before the one at `at`, in the order in which they stand.

        `at` is a place as the list is before the move. Raises Problem where a step would be moved into itself.
        """
        moved = topmost(paths)
        if any(at[: len(path)] == path and len(at) > len(path) for path in moved):
            raise Problem(_("Rounds cannot be moved into themselves."))
        if all(path[:-1] == at[:-1] for path in moved):
            return self._reorder(draft, moved, at)
        return self._replace(draft, moved, _without(at, moved), self.items_of(draft, moved))

    def duplicate(self, draft: Draft, paths: Sequence[StepPath]) -> StepResult:
        """Return the text in which copies of some steps stand right after the last of them."""
        last = topmost(paths)[-1]
        return self.insert(draft, (*last[:-1], last[-1] + 1), self.items_of(draft, paths))

    def wrap(self, draft: Draft, paths: Sequence[StepPath]) -> StepResult:
        """Return the text in which some steps are done in rounds, where the first of them stood."""
        moved = topmost(paths)
        inner = "".join(indented(item, 4) for item in self.items_of(draft, moved))
        rounds = f"- {format_fields.ROUNDS.name}: {_NEW_ROUNDS}\n  {format_fields.STEPS.name}:\n{inner}"
        return self._replace(draft, moved, _without(moved[0], moved), [rounds])

    def unwrap(self, draft: Draft, path: StepPath) -> StepResult:
        """Return the text in which the steps that rounds hold stand in their place, once each."""
        place = draft.place(path)
        inner = [below.path for below in place.below] if place is not None else []
        return self._replace(draft, [path], path, self.items_of(draft, inner))

    def items_of(self, draft: Draft, paths: Sequence[StepPath]) -> list[str]:
        """Return the lines of some steps with their comments, each with its dash in the first column."""
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
        """Return the text without some steps, and with others put in before the one that is at `at` then."""
        removed = self.remove(draft, paths)
        inserted = self.insert(self._reader.read(removed.text), at, items)
        return StepResult(inserted.text, (*removed.edits, *inserted.edits), inserted.paths)

    def _reorder(self, draft: Draft, paths: Sequence[StepPath], at: StepPath) -> StepResult:
        """Return the text with steps of one list moved within it, each with what belongs to it."""
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
        """Return what a change makes of a draft; a text that it does not fit is laid out anew, if it is a session."""
        chosen = tuple(paths) if paths is not None else None
        with suppress(CannotPatch):
            return _result(draft.text, change(draft), chosen)
        if draft.session is not None:
            again = write_again(draft.session, draft.text)
            with suppress(CannotPatch):
                edits = change(self._reader.read(again))
                return _result(draft.text, [TextEdit(0, draft.text, again), *edits], chosen)
        raise Problem(
            _("This cannot be changed in the form while the file has problems."),
            _("Mend them in the text first: the list of problems leads there."),
        )


def topmost(paths: Sequence[StepPath]) -> list[StepPath]:
    """Return paths in the order of the text, each once, without those of steps within other ones among them."""
    tops: list[StepPath] = []
    for path in sorted(set(paths)):
        if not tops or path[: len(tops[-1])] != tops[-1]:
            tops.append(path)
    return tops


def _result(text: str, edits: Sequence[TextEdit], paths: tuple[StepPath, ...] | None) -> StepResult:
    """Return the result of edits, each as small as it can be."""
    return StepResult(apply_edits(text, edits), tuple(least for edit in edits if (least := edit.trimmed)), paths)


def _with_values(
    text: str, node: Pairs, keys: Sequence[Key[object]], values: Mapping[str, Value | None]
) -> list[TextEdit]:
    """Return the edits that change some keys of one of a text's mappings."""
    given = {key: value for key, value in values.items() if value is not None}
    text, edits = _ended(text)
    return edits + YamlPatcher(text).entries(node, keys, dict.fromkeys(values, ()), given)


def _relisted(text: str, name: Scalar, node: Node, parts: Sequence[Part], blank: str) -> list[TextEdit]:
    text, edits = _ended(text)
    return edits + YamlPatcher(text).relist(name, node, parts, blank)


def _ended(text: str) -> tuple[str, list[TextEdit]]:
    """Return a text whose last line has an end, as every line that is moved needs one, and the edit that gives it."""
    return (text, []) if text.endswith("\n") else (text + "\n", [TextEdit(len(text), "", "\n")])


def _list(draft: Draft, path: StepPath) -> tuple[Scalar, Node]:
    """Return a list of steps with its key. Raises CannotPatch where it stands in braces, or there is none."""
    entry = draft.list_of(path)
    owner = draft.place(path)
    mapping = owner.node if owner is not None else draft.head
    if entry is None or not isinstance(mapping, Pairs) or mapping.flow:
        raise CannotPatch
    return entry


def _spoken_lines(draft: Draft, path: StepPath) -> tuple[Scalar, Node]:
    """Return the list of what a step says, with its key. Raises CannotPatch where it is in braces, or not there."""
    place = draft.place(path)
    mapping = place.mapping if place is not None else None
    if mapping is None or mapping.flow:
        raise CannotPatch
    entry = next((entry for entry in mapping.entries if entry[0].text == format_fields.SAY.name), None)
    if entry is None:
        raise CannotPatch
    return entry


def _indices(node: Node) -> list[Part]:
    """Return all items of a list as they are."""
    return list(range(len(node.nodes))) if isinstance(node, Items) else []


def _blank(path: StepPath) -> str:
    """Return what goes between steps where nothing shows what does: a blank line in the session's own list."""
    return "\n" if len(path) == 1 else ""


def _without(at: StepPath, removed: Sequence[StepPath]) -> StepPath:
    """Return a place as it is called once some steps before it are gone."""
    place = list(at)
    for path in removed:
        level = len(path) - 1
        if path[:-1] == at[:level] and len(at) > level and path[-1] < at[level]:
            place[level] -= 1
    return tuple(place)
