"""Build the form of a step: the fields that fit it, each with its text and its problems.

A form shows only what its step can have, but keys that do not belong there are shown too, so that they can be removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from timer_app.definition import format_fields
from timer_app.definition.model import DEFAULT_SETUP, Level, StepPath
from timer_app.durations import format_duration
from timer_app.editing.draft_parser import Draft, StepLocation
from timer_app.editing.form.exercise_fields import step_fields
from timer_app.editing.form.field_builder import FieldBuilder, more_than_one, sentence
from timer_app.editing.form.model import Control, Field, Form, FormKind, Group, Option
from timer_app.editing.raw_values import tags_line
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _, ngettext


def form_of(draft: Draft, path: StepPath, catalogue: Catalogue) -> Form:
    """Return the form of a step of a draft, or of the session for the empty path."""
    if draft.broken:
        finding = draft.findings[0]
        note = _("The text has to be mended first. Line {line}: {problem}").format(
            line=finding.line, problem=sentence(finding)
        )
        return Form(path, FormKind.NOTHING, (finding.line, finding.column), note=note, broken=True)
    place = draft.place(path)
    if path and (place is None or place.mapping is None):
        return _nothing(draft, path, place)
    builder = FieldBuilder(draft, path, place, catalogue)
    fields = tuple(_FIELDS[builder.kind](builder))
    says = builder.kind in (FormKind.EXERCISE, FormKind.REST)
    lines = tuple(builder.lines()) if says else ()
    strays = tuple(builder.strays(says=says))
    note = _about_steps(place) if place is not None and builder.kind is FormKind.ROUNDS else ""
    return Form(
        path,
        builder.kind,
        builder.mark,
        fields,
        lines,
        strays,
        builder.problems,
        note,
        says,
        builder.exercise,
    )


def _nothing(draft: Draft, path: StepPath, place: StepLocation | None) -> Form:
    if place is None:
        return Form(path, FormKind.NOTHING, note=_("There is no such step any more."))
    findings = draft.findings_of(path)
    note = " ".join([_("This is no step yet."), *(sentence(finding) for finding in findings)])
    return Form(path, FormKind.NOTHING, (place.first_line, place.node.column), note=note)


def _about_steps(place: StepLocation) -> str:
    """Return the note that says where the steps of rounds are."""
    count = len(place.inner)
    if not count:
        return _("Nothing is done in these rounds yet: put steps into them in the list of steps.")
    return ngettext(
        "The step that is done in each round stands below these rounds in the list of steps.",
        "The {count} steps that are done in each round stand below these rounds in the list of steps.",
        count,
    ).format(count=count)


def _session(builder: FieldBuilder) -> Iterator[Field]:
    yield builder.field(format_fields.NAME, Group.WHAT, _("Name"), _("What the session is called."), Control.LINE)
    yield builder.field(
        format_fields.ABOUT,
        Group.WHAT,
        _("What it is for"),
        _("A sentence or two, for the list of sessions."),
        Control.LINES,
    )
    yield builder.field(
        format_fields.LEVEL,
        Group.WHAT,
        _("For whom"),
        _("Who will feel at home in it."),
        Control.LIST,
        options=_levels(),
    )
    tags = builder.field(
        format_fields.TAGS,
        Group.WHAT,
        _("Tags"),
        _("Short words to find it by, with commas between them."),
        Control.WORDS,
    )
    yield replace(tags, text=tags_line(builder.written.value(format_fields.TAGS.name), tags.text))
    yield builder.field(
        format_fields.LANGUAGE,
        Group.WHAT,
        _("Language"),
        _("Of its names and of the lines to be said, such as en or de."),
        Control.LINE,
        default=str(format_fields.LANGUAGE.default),
    )
    yield builder.field(
        format_fields.SETUP,
        Group.READY,
        _("To get ready"),
        _("Before each exercise, unless the exercise has a time of its own."),
        default=format_duration(DEFAULT_SETUP),
        usual=DEFAULT_SETUP,
    )


def _rest(builder: FieldBuilder) -> Iterator[Field]:
    yield builder.field(format_fields.REST_LENGTH, Group.AMOUNT, _("How long"), _("The rest is as long as this."))
    yield builder.field(
        format_fields.REST_NAME,
        Group.AMOUNT,
        _("Name"),
        _("Such as “Drink of water”."),
        Control.LINE,
        default=_("Rest"),
    )


def _rounds(builder: FieldBuilder) -> Iterator[Field]:
    yield builder.field(
        format_fields.ROUNDS, Group.AMOUNT, _("Rounds"), _("How many times the steps in them are done."), required=True
    )
    if more_than_one(builder.text(format_fields.ROUNDS)) or builder.given(format_fields.ROUNDS_REST):
        yield builder.pause(format_fields.ROUNDS_REST, _("Rest between rounds"), _("Never after the last one."))
    yield builder.field(
        format_fields.SHUFFLE,
        Group.AMOUNT,
        _("Shuffle"),
        _("The steps come in another order each time that it is run."),
    )


def _levels() -> tuple[Option, ...]:
    labels = {
        Level.GENTLE: _("Gentle"),
        Level.BEGINNER: _("Beginners"),
        Level.REGULAR: _("Regulars"),
        Level.ADVANCED: _("Advanced"),
    }
    return tuple(Option(level.value, label) for level, label in labels.items())


_FIELDS: Mapping[FormKind, Callable[[FieldBuilder], Iterator[Field]]] = {
    FormKind.SESSION: _session,
    FormKind.EXERCISE: step_fields,
    FormKind.REST: _rest,
    FormKind.ROUNDS: _rounds,
}
