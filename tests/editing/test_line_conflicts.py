"""Lines that do not fit, in sentences for whoever writes the session."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings

from tests.timeline.scripts import compiled, hold, plan_sounds, spoken
from tests.timeline.strategies import CATALOGUE, TONES, sessions, voices
from tests.timeline.strategies import compiled as compiled_session
from timer_app.definition.model import ExerciseStep, FromStart, Hold, Reps, RestStep, SayLine, Session, UntilDone
from timer_app.editing.line_conflicts import LineConflict, by_step, find_conflicts, markers_by_interval
from timer_app.exercises.model import Tempo
from timer_app.settings import Talk
from timer_app.timeline.cue_lines import Dropped, Lengths, LineKind
from timer_app.timeline.intervals import Timeline
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.timeline.script import script, texts


def sentences(timeline: Timeline, *dropped: Dropped) -> list[str]:
    return [line.sentence for line in find_conflicts(timeline, dropped)]


def test_an_own_line_in_too_short_a_rest_is_told_with_what_it_takes() -> None:
    say = (SayLine(FromStart(0), "A sip of water, then shake out both of your arms and legs"),)
    timeline = compiled(hold(20_000), RestStep(3_000, say=say), hold(20_000))
    found = find_conflicts(timeline, spoken(timeline).dropped)
    assert [(line.interval, line.step, line.minor) for line in found if "Your own line" in line.sentence] == [
        (1, (1,), False)
    ]
    assert by_step(found)[1,][0] == (
        "Your own line, “A sip of water, then shake out both of your arms and legs”, takes 3.5 s, "
        "and there is room for 0.8 s in the rest of 3 s, so it is not said."
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            Dropped(0, LineKind.NEXT, "Next: Sit, one minute", 2_410, 1_290, "Sit"),
            """What comes next, “Next: Sit, one minute”, takes 2.5 s, and there is room for 1.2 s in
            the 5 s to get ready, so “Sit” is said instead.""",
        ),
        (
            Dropped(1, LineKind.HALF, "half way", 900, 0),
            "The half, “half way”, takes 0.9 s, and there is room for 0 s in the 1:30 of work, so it is not said.",
        ),
        (
            Dropped(2, LineKind.REST, "", 550, 54),
            """The tone for “The start of the rest” takes 0.6 s, and there is room for 0 s in the rest of 0.5 s,
            so it is left out.""",
        ),
        (
            Dropped(5, LineKind.SWITCH, "switch to the right side", 1_381, 1_000, "right side"),
            """The change of sides, “switch to the right side”, takes 1.4 s, and there is room for 1 s in
            the 2 s to change sides, so “right side” is said instead.""",
        ),
        (
            Dropped(8, LineKind.REP, "and hold", 1_000, 700),
            """The number of a rep, “and hold”, takes 1 s, and there is room for 0.7 s in the last rep, held 0.7 s,
            so it is not said.""",
        ),
        (
            Dropped(9, LineKind.SAY, "Breathe", 900, 100),
            "Your own line, “Breathe”, takes 0.9 s, and there is room for 0.1 s in this open step, so it is not said.",
        ),
    ],
)
def test_each_place_has_its_words(line: Dropped, sentence: str) -> None:
    side = ExerciseStep(Hold(20_000), name="Side", each_side=True, switch=2_000, setup=0)
    reps = ExerciseStep(Reps(3, Tempo.plain(2_000), last_rep_hold=700), name="Reps", setup=0)
    timeline = compiled(
        hold(90_000, setup=5_000),
        RestStep(500),
        ExerciseStep(Hold(20_000), name="X", setup=0),
        side,
        reps,
        ExerciseStep(UntilDone(), name="Open", setup=0),
    )
    assert sentences(timeline, line) == [" ".join(sentence.split())]


def test_numbers_that_are_counted_are_told_once_for_each_interval() -> None:
    timeline = compiled(ExerciseStep(Reps(5, Tempo.plain(300)), name="Quick", sets=2, rest=10_000))
    dropped = [Dropped(index, LineKind.REP, word, 500, 300) for index in (2, 0) for word in ("two", "three", "four")]
    found = find_conflicts(timeline, [*dropped, Dropped(0, LineKind.COUNT, "three", 500, 300)])
    assert [(line.interval, "countdown" in line.sentence) for line in found] == [(0, False), (0, True), (2, False)]
    assert len(by_step(found)[0,]) == 2


def test_what_is_the_same_in_every_set_is_told_once_and_signed_in_each() -> None:
    timeline = compiled(hold(20_000, sets=3, rest=4_000))
    dropped = [Dropped(index, LineKind.NEXT, "Next: Sit, twenty seconds", 2_000, 800, "Sit") for index in (1, 3)]
    found = find_conflicts(timeline, dropped)
    assert {step: len(told) for step, told in by_step(found).items()} == {(0,): 1}
    assert set(markers_by_interval(found)) == {1, 3}
    assert markers_by_interval(found)[1] == found[0].sentence


def test_two_lines_of_an_interval_share_its_sign() -> None:
    found = (LineConflict(4, (1,), "One.", minor=False), LineConflict(4, (1,), "Two.", minor=False))
    assert markers_by_interval(found) == {4: "One.\nTwo."}


def test_losing_the_end_of_a_description_or_a_tone_is_no_sign() -> None:
    timeline = compiled(hold(20_000, setup=10_000))
    long = "Next: Sit, one minute. Kneel down. Sit back on your heels."
    found = find_conflicts(
        timeline,
        [
            Dropped(0, LineKind.NEXT, long, 8_000, 6_000, "Next: Sit, one minute. Kneel down."),
            Dropped(0, LineKind.REST, "", 550, 0),
            Dropped(0, LineKind.NEXT, long, 8_000, 900, "Sit"),
            Dropped(0, LineKind.NEXT, long, 8_000, 100),
            Dropped(0, LineKind.SAY, "Sit. Stay.", 8_000, 100, "Sit. "),
        ],
    )
    assert [line.minor for line in found] == [True, True, False, False, False]
    assert markers_by_interval(found)[0].count("\n") == 2
    assert by_step(found)[0,] == tuple(line.sentence for line in found[2:])


@given(sessions, voices)
@settings(deadline=None)
def test_every_line_that_is_dropped_has_its_sentence(
    session: Session, voice: Callable[[Iterable[str]], Lengths]
) -> None:
    timeline = compiled_session(session)
    phrases = load_phrases("en")
    lengths = voice(texts(script(timeline, phrases, CATALOGUE, Talk.FULL)))
    plan = plan_sounds(timeline, phrases, CATALOGUE, Talk.FULL, lengths, TONES)
    found = find_conflicts(timeline, plan.dropped)
    assert {line.interval for line in found} == {line.interval for line in plan.dropped}
    assert all(timeline.intervals[line.interval].step == line.step for line in found)
    told = {sentence for sentences in by_step(found).values() for sentence in sentences}
    assert told == {line.sentence for line in found if not line.minor}
    assert set(markers_by_interval(found)) == {line.interval for line in found if not line.minor}
