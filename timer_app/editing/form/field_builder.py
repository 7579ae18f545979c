"""Build the fields of a form, each with its text and its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from timer_app.definition import format_fields
from timer_app.definition.model import StepPath, where
from timer_app.editing.draft_parser import Draft, StepLocation
from timer_app.editing.form.model import MOST, Control, Field, FormKind, FormLine, Group, Option, Stray, covers
from timer_app.editing.input_parsing import count_of
from timer_app.editing.raw_values import Written
from timer_app.exercises import tempo_field
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.problems import Finding
from timer_app.schema.table_reader import Key
from timer_app.schema.value_types import Duration, WholeNumber

_KINDS: Mapping[tuple[Key[object], ...], FormKind] = {
    format_fields.EXERCISE_KEYS: FormKind.EXERCISE,
    format_fields.REST_KEYS: FormKind.REST,
    format_fields.ROUNDS_KEYS: FormKind.ROUNDS,
}


def sentence(finding: Finding) -> str:
    """Return a finding as one or two sentences: the problem, and what to write instead."""
    parts = [f"{part[:1].upper()}{part[1:]}" for part in (finding.problem, finding.instead) if part]
    return " ".join(part if part.endswith("?") else f"{part}." for part in parts)


class FieldBuilder:
    """Builds the fields of one form. Each problem goes to one field; those left belong to the form."""

    def __init__(self, draft: Draft, path: StepPath, place: StepLocation | None, catalogue: Catalogue) -> None:
        self.draft = draft
        self.path = path
        self.kind = _KINDS[place.keys] if place is not None else FormKind.SESSION
        keys = place.keys if place is not None else format_fields.SESSION_KEYS
        self.place = place
        node, offset = (place.node, place.offset) if place is not None else (draft.head, 0)
        self.written = Written(node, keys, draft.text, offset)
        self._inside = len(where(path)) + bool(path)
        self._findings = list(draft.findings_of(path))
        self.exercise = catalogue.get(self.text(format_fields.EXERCISE)) if self.kind is FormKind.EXERCISE else None
        self._shown: set[str] = {format_fields.STEPS.name, format_fields.FORMAT_KEY.name}

    @property
    def problems(self) -> tuple[str, ...]:
        """The problems of no field, once all fields are built."""
        return tuple(sentence(finding) for finding in self._findings)

    @property
    def mark(self) -> tuple[int, int]:
        """The line and column at which the step begins."""
        return (self.place.first_line, self.place.node.column) if self.place is not None else (1, 1)

    def text(self, key: Key[object]) -> str:
        """Return the text of a key's value."""
        return self.written.text(key.name)

    def given(self, key: Key[object]) -> bool:
        """Return whether a key is written."""
        return self.written.given(key.name)

    def pop_problems(self, name: str) -> tuple[str, ...]:
        """Remove and return the problems of a field, as sentences."""
        return self._pop(lambda finding: covers(name, finding.where[self._inside :]))

    def pop_exact_problems(self, key: Key[object]) -> tuple[str, ...]:
        """Remove and return the problems of a key's value as a whole, without those of its parts."""
        return self._pop(lambda finding: finding.where[self._inside :] == key.name)

    def _pop(self, matches: Callable[[Finding], bool]) -> tuple[str, ...]:
        popped = [finding for finding in self._findings if matches(finding)]
        self._findings = [finding for finding in self._findings if finding not in popped]
        return tuple(sentence(finding) for finding in popped)

    def mark_shown(self, key: Key[object]) -> None:
        """Mark a key as shown, so that it is no stray."""
        self._shown.add(key.name)

    def field(
        self,
        key: Key[object],
        group: Group,
        label: str,
        hint: str,
        control: Control | None = None,
        *,
        default: str = "",
        usual: int | None = None,
        options: tuple[Option, ...] = (),
        required: bool = False,
    ) -> Field:
        """Return the field of a key, with its text and its problems."""
        self._shown.add(key.name)
        problems = self.pop_problems(key.name)
        chosen = control or control_of(key)
        text = self.text(key)
        return Field(
            key.name,
            chosen,
            group,
            label,
            hint,
            text,
            self.given(key),
            problems,
            default,
            usual,
            options,
            required or key.required,
        )

    def pause(self, key: Key[object], label: str, hint: str) -> Field:
        """Return the field of a rest between sets or rounds."""
        return self.field(key, Group.AMOUNT, label, hint, default=_("none"), usual=0)

    def lines(self) -> Iterator[FormLine]:
        """Yield the spoken lines."""
        name = format_fields.SAY.name
        items = self.written.items(name)
        if items is None:
            return
        self._shown.add(name)
        for index, raw in enumerate(items):
            item = self.written.item(name, index, format_fields.SAY_KEYS)
            at = self.pop_problems(f"{name}[{index}].{format_fields.AT.name}")
            words = self.pop_problems(f"{name}[{index}].{format_fields.LINE.name}")
            item_problems = self.pop_problems(f"{name}[{index}]")
            if item is None:
                yield FormLine(index, "", "", words_problems=item_problems, raw=raw)
            else:
                yield FormLine(
                    index,
                    item.text(format_fields.AT.name),
                    item.text(format_fields.LINE.name),
                    at,
                    (*words, *item_problems),
                )

    def strays(self, *, says: bool) -> Iterator[Stray]:
        """Yield the keys that have no field. Call it after all fields and, with `says`, after `lines`."""
        for name in self.written.names:
            if name in self._shown:
                continue
            yield Stray(name, self.written.text(name), (*self._pop_key_problems(name), *self.pop_problems(name)))
        if format_fields.TEMPO.name in self._shown and says:
            phases = self.written.within(format_fields.TEMPO.name, tempo_field.TEMPO_KEYS)
            names = {key.name for key in tempo_field.TEMPO_KEYS}
            for name in phases.names:
                if name not in names:
                    yield Stray(f"{format_fields.TEMPO.name}.{name}", phases.text(name))

    def _pop_key_problems(self, name: str) -> tuple[str, ...]:
        """Remove and return the problems of a key itself, which have the key's line and column."""
        line, column = self.written.position(name)
        if self.place is not None:
            line += self.place.line
        return self._pop(lambda finding: (finding.line, finding.column) == (line, column))


def control_of(key: Key[object]) -> Control:
    """Return the control for a key's value type."""
    if isinstance(key.kind, Duration):
        return Control.PAUSE if key.kind.zero else Control.LENGTH
    return Control.COUNT if isinstance(key.kind, WholeNumber) else Control.FLAG


def more_than_one(text: str) -> bool:
    """Return whether a text is a count above 1."""
    return (count_of(text, 1, MOST) or 0) > 1
