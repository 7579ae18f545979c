"""Build the rows of the step tree from a draft, including steps that are invalid or unfinished.

Valid steps are formatted as elsewhere; for the others the written text is used.
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
"""The most characters used of a written text: a row has no room for more."""

_YES = "true"


class RowKind(StrEnum):
    """The kind of a row."""

    SESSION = "session"
    WORK = "work"
    REST = "rest"
    ROUNDS = "rounds"


class TreeRow(Struct, frozen=True):
    """One row of the tree: a step, or the session for the empty path.

    `is_placeholder` marks the title of a step without one. `length` is empty where it is unknown. A step has `number`,
    from 1, of `count` in its list; `rounds` is the title of the rounds around it, empty outside of rounds.
    """

    path: StepPath
    kind: RowKind
    title: str
    is_placeholder: bool
    detail: str
    length: str
    problems: tuple[str, ...] = ()
    number: int = 0
    count: int = 0
    rounds: str = ""

    @property
    def spoken(self) -> str:
        """The text for a screen reader."""
        if not self.path:
            parts = [_("Session: {title}").format(title=self.title), self.detail, self.length]
        else:
            parts = [_("Step {number}: {title}").format(number=self.number, title=self.title), self.detail, self.length]
            if self.rounds:
                parts.append(_("in {rounds}").format(rounds=self.rounds))
        text = ", ".join(part for part in parts if part)
        warned = [_("Problem: {problem}").format(problem=problem) for problem in self.problems]
        return ". ".join([text, *warned])

    @property
    def moved(self) -> str:
        """The announcement for a screen reader after a move."""
        text = _("{title}, now step {number} of {count}").format(title=self.title, number=self.number, count=self.count)
        return _("{told} in {rounds}").format(told=text, rounds=self.rounds) if self.rounds else text


class StepRowBuilder:
    """Build the rows of one draft after another, cached while neither a step nor its path changes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._cache: dict[StepPath, _CachedRows] = {}

    def rows(self, draft: Draft, lengths: Mapping[StepPath, Milliseconds]) -> list[TreeRow]:
        """Return the rows of a draft: the session, then every step before its inner steps."""
        problems: dict[StepPath, tuple[str, ...]] = {}
        for finding in draft.problems:
            path = path_of(step_of(finding))
            problems[path] = (*problems.get(path, ()), _problem_text(finding))
        rows = [_session_row(draft, _length(lengths, ()), problems.get((), ()))]
        previous: dict[StepPath, _CachedRows] = {}

        def add_rows(locations: Sequence[StepLocation], rounds: str) -> None:
            for number, location in enumerate(locations, 1):
                path = location.path
                wrong = problems.get(path, ())
                cached = self._cached(location, None if wrong else draft.step(path))
                row = cached.row_at((_length(lengths, path), wrong, number, len(locations), rounds))
                previous[path] = cached if row is cached.row else replace(cached, row=row)
                rows.append(row)
                if cached.has_steps:
                    add_rows(tuple(location.below), row.title)

        add_rows(tuple(draft.tops), "")
        self._cache = previous
        return rows

    def _cached(self, location: StepLocation, step: Step | None) -> _CachedRows:
        """Return the row of a step; `step` is None where it is invalid and the written text is used."""
        previous = self._cache.get(location.path)
        if previous is not None and previous.node is location.node and previous.step is step:
            return previous
        if step is None:
            kind, title, detail = _written(location, self._catalogue)
        else:
            kind = (
                RowKind.REST
                if isinstance(step, RestStep)
                else RowKind.ROUNDS
                if isinstance(step, Rounds)
                else RowKind.WORK
            )
            title, detail = formatting.step_title(step, self._catalogue), formatting.step_detail(step, self._catalogue)
        row = TreeRow(location.path, kind, title or _placeholder(kind), not title, detail, "")
        return _CachedRows(location.node, step, row, bool(location.inner))


class _CachedRows(Struct, frozen=True):
    """The row of a step, and what it was built from; `has_steps` where it has inner steps."""

    node: Node
    step: Step | None
    row: TreeRow
    has_steps: bool

    def row_at(self, context: tuple[str, tuple[str, ...], int, int, str]) -> TreeRow:
        """Return the row with its length, problems, number, count and rounds."""
        row = self.row
        if (row.length, row.problems, row.number, row.count, row.rounds) == context:
            return row
        return TreeRow(row.path, row.kind, row.title, row.is_placeholder, row.detail, *context)


def _session_row(draft: Draft, length: str, problems: tuple[str, ...]) -> TreeRow:
    written = draft.head.get(format_fields.NAME.name) if draft.head is not None else None
    name = _plain(written.text) if isinstance(written, Scalar) else ""
    title, detail = name or _("New session"), _("the session’s own settings")
    return TreeRow((), RowKind.SESSION, title, not name, detail, length, problems)


def _length(lengths: Mapping[StepPath, Milliseconds], path: StepPath) -> str:
    length = lengths.get(path, 0)
    return formatting.clock_time(length) if length else ""


def _written(location: StepLocation, catalogue: Catalogue) -> tuple[RowKind, str, str]:
    """Return kind, title and detail of an invalid step from its written text."""
    keys = location.keys
    if keys is format_fields.ROUNDS_KEYS:
        return RowKind.ROUNDS, _rounds_title(_text(location, format_fields.ROUNDS)), ", ".join(_rounds_parts(location))
    if keys is format_fields.REST_KEYS:
        name = _text(location, format_fields.REST_NAME)
        return RowKind.REST, name or _("Rest"), _brief(_text(location, format_fields.REST_LENGTH)) or _("how long?")
    if not keys:
        return RowKind.WORK, _plain(location.node.text) if isinstance(location.node, Scalar) else "", ""
    identifier = _text(location, format_fields.EXERCISE)
    exercise = catalogue.get(identifier)
    title = _text(location, format_fields.OWN_NAME) or (exercise.name if exercise is not None else identifier)
    return RowKind.WORK, title, ", ".join(_exercise_parts(location, exercise))


def _rounds_title(count: str) -> str:
    number = count_of(count, 1, 1_000)
    if number is None:
        return _("{count} rounds").format(count=count) if count else ""
    return ngettext("{count} round", "{count} rounds", number).format(count=number)


def _rounds_parts(location: StepLocation) -> Iterator[str]:
    if not location.inner:
        yield _("no steps yet")
    rest = _text(location, format_fields.ROUNDS_REST)
    if rest and duration_of(rest, zero=True) != 0:
        yield _("rest {length}").format(length=_brief(rest))
    if _text(location, format_fields.SHUFFLE) == _YES:
        yield _("in another order each time")


def _exercise_parts(location: StepLocation, exercise: Exercise | None) -> Iterator[str]:
    sets = _text(location, format_fields.SETS)
    several = bool(sets) and count_of(sets, 1, 1) is None
    amount = _amount(location, exercise, several=several)
    yield f"{sets} × {amount}" if several else amount
    held = _text(location, format_fields.LAST_REP_HOLD)
    if held:
        yield _("last one held {length}").format(length=_brief(held))
    if _text(location, format_fields.EACH_SIDE) == _YES:
        yield _("each side")
    rest = _text(location, format_fields.REST)
    if several and rest and duration_of(rest, zero=True) != 0:
        yield _("rest {length}").format(length=_brief(rest))


def _amount(location: StepLocation, exercise: Exercise | None, *, several: bool) -> str:
    if location.given(format_fields.HOLD):
        return _brief(_text(location, format_fields.HOLD)) or _("how long?")
    if location.given(format_fields.REPS):
        return _reps(location, exercise, several=several)
    if location.given(format_fields.AMRAP):
        length = _brief(_text(location, format_fields.AMRAP))
        return _("as many as you can in {length}").format(length=length) if length else _("how long?")
    return _("until you say done") if location.given(format_fields.UNTIL_DONE) else _("how long, or how many?")


def _reps(location: StepLocation, exercise: Exercise | None, *, several: bool) -> str:
    count = _text(location, format_fields.REPS)
    if not count:
        return _("how many?")
    pace = _brief(_text(location, format_fields.REP))
    if not pace and not location.given(format_fields.TEMPO):
        if exercise is None or exercise.tempo is None:
            return _("{count} at your own pace").format(count=count)
        pace = formatting.brief(exercise.tempo.rep)
    return count if several or not pace else _("{count} × {length}").format(count=count, length=pace)


def _brief(text: str) -> str:
    """Return a written length formatted, an invalid one as written."""
    length = duration_of(text, zero=True)
    return formatting.brief(length) if length is not None else text


def _text(location: StepLocation, key: Key[object]) -> str:
    return _plain(location.text_of(key))


def _plain(text: str) -> str:
    """Return a written text in one line."""
    return " ".join(text[:_LONGEST].split())


def _placeholder(kind: RowKind) -> str:
    return _("New rounds") if kind is RowKind.ROUNDS else _("New exercise")


def _problem_text(finding: Finding) -> str:
    """Return the problem with its key, and what to write instead."""
    last = finding.where.rpartition(".")[2]
    key = "" if last.endswith("]") else last
    about = f"{key}: {finding.problem}" if key else finding.problem
    return f"{about}; {finding.instead}" if finding.instead else about
