"""What the tree says of a session being edited, row by row, also of steps that are wrong or unfinished. No Qt in here.

What is sound is said as everywhere in the windows. Of what is not, the words that are written stand in the same places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.definition import format_fields
from timer_app.definition.model import RestStep, Rounds, Step, StepPath, path_of
from timer_app.editing.draft_parser import Draft, StepLocation, step_of
from timer_app.editing.input_parsing import count_of, duration_of
from timer_app.exercises.model import Catalogue, Exercise
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.problems import Finding
from timer_app.schema.table_reader import Key
from timer_app.schema.yaml_tree import Node, Scalar

_LONGEST = 200
"""Characters of a written text that are looked at: a row has no room for more."""

_YES = "true"


class RowKind(StrEnum):
    """What a row stands for."""

    SESSION = "session"
    WORK = "work"
    REST = "rest"
    ROUNDS = "rounds"


class TreeRow(Struct, frozen=True):
    """One row of the tree: the session for the empty path, or a step.

    `soft` titles stand for one that is not written yet. `length` is empty where it is not known. A step is `number`,
    from 1, `among` so many in its list; `within` is what the rounds around it are called, empty outside of rounds.
    """

    path: StepPath
    sort: RowKind
    title: str
    soft: bool
    detail: str
    length: str
    problems: tuple[str, ...] = ()
    number: int = 0
    among: int = 0
    within: str = ""

    @property
    def spoken(self) -> str:
        """All that a screen reader says of it."""
        if not self.path:
            parts = [_("Session: {title}").format(title=self.title), self.detail, self.length]
        else:
            parts = [_("Step {number}: {title}").format(number=self.number, title=self.title), self.detail, self.length]
            if self.within:
                parts.append(_("in {rounds}").format(rounds=self.within))
        said = ", ".join(part for part in parts if part)
        warned = [_("Problem: {problem}").format(problem=problem) for problem in self.problems]
        return ". ".join([said, *warned])

    @property
    def moved(self) -> str:
        """What a screen reader says when it has been moved there."""
        told = _("{title}, now step {number} of {count}").format(title=self.title, number=self.number, count=self.among)
        return _("{told} in {rounds}").format(told=told, rounds=self.within) if self.within else told


class StepRowBuilder:
    """Tells drafts, one after the other. What a step says is kept for as long as neither it nor its place changes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: dict[StepPath, _CachedRows] = {}

    def rows(self, draft: Draft, lengths: Mapping[StepPath, Milliseconds]) -> list[TreeRow]:
        """Return the rows of a draft: the session, then every step before those that it holds."""
        problems: dict[StepPath, tuple[str, ...]] = {}
        for finding in draft.problems:
            path = path_of(step_of(finding))
            problems[path] = (*problems.get(path, ()), _told(finding))
        rows = [_session_row(draft, _length(lengths, ()), problems.get((), ()))]
        kept: dict[StepPath, _CachedRows] = {}

        def tell(places: Sequence[StepLocation], within: str) -> None:
            for number, place in enumerate(places, 1):
                path = place.path
                wrong = problems.get(path, ())
                told = self._told(place, None if wrong else draft.step(path))
                row = told.row_at((_length(lengths, path), wrong, number, len(places), within))
                kept[path] = told if row is told.row else replace(told, row=row)
                rows.append(row)
                if told.holds:
                    tell(tuple(place.below), row.title)

        tell(tuple(draft.tops), "")
        self._kept = kept
        return rows

    def _told(self, place: StepLocation, step: Step | None) -> _CachedRows:
        """Return what a step says; `step` is None where something is wrong with it, and what is written has to do."""
        kept = self._kept.get(place.path)
        if kept is not None and kept.node is place.node and kept.step is step:
            return kept
        if step is None:
            sort, title, detail = _written(place, self._catalogue)
        else:
            sort = (
                RowKind.REST
                if isinstance(step, RestStep)
                else RowKind.ROUNDS
                if isinstance(step, Rounds)
                else RowKind.WORK
            )
            title, detail = formatting.step_title(step, self._catalogue), formatting.step_detail(step, self._catalogue)
        row = TreeRow(place.path, sort, title or _placeholder(sort), not title, detail, "")
        return _CachedRows(place.node, step, row, bool(place.inner))


class _CachedRows(Struct, frozen=True):
    """The row of a step, and what it was told of; `holds` where there are steps in it."""

    node: Node
    step: Step | None
    row: TreeRow
    holds: bool

    def row_at(self, standing: tuple[str, tuple[str, ...], int, int, str]) -> TreeRow:
        """Return the row with its length, its problems, and where it stands in which list."""
        row = self.row
        if (row.length, row.problems, row.number, row.among, row.within) == standing:
            return row
        return TreeRow(row.path, row.sort, row.title, row.soft, row.detail, *standing)


def _session_row(draft: Draft, length: str, problems: tuple[str, ...]) -> TreeRow:
    written = draft.head.get(format_fields.NAME.name) if draft.head is not None else None
    name = _plain(written.text) if isinstance(written, Scalar) else ""
    title, detail = name or _("New session"), _("the session’s own settings")
    return TreeRow((), RowKind.SESSION, title, not name, detail, length, problems)


def _length(lengths: Mapping[StepPath, Milliseconds], path: StepPath) -> str:
    length = lengths.get(path, 0)
    return formatting.clock_time(length) if length else ""


def _written(place: StepLocation, catalogue: Catalogue) -> tuple[RowKind, str, str]:
    """Return what is written of a step that is not sound, in the words of those that are."""
    keys = place.keys
    if keys is format_fields.ROUNDS_KEYS:
        return RowKind.ROUNDS, _rounds_title(_text(place, format_fields.ROUNDS)), ", ".join(_rounds_parts(place))
    if keys is format_fields.REST_KEYS:
        name = _text(place, format_fields.REST_NAME)
        return RowKind.REST, name or _("Rest"), _brief(_text(place, format_fields.REST_LENGTH)) or _("how long?")
    if not keys:
        return RowKind.WORK, _plain(place.node.text) if isinstance(place.node, Scalar) else "", ""
    identifier = _text(place, format_fields.EXERCISE)
    known = catalogue.get(identifier)
    title = _text(place, format_fields.OWN_NAME) or (known.name if known is not None else identifier)
    return RowKind.WORK, title, ", ".join(_exercise_parts(place, known))


def _rounds_title(count: str) -> str:
    number = count_of(count, 1, 1_000)
    if number is None:
        return _("{count} rounds").format(count=count) if count else ""
    return ngettext("{count} round", "{count} rounds", number).format(count=number)


def _rounds_parts(place: StepLocation) -> Iterator[str]:
    if not place.inner:
        yield _("no steps yet")
    rest = _text(place, format_fields.ROUNDS_REST)
    if rest and duration_of(rest, zero=True) != 0:
        yield _("rest {length}").format(length=_brief(rest))
    if _text(place, format_fields.SHUFFLE) == _YES:
        yield _("in another order each time")


def _exercise_parts(place: StepLocation, known: Exercise | None) -> Iterator[str]:
    sets = _text(place, format_fields.SETS)
    several = bool(sets) and count_of(sets, 1, 1) is None
    amount = _amount(place, known, several=several)
    yield f"{sets} × {amount}" if several else amount
    held = _text(place, format_fields.LAST_REP_HOLD)
    if held:
        yield _("last one held {length}").format(length=_brief(held))
    if _text(place, format_fields.EACH_SIDE) == _YES:
        yield _("each side")
    rest = _text(place, format_fields.REST)
    if several and rest and duration_of(rest, zero=True) != 0:
        yield _("rest {length}").format(length=_brief(rest))


def _amount(place: StepLocation, known: Exercise | None, *, several: bool) -> str:
    if place.given(format_fields.HOLD):
        return _brief(_text(place, format_fields.HOLD)) or _("how long?")
    if place.given(format_fields.REPS):
        return _reps(place, known, several=several)
    if place.given(format_fields.AMRAP):
        length = _brief(_text(place, format_fields.AMRAP))
        return _("as many as you can in {length}").format(length=length) if length else _("how long?")
    return _("until you say done") if place.given(format_fields.UNTIL_DONE) else _("how long, or how many?")


def _reps(place: StepLocation, known: Exercise | None, *, several: bool) -> str:
    count = _text(place, format_fields.REPS)
    if not count:
        return _("how many?")
    pace = _brief(_text(place, format_fields.REP))
    if not pace and not place.given(format_fields.TEMPO):
        if known is None or known.tempo is None:
            return _("{count} at your own pace").format(count=count)
        pace = formatting.brief(known.tempo.rep)
    return count if several or not pace else _("{count} × {length}").format(count=count, length=pace)


def _brief(text: str) -> str:
    """Return a written length as the windows show lengths; what is none as it is written."""
    length = duration_of(text, zero=True)
    return formatting.brief(length) if length is not None else text


def _text(place: StepLocation, key: Key[object]) -> str:
    return _plain(place.text_of(key))


def _plain(text: str) -> str:
    """Return a written text fit for one line."""
    return " ".join(text[:_LONGEST].split())


def _placeholder(sort: RowKind) -> str:
    return _("New rounds") if sort is RowKind.ROUNDS else _("New exercise")


def _told(finding: Finding) -> str:
    """Return what is wrong, and what to write instead, with the key that it is about."""
    last = finding.where.rpartition(".")[2]
    key = "" if last.endswith("]") else last
    about = f"{key}: {finding.problem}" if key else finding.problem
    return f"{about}; {finding.instead}" if finding.instead else about
