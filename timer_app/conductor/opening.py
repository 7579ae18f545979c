"""From a session in the library to a conductor that runs it."""

from __future__ import annotations

import uuid
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from timer_app.clock import Clock
from timer_app.conductor.announcer import Announcer
from timer_app.conductor.conductor import Conductor, Programme
from timer_app.definition.library import Entry
from timer_app.definition.model import StepPath
from timer_app.definition.reading import read_session
from timer_app.exercises.model import Catalogue
from timer_app.history.records import Record
from timer_app.settings import Settings, Talk
from timer_app.sound.ports import Speaker, Voice
from timer_app.sound.tones import tone_lengths
from timer_app.timeline.compile import compile_session
from timer_app.timeline.phrase_file import load_phrases


@dataclass(frozen=True, slots=True)
class Stage:
    """All that a session is played with: the clock, the catalogue, the voice and its speaker, and the record."""

    clock: Clock
    catalogue: Catalogue
    voice: Voice
    speaker: Speaker
    record: Record


def programme(entry: Entry, catalogue: Catalogue, leave_out: AbstractSet[StepPath] = frozenset()) -> Programme:
    """Return what a run of a session will be, read from its file now, under the id that the run will have.

    Steps in `leave_out` are left out for today; the id settles the order of rounds that shuffle. Raises Problem when
    the file cannot be read, or nothing is left to do.
    """
    text = entry.text()
    session = read_session(text, str(entry.file), catalogue)
    run_id = uuid.uuid4()
    timeline = compile_session(session, catalogue, leave_out=leave_out, seed=run_id.int)
    return Programme(str(run_id), timeline, entry.stem, text)


def conduct(programme: Programme, stage: Stage, settings: Settings) -> Conductor:
    """Begin a session now, as talkative as the person likes it; a clock of another speed is silent."""
    timeline = programme.timeline
    phrases = load_phrases(timeline.language)
    stage.voice.set_language(phrases.language)
    announcer = Announcer(
        timeline,
        phrases=phrases,
        catalogue=stage.catalogue,
        talk=settings.talk if stage.clock.speed == 1 else Talk.SILENT,
        voice=stage.voice,
        tone_lengths=tone_lengths(settings.tone_set),
    )
    return Conductor(
        programme,
        clock=stage.clock,
        catalogue=stage.catalogue,
        announcer=announcer,
        speaker=stage.speaker,
        record=stage.record,
    )
