"""Plan a run of a session and start it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from msgspec import Struct

from timer_app.clock import Clock
from timer_app.conductor.conductor import Conductor, RunPlan
from timer_app.conductor.cue_scheduler import CueScheduler
from timer_app.definition.exercise_swap import Swaps
from timer_app.definition.library import LibraryEntry
from timer_app.definition.model import Session, StepPath, path_of
from timer_app.definition.parser import read_session
from timer_app.editing.text_rewrite import with_swaps
from timer_app.exercises.model import Catalogue
from timer_app.history.records import RunRecord, RunRecorder
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.settings import Settings, Talk
from timer_app.sound.ports import Speaker, Voice
from timer_app.sound.tones import tone_lengths
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.phrase_parser import load_phrases


class PlaybackServices(Struct, frozen=True):
    """What a session is played with: the clock, the catalogue, the voice and its speaker, and the record."""

    clock: Clock
    catalogue: Catalogue
    voice: Voice
    speaker: Speaker
    record: RunRecorder


def plan_run(
    entry: LibraryEntry,
    catalogue: Catalogue,
    leave_out: AbstractSet[StepPath] = frozenset(),
    swaps: Swaps = MappingProxyType({}),
) -> RunPlan:
    """Return the plan of a run of a session, read from its file now, with a new run id.

    Steps in `leave_out` are left out for today, and those in `swaps` do another exercise; the plan's definition is the
    text with the swaps, as it is run. The id seeds the order of rounds that shuffle. Raises Problem when the file
    cannot be read, a step to be swapped is not in it any more, or nothing is left to do.
    """
    text = entry.text()
    session = read_session(text, str(entry.file), catalogue)
    if swaps:
        text = with_swaps(text, swaps, catalogue)
        session = read_session(text, str(entry.file), catalogue)
    run_id = uuid.uuid4()
    timeline = compile_session(session, catalogue, leave_out=leave_out, seed=run_id.int)
    return RunPlan(str(run_id), timeline, entry.stem, text, frozenset(leave_out))


def plan_trial(session: Session, catalogue: Catalogue) -> RunPlan:
    """Return the plan of a trial run of a session in the editor, which is not recorded.

    Raises Problem when there is nothing to do in it.
    """
    run_id = uuid.uuid4()
    return RunPlan(str(run_id), compile_session(session, catalogue, seed=run_id.int), "", "")


def plan_resumed_run(run: RunRecord, catalogue: Catalogue) -> RunPlan:
    """Return the plan to resume an interrupted run, from its recorded definition.

    Raises Problem when it cannot be resumed, since the exercises that it names have changed.
    """
    begun = run.begun
    try:
        session = read_session(begun.definition, begun.session, catalogue)
        leave_out = frozenset(path_of(where) for where in json.loads(begun.left_out))
        timeline = compile_session(session, catalogue, leave_out=leave_out, seed=uuid.UUID(begun.id).int)
    except (Problem, ValueError) as error:
        raise _changed(begun.session) from error
    if timeline.total != begun.planned or len(timeline.intervals) < len(run.intervals):
        raise _changed(begun.session)
    return RunPlan(begun.id, timeline, begun.stem, begun.definition, leave_out)


def is_done(timeline: Timeline, run: RunRecord) -> bool:
    """Return whether the last interval of an interrupted run has ended, so that only the run's end is missing."""
    return run.resume_at is None and any(record.position == len(timeline.intervals) - 1 for record in run.intervals)


def _changed(name: str) -> Problem:
    return Problem(
        _("{name} cannot be gone on with: its exercises have changed since.").format(name=name),
        _("What you did is kept. Start the session anew when you like."),
    )


def position_of(timeline: Timeline, step: StepPath) -> int:
    """Return the index of the first interval that comes from the step at this path; 0 when none does."""
    return next((each.index for each in timeline.intervals if each.step[: len(step)] == step), 0)


def conduct(
    plan: RunPlan,
    playback: PlaybackServices,
    settings: Settings,
    before: RunRecord | None = None,
    *,
    index: int = 0,
) -> Conductor:
    """Start a run now with the interval at `index`; with a clock of another speed it is silent.

    `before` is the interrupted run to resume, from the interval that was in progress.
    """
    timeline = plan.timeline
    talk = settings.talk if playback.clock.speed == 1 else Talk.SILENT
    if talk is not Talk.SILENT:
        # A sleeping output takes a second or two to play evenly: wake it while the session is prepared.
        playback.speaker.wake()
    phrases = load_phrases(timeline.language)
    playback.voice.set_language(phrases.language)
    scheduler = CueScheduler(
        timeline,
        phrases=phrases,
        catalogue=playback.catalogue,
        talk=talk,
        voice=playback.voice,
        tone_lengths=tone_lengths(settings.tone_set),
    )
    conductor = Conductor(
        plan,
        clock=playback.clock,
        catalogue=playback.catalogue,
        scheduler=scheduler,
        speaker=playback.speaker,
        record=playback.record,
        before=before,
        index=index,
    )
    # The speaker may still be muted from the last session.
    conductor.mute(settings.muted)
    return conductor
