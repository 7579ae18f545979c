"""Write a longer hold into a session file, and undo it."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.definition import format_fields
from timer_app.definition.model import ExerciseStep, Rounds, Session, Step, StepPath
from timer_app.durations import format_duration
from timer_app.editing.edited_session import open_for_editing
from timer_app.editing.session_file import Content, check_unchanged, read_content, save_content
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.problems import Problem


class AppliedProgression(Struct, frozen=True):
    """A session file with a longer hold: its content now and before, None if there was no file."""

    file: Path
    now: Content
    before: Content | None


def lengthen_hold(
    file: Path,
    path: StepPath,
    step: ExerciseStep,
    hold: Milliseconds,
    *,
    catalogue: Catalogue,
    own: Path,
    shipped: bool,
) -> AppliedProgression:
    """Write a longer hold into a session's file; a `shipped` one is changed as a copy of its name in the folder `own`.

    `step` is the one expected at `path`. Raises Problem, with nothing written, if there is another one, and if the file
    cannot be read or written.
    """
    edited = open_for_editing(file, catalogue, shipped=shipped)
    document = edited.document
    if _step(document.draft.session, path) != step:
        raise Problem(
            _("{file} has changed meanwhile, and was left as it is.").format(file=file.name),
            _("Look at its steps again."),
        )
    before = None if shipped else read_content(file)
    values = {format_fields.HOLD.name: format_duration(hold)}
    document.apply(edited.operations.set_values(document.draft, path, values).edits, _("Hold longer"))
    saved = edited.save(own)
    return AppliedProgression(saved, read_content(saved), before)


def revert(applied: AppliedProgression) -> None:
    """Restore the file as it was before. Raises ChangedMeanwhile, with nothing done, if it was changed since."""
    if applied.before is not None:
        save_content(applied.before, applied.file, applied.now)
        return
    check_unchanged(applied.file, applied.now)
    try:
        applied.file.unlink()
    except OSError as error:
        what = _("{file} cannot be deleted: {reason}.").format(file=applied.file.name, reason=error.strerror or error)
        raise Problem(what, _("Look whether it is still there, and who may change its folder.")) from error


def _step(session: Session | None, path: StepPath) -> Step | None:
    """Return the step at a path, None if there is none."""
    steps, match = session.steps if session is not None else (), None
    for index in path:
        match = steps[index] if index < len(steps) else None
        steps = match.steps if isinstance(match, Rounds) else ()
    return match
