"""A timeline and its sounds as text and as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from tests.timeline import strategies
from tests.timeline.scripts import plan_sounds
from tests.timeline.strategies import CATALOGUE, TONES, sessions
from timer_app.clock import Milliseconds
from timer_app.definition.model import ExerciseStep, Hold, Reps, RestStep, Rounds, Session, Step, UntilDone
from timer_app.exercises.model import Tempo
from timer_app.settings import Talk
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import Dropped, LineKind, Sound, SoundPlan, Tone
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.timeline.text_export import describe, describe_script, script_json, timeline_json


def compiled(*steps: Step, setup: Milliseconds = 10_000) -> Timeline:
    return compile_session(Session("Test", steps, setup=setup), CATALOGUE)


ENGLISH = load_phrases("en")
PLANKS = compiled(ExerciseStep(Hold(60_000), "plank", sets=3, rest=60_000))


def test_planks_by_the_minute() -> None:
    assert describe(PLANKS) == (
        "0:00 setup Plank · 0:10 work Plank 1/3 · 1:10 rest · 2:10 work Plank 2/3 · 3:10 rest · 4:10 work Plank 3/3 · "
        "5:10 end"
    )


def test_every_kind_of_interval() -> None:
    timeline = compiled(
        ExerciseStep(Reps(2, Tempo.plain(4_500), 10_000), "superman", each_side=True, setup=0),
        RestStep(3_600_000, name="Drink of water"),
        ExerciseStep(Reps(5), "plank", setup=0),
        ExerciseStep(UntilDone(), name="Push-up", setup=0),
    )
    assert describe(timeline, separator="\n").splitlines() == [
        "0:00 work Superman left × 2 @ 4.5 s",
        "0:09 last rep hold Superman left",
        "0:19 switch Superman right",
        "0:24 work Superman right × 2 @ 4.5 s",
        "0:33 last rep hold Superman right",
        "0:43 rest Drink of water",
        "1:00:43 work Plank × 5 (open)",
        "1:00:43 work Push-up (open)",
        "1:00:43 end",
    ]


def test_a_boundary_inside_a_second_is_written_to_the_millisecond() -> None:
    assert describe(compiled(ExerciseStep(Hold(1_500), "plank"), setup=0)) == "0:00 work Plank · 0:01.500 end"


def test_a_script_is_written_with_what_was_left_out_and_why() -> None:
    timeline = compiled(ExerciseStep(Hold(4_000), "plank"), setup=0)
    plan = SoundPlan(
        (
            Sound(0, 0, 150, LineKind.GO, 1, tone=Tone.GO),
            Sound(0, 1_250, 1_000, LineKind.SAY, 3, words="Breathe"),
            Sound(1, 0, 2_000, LineKind.END, 4, words="Session complete"),
        ),
        (
            Dropped(0, LineKind.SAY, "Knees over ankles", 4_100, 3_000),
            Dropped(0, LineKind.NEXT, "Next: Plank", 1_000, 900, "Plank"),
            Dropped(0, LineKind.COUNT, "", 150, 0),
        ),
    )
    assert describe_script(timeline, plan).splitlines() == [
        "0:00 work Plank",
        "    0:00.000 for 0.15 s: go tone",
        "    0:01.250 for 1 s: “Breathe”",
        "    left out: “Knees over ankles” takes 4.1 s, and 3 s are free",
        "    shortened to “Plank”: “Next: Plank” takes 1 s, and 0.9 s are free",
        "    left out: a tone (countdown) takes 0.15 s, and 0 s are free",
        "0:04 end",
        "    0:04.000 for 2 s: “Session complete”",
    ]


def test_every_tone_and_kind_has_a_name() -> None:
    timeline = compiled(ExerciseStep(Hold(4_000), "plank"), setup=0)
    tones = tuple(Sound(0, 0, 150, LineKind.GO, 1, tone=tone) for tone in Tone)
    kinds = tuple(Dropped(0, kind, "", 150, 0) for kind in LineKind)
    lines = describe_script(timeline, SoundPlan(tones, kinds)).splitlines()
    assert len(set(lines)) == 2 + len(Tone) + len(LineKind)


def test_a_timeline_for_machines() -> None:
    timeline = compiled(
        Rounds(2, (ExerciseStep(Reps(2, Tempo.plain(4_500)), "superman", sets=1, each_side=True, switch=0),)),
        ExerciseStep(UntilDone(), name="Push-up"),
        setup=0,
    )
    tree = timeline_json(timeline)
    intervals = tree.pop("intervals")
    assert tree == {"format": 1, "name": "Test", "total_seconds": 36, "open_intervals": 1}
    assert isinstance(intervals, list)
    assert intervals[1] == {
        "index": 1,
        "kind": "work",
        "start": 9,
        "seconds": 9,
        "exercise": "superman",
        "title": "Superman",
        "set": 1,
        "sets": 1,
        "side": "right",
        "round": 1,
        "rounds": 2,
        "reps": 2,
        "rep_seconds": 4.5,
        "step": "steps[0].steps[0]",
    }
    assert intervals[-1] == {
        "index": 4,
        "kind": "work",
        "start": 36,
        "seconds": None,
        "exercise": None,
        "title": "Push-up",
        "set": 1,
        "sets": 1,
        "side": None,
        "round": None,
        "rounds": None,
        "reps": None,
        "rep_seconds": None,
        "step": "steps[1]",
    }


def test_sounds_for_machines_start_from_the_sessions_start() -> None:
    timeline = compiled(ExerciseStep(Hold(4_000), "plank"), setup=1_000)
    plan = SoundPlan(
        (
            Sound(1, 250, 150, LineKind.GO, 1, tone=Tone.GO),
            Sound(1, 400, 550, LineKind.REST, 2, tone=Tone.REST),
            Sound(2, 0, 2_000, LineKind.END, 4, words="Session complete"),
        ),
        (Dropped(0, LineKind.LAST_SET, "last set", 800, 500, "last"), Dropped(0, LineKind.REST, "", 550, 300)),
    )
    assert script_json(timeline, plan) == {
        "sounds": [
            {"start": 1.25, "seconds": 0.15, "interval": 1, "kind": "go", "words": None, "tone": "go"},
            {"start": 1.4, "seconds": 0.55, "interval": 1, "kind": "next", "words": None, "tone": "rest"},
            {"start": 5, "seconds": 2, "interval": 2, "kind": "end", "words": "Session complete", "tone": None},
        ],
        "dropped": [
            {
                "interval": 0,
                "kind": "last_set",
                "words": "last set",
                "needed_seconds": 0.8,
                "free_seconds": 0.5,
                "shortened_to": "last",
            },
            {
                "interval": 0,
                "kind": "next",
                "words": None,
                "needed_seconds": 0.55,
                "free_seconds": 0.3,
                "shortened_to": None,
            },
        ],
    }


@strategies.unhurried
@given(sessions)
def test_whatever_the_session_it_can_be_written(session: Session) -> None:
    timeline = strategies.compiled(session)
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {}, TONES)
    tree = json.loads(json.dumps(timeline_json(timeline) | script_json(timeline, plan)))
    assert [interval["index"] for interval in tree["intervals"]] == list(range(len(timeline.intervals)))
    assert sum(interval["seconds"] or 0 for interval in tree["intervals"]) == (pytest.approx(tree["total_seconds"]))
    starts = [sound["start"] for sound in tree["sounds"]]
    assert starts == sorted(starts)
    assert len(describe_script(timeline, plan).splitlines()) == (
        len(timeline.intervals) + 1 + len(plan.sounds) + len(plan.dropped)
    )
