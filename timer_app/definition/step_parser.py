"""Parse the steps of a session: the kind of each, its work, and whether its keys fit together."""

from __future__ import annotations

from collections.abc import Sequence

from timer_app.clock import Milliseconds
from timer_app.definition import format_fields
from timer_app.definition.duration_totals import tempo_of, work_length
from timer_app.definition.model import (
    DEFAULT_SWITCH,
    Amrap,
    ExerciseStep,
    FromStart,
    HalfWay,
    Hold,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Side,
    Step,
    StepPath,
    UntilDone,
    Work,
    where,
)
from timer_app.durations import format_duration
from timer_app.exercises.model import Catalogue, Tempo
from timer_app.i18n import _
from timer_app.schema.table_reader import (
    FieldValues,
    Key,
    Report,
    inside,
    nearest,
    read_pairs,
    refuse_all_but_one,
    shown,
)
from timer_app.schema.yaml_errors import clipped
from timer_app.schema.yaml_tree import Items, Node, Pairs, Refused

_EXERCISE = {key.name for key in format_fields.EXERCISE_KEYS}
_REST = {key.name for key in format_fields.REST_KEYS}
_ROUNDS = {key.name for key in format_fields.ROUNDS_KEYS}


class StepReader:
    """Parses steps; `read` has those without a problem."""

    def __init__(self, catalogue: Catalogue | None, report: Report) -> None:
        self._catalogue = catalogue
        self._report = report
        self.read: dict[StepPath, Step] = {}

    def read_steps(self, nodes: Sequence[Node], path: StepPath, nested: int) -> tuple[Step, ...] | None:
        """Return the steps at `nodes`, `nested` rounds deep; None where any could not be read."""
        read = [self._step(node, (*path, index), nested) for index, node in enumerate(nodes)]
        steps = tuple(step for step in read if step is not None)
        return steps if len(steps) == len(read) else None

    def _step(self, node: Node, path: StepPath, nested: int) -> Step | None:
        if self._report.full:
            return None
        if not isinstance(node, Pairs):
            if not isinstance(node, Refused):
                self._report.add(
                    node,
                    where(path),
                    _("{value} is not a step").format(value=shown(node)),
                    _('write "exercise: plank" and, below it, "hold: 30s"'),
                )
            return None
        keys = keys_of(node)
        untouched = len(self._report.findings)
        record = read_pairs(node, keys, where(path), self._report)
        before = len(self._report.findings)
        step: Step | None
        if keys is format_fields.ROUNDS_KEYS:
            step = self._rounds(record, path, nested)
        elif keys is format_fields.REST_KEYS:
            step = self._rest(record)
        else:
            step = self._exercise(record)
        if step is None or len(self._report.findings) > before:
            return None
        if before == untouched:
            self.read[path] = step
        return step

    def _rounds(self, record: FieldValues, path: StepPath, nested: int) -> Rounds | None:
        if nested >= format_fields.MAX_NESTED_ROUNDS:
            problem = _("rounds are nested more than {limit} deep").format(limit=format_fields.MAX_NESTED_ROUNDS)
            self._report.add(record.node, record.where, problem, _("take a level out"))
            return None
        nodes = record.get(format_fields.STEPS)
        steps = self.read_steps(nodes, path, nested + 1) if nodes is not None else None
        count = record.get(format_fields.ROUNDS)
        if steps is None or count is None:
            return None
        return Rounds(
            count, steps, record.get(format_fields.ROUNDS_REST) or 0, record.get(format_fields.SHUFFLE) or False
        )

    def _rest(self, record: FieldValues) -> RestStep | None:
        length = record.get(format_fields.REST_LENGTH)
        if length is None:
            return None
        step = RestStep(length, record.get(format_fields.REST_NAME), record.get(format_fields.SAY) or ())
        if self._catalogue is not None:
            self._check_moments(record, step.say, length)
        return step

    def _exercise(self, record: FieldValues) -> ExerciseStep | None:
        self._check_identity(record)
        work = self._work(record)
        if work is None:
            return None
        step = ExerciseStep(
            work=work,
            exercise=record.get(format_fields.EXERCISE),
            name=record.get(format_fields.OWN_NAME),
            about=record.get(format_fields.HOW_TO),
            sets=record.get(format_fields.SETS) or 1,
            rest=record.get(format_fields.REST) or 0,
            each_side=record.get(format_fields.EACH_SIDE) or False,
            first_side=record.get(format_fields.FIRST_SIDE) or Side.LEFT,
            switch=record.get(format_fields.SWITCH) or DEFAULT_SWITCH,
            setup=record.get(format_fields.STEP_SETUP),
            say=record.get(format_fields.SAY) or (),
        )
        catalogue = self._catalogue
        if catalogue is not None and (step.exercise is None or step.exercise in catalogue):
            self._check_pace(record, step, catalogue)
            self._check_moments(record, step.say, work_length(step, catalogue))
        return step

    def _check_identity(self, record: FieldValues) -> None:
        """Report a step with neither or both of `exercise` and `name`, and an exercise that is not in the catalogue."""
        given = [key for key in (format_fields.EXERCISE, format_fields.OWN_NAME) if record.given(key)]
        if not given:
            self._report.add(
                record.node,
                record.where,
                _('"exercise" or "name" is missing'),
                _("choose an exercise of the catalogue, or give one of your own a name"),
            )
        elif len(given) > 1:
            self._report.add(
                record.at(format_fields.OWN_NAME),
                record.name(format_fields.OWN_NAME),
                _('"exercise" and "name" cannot stand together'),
                _("keep exercise for one of the catalogue, name for one of your own"),
            )
        identifier = record.get(format_fields.EXERCISE)
        if identifier is not None and self._catalogue is not None and identifier not in self._catalogue:
            problem = _('"{id}" is not in the catalogue').format(id=clipped(identifier))
            meant = nearest(identifier, self._catalogue)
            hint = (
                _("did you mean {word}?").format(word=meant)
                if meant
                else _("choose one that is, or give one of your own a name")
            )
            self._report.add(record.at(format_fields.EXERCISE), record.name(format_fields.EXERCISE), problem, hint)

    def _work(self, record: FieldValues) -> Work | None:
        """Return the one work of a step; None, reported, where there is none, or more than one."""
        advice = _("say how long it is held, or how many reps")
        refuse_all_but_one(record, format_fields.WORK_KEYS, advice, self._report)
        tempo = self._tempo(record)
        hold, count, amrap = (
            record.get(format_fields.HOLD),
            record.get(format_fields.REPS),
            record.get(format_fields.AMRAP),
        )
        if hold is not None:
            return Hold(hold)
        if count is not None:
            return Reps(count, tempo, record.get(format_fields.LAST_REP_HOLD) or 0)
        if amrap is not None:
            return Amrap(amrap)
        return UntilDone() if record.get(format_fields.UNTIL_DONE) else None

    def _tempo(self, record: FieldValues) -> Tempo | None:
        """Return the author's own pace, and report what belongs to reps where there are none."""
        paces: tuple[Key[object], ...] = (format_fields.REP, format_fields.TEMPO, format_fields.LAST_REP_HOLD)
        if not record.given(format_fields.REPS):
            for key in paces:
                if record.given(key):
                    self._report.add(
                        record.at(key),
                        record.name(key),
                        _('"{key}" goes with reps alone').format(key=key.name),
                        _("say how many reps, or take it out"),
                    )
        elif record.given(format_fields.REP) and record.given(format_fields.TEMPO):
            self._report.add(
                record.at(format_fields.TEMPO),
                record.name(format_fields.TEMPO),
                _('"rep" and "tempo" cannot stand together'),
                _("keep one of them"),
            )
        rep = record.get(format_fields.REP)
        return record.get(format_fields.TEMPO) if rep is None else Tempo.plain(rep)

    def _check_pace(self, record: FieldValues, step: ExerciseStep, catalogue: Catalogue) -> None:
        """Report a last-rep hold after reps at the user's own pace, whose last one is not known."""
        if (
            isinstance(step.work, Reps)
            and step.work.last_rep_hold
            and not (tempo_of(step, catalogue) or record.given(format_fields.REP) or record.given(format_fields.TEMPO))
        ):
            key = format_fields.LAST_REP_HOLD
            self._report.add(
                record.at(key),
                record.name(key),
                _("the reps have no pace, so the last one is not known"),
                _("say how long each rep takes, or take it out"),
            )

    def _check_moments(self, record: FieldValues, lines: Sequence[SayLine], length: Milliseconds | None) -> None:
        """Report the lines that lie outside their interval; of an open one, only its start is known."""
        node = record.at(format_fields.SAY)
        unread = any(record.given(key) and record.get(key) is None for key in (format_fields.REP, format_fields.TEMPO))
        if not isinstance(node, Items) or len(node.nodes) != len(lines) or unread:
            return
        for index, (item, line) in enumerate(zip(node.nodes, lines, strict=True)):
            problem = _outside(line, length)
            at = item.get(format_fields.AT.name) if isinstance(item, Pairs) else None
            if problem and at is not None:
                name = inside(f"{record.name(format_fields.SAY)}[{index}]", format_fields.AT.name)
                self._report.add(at, name, *problem)


def _outside(line: SayLine, length: Milliseconds | None) -> tuple[str, str] | None:
    """Return what is wrong with a line's moment in an interval of `length`, and what to write; None when it is well."""
    if length is None:
        if isinstance(line.at, FromStart):
            return None
        return (
            _("an open step has no end to count from, and no middle"),
            _("write a time from its start, such as 15s"),
        )
    if isinstance(line.at, HalfWay) or line.at.offset < length:
        return None
    if not isinstance(line.at, FromStart) and line.at.offset == length:
        return None
    return (_("the interval is only {length} long").format(length=format_duration(length)), _("write a time inside it"))


def keys_of(node: Pairs) -> tuple[Key[object], ...]:
    """Return the table of the sort of step that a mapping is meant to be, also where some keys are nearly right."""
    every = _EXERCISE | _REST | _ROUNDS
    meant = {name.text if name.text in every else nearest(name.text, every) for name, _value in node.entries}
    exercise, rest, rounds = (len(meant & keys) for keys in (_EXERCISE, _REST, _ROUNDS))
    if rounds > exercise or (rounds == exercise and format_fields.STEPS.name in meant):
        return format_fields.ROUNDS_KEYS
    if format_fields.REST_LENGTH.name in meant and rest == exercise:
        return format_fields.REST_KEYS
    return format_fields.EXERCISE_KEYS
