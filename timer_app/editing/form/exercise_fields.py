"""Build the fields of an exercise step."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from timer_app.clock import Milliseconds
from timer_app.definition import format_fields
from timer_app.definition.model import DEFAULT_SETUP, DEFAULT_SWITCH, Side
from timer_app.durations import format_duration
from timer_app.editing.form.field_builder import FieldBuilder, control_of, more_than_one
from timer_app.editing.form.model import PACE, WORK, Control, Field, Group, Option, Pace, WorkKind
from timer_app.editing.input_parsing import duration_of
from timer_app.editing.raw_values import Written
from timer_app.exercises import tempo_field
from timer_app.i18n import _


def step_fields(builder: FieldBuilder) -> Iterator[Field]:
    """Yield the fields that fit an exercise step as it is written."""
    yield from _identity(builder)
    yield from _work(builder)
    yield builder.field(
        format_fields.SETS, Group.AMOUNT, _("Sets"), _("How often all of this is done."), default="1", usual=1
    )
    if more_than_one(builder.text(format_fields.SETS)) or builder.given(format_fields.REST):
        yield builder.pause(format_fields.REST, _("Rest between sets"), _("Never after the last one."))
    yield from _sides(builder)
    yield from _readiness(builder)


def _identity(builder: FieldBuilder) -> Iterator[Field]:
    own = builder.given(format_fields.OWN_NAME)
    if builder.given(format_fields.EXERCISE) or not own:
        yield builder.field(
            format_fields.EXERCISE, Group.WHAT, _("Exercise"), _("One of the catalogue."), Control.EXERCISE
        )
    if own:
        yield builder.field(
            format_fields.OWN_NAME,
            Group.WHAT,
            _("Name"),
            _("What the exercise is called; it is read out too."),
            Control.LINE,
            required=not builder.given(format_fields.EXERCISE),
        )


def _work(builder: FieldBuilder) -> Iterator[Field]:
    given = [key for key in format_fields.WORK_KEYS if builder.given(key)]
    chosen = given[0].name if given else ""
    yield Field(
        WORK,
        Control.CHOICE,
        Group.AMOUNT,
        _("Kind of work"),
        _work_hint(chosen),
        chosen,
        bool(given),
        options=_works(),
        required=True,
    )
    paced = _paced(builder)
    if builder.given(format_fields.HOLD):
        hint = _("In each set.")
        yield builder.field(format_fields.HOLD, Group.AMOUNT, _("Hold for"), hint, required=chosen == WorkKind.HOLD)
    if builder.given(format_fields.REPS):
        hint = _("How many in each set.")
        yield builder.field(format_fields.REPS, Group.AMOUNT, _("Reps"), hint, required=chosen == WorkKind.REPS)
        yield from _pace(builder)
    if builder.given(format_fields.REP):
        yield builder.field(
            format_fields.REP,
            Group.AMOUNT,
            _("Each rep takes"),
            _("Up and down, from one to the next."),
            required=builder.given(format_fields.REPS),
        )
    if builder.given(format_fields.TEMPO) and builder.given(format_fields.REPS):
        yield from _phases(builder)
    if paced or builder.given(format_fields.LAST_REP_HOLD):
        yield builder.field(
            format_fields.LAST_REP_HOLD,
            Group.AMOUNT,
            _("Hold the last rep"),
            _("At the end of each set."),
            default=_("not at all"),
        )
    if builder.given(format_fields.UNTIL_DONE) and (
        chosen != WorkKind.UNTIL_DONE or builder.text(format_fields.UNTIL_DONE) != "true"
    ):
        yield builder.field(
            format_fields.UNTIL_DONE, Group.AMOUNT, _("Until you say done"), _("Switch it off to take it out.")
        )
    builder.mark_shown(format_fields.UNTIL_DONE)
    if builder.given(format_fields.AMRAP):
        yield builder.field(
            format_fields.AMRAP, Group.AMOUNT, _("Time"), _("In each set."), required=chosen == WorkKind.AMRAP
        )


def _paced(builder: FieldBuilder) -> bool:
    """Return whether there are reps with a known tempo."""
    has_tempo = builder.exercise is not None and builder.exercise.tempo is not None
    return builder.given(format_fields.REPS) and (
        has_tempo or builder.given(format_fields.REP) or builder.given(format_fields.TEMPO)
    )


def _pace(builder: FieldBuilder) -> Iterator[Field]:
    rep, phases = builder.given(format_fields.REP), builder.given(format_fields.TEMPO)
    chosen = Pace.REP if rep else Pace.PHASES if phases else Pace.USUAL
    usual = builder.exercise.tempo if builder.exercise is not None else None
    if chosen is not Pace.USUAL:
        hint = ""
    elif usual is None:
        hint = _("Each rep takes as long as it takes; you say when the set is done.")
    else:
        hint = _("{length} a rep, as in the catalogue.").format(length=format_duration(usual.rep))
    problems = builder.pop_exact_problems(format_fields.TEMPO)
    label = _("Your own") if usual is None else _("The usual")
    options = (
        Option(Pace.USUAL, label),
        Option(Pace.REP, _("Time for a rep")),
        Option(Pace.PHASES, _("Up and down")),
    )
    yield Field(PACE, Control.CHOICE, Group.AMOUNT, _("Pace"), hint, chosen, rep or phases, problems, options=options)


def _phases(builder: FieldBuilder) -> Iterator[Field]:
    builder.mark_shown(format_fields.TEMPO)
    phases = builder.written.within(format_fields.TEMPO.name, tempo_field.TEMPO_KEYS)
    for key, label, hint in (
        (tempo_field.LIFT, _("Way up"), ""),
        (tempo_field.HOLD, _("Hold at the top"), ""),
        (tempo_field.LOWER, _("Way down"), ""),
    ):
        name = f"{format_fields.TEMPO.name}.{key.name}"
        problems = builder.pop_problems(name)
        default = "" if key.required else _("not at all")
        yield Field(
            name,
            control_of(key),
            Group.AMOUNT,
            label,
            hint,
            phases.text(key.name),
            phases.given(key.name),
            problems,
            default,
            required=key.required,
        )


def _sides(builder: FieldBuilder) -> Iterator[Field]:
    on = builder.text(format_fields.EACH_SIDE) == "true"
    yield builder.field(
        format_fields.EACH_SIDE, Group.SIDES, _("On each side"), _("Left and right in turn, in each set.")
    )
    if on or builder.given(format_fields.FIRST_SIDE):
        side = builder.field(
            format_fields.FIRST_SIDE,
            Group.SIDES,
            _("First side"),
            "" if on else _("It means nothing unless both sides are done."),
            Control.CHOICE,
            options=(Option(Side.LEFT, _("Left")), Option(Side.RIGHT, _("Right"))),
        )
        yield side if side.given else replace(side, text=str(format_fields.FIRST_SIDE.default))
    if on or builder.given(format_fields.SWITCH):
        yield builder.field(
            format_fields.SWITCH,
            Group.SIDES,
            _("To change over"),
            _("From one side to the other.") if on else _("It means nothing unless both sides are done."),
            default=format_duration(DEFAULT_SWITCH),
            usual=DEFAULT_SWITCH,
        )


def _readiness(builder: FieldBuilder) -> Iterator[Field]:
    setup = _session_setup(builder)
    yield builder.field(
        format_fields.STEP_SETUP,
        Group.READY,
        _("To get ready"),
        _("Before the first set."),
        default=_("{length}, the session's").format(length=format_duration(setup)),
        usual=setup,
    )
    exercise = builder.exercise
    yield builder.field(
        format_fields.HOW_TO,
        Group.READY,
        _("How to do it"),
        _("In place of the words above.") if exercise is not None else _("In your own words."),
        Control.LINES,
        default=exercise.position if exercise is not None else "",
    )


def _session_setup(builder: FieldBuilder) -> Milliseconds:
    head = builder.draft.head
    written = Written(head, format_fields.SESSION_KEYS, builder.draft.text, 0).text(format_fields.SETUP.name)
    length = duration_of(written, zero=True)
    return DEFAULT_SETUP if length is None else length


def _works() -> tuple[Option, ...]:
    return (
        Option(WorkKind.HOLD, _("Hold")),
        Option(WorkKind.REPS, _("Reps")),
        Option(WorkKind.UNTIL_DONE, _("Until you say done")),
        Option(WorkKind.AMRAP, _("As many as possible")),
    )


def _work_hint(chosen: str) -> str:
    return {
        WorkKind.HOLD.value: _("One position, or one movement, for so long."),
        WorkKind.REPS.value: _("So many repetitions."),
        WorkKind.UNTIL_DONE.value: _("It goes on until you press Space or click."),
        WorkKind.AMRAP.value: _("As many repetitions as fit; you are asked afterwards how many there were."),
    }.get(chosen, _("Choose what there is to do."))
