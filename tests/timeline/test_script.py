"""What is said inside an interval and at the end, and what each way of talking keeps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline import strategies
from tests.timeline.scripts import ENGLISH, compiled, hold, plan_sounds, spoken, variants, written
from tests.timeline.strategies import CATALOGUE, sessions, tone_lengths, voices
from tests.timeline.test_placement import Voice
from timer_app.clock import Milliseconds
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    FromEnd,
    FromStart,
    HalfWay,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Step,
    UntilDone,
)
from timer_app.exercises.model import Tempo
from timer_app.settings import Talk
from timer_app.timeline.cue_lines import CueLine, LineKind, Tone
from timer_app.timeline.intervals import IntervalKind
from timer_app.timeline.script import script, texts


def test_rest_after_work_rings_and_rest_after_rest_does_not() -> None:
    timeline = compiled(hold(5_000), RestStep(1_000), RestStep(1_000))
    assert [written(timeline, index) for index in (1, 2)] == ["0 [rest]", "0 one"]


# Inside holds


def test_a_minute_has_its_half_its_last_ten_seconds_and_its_count() -> None:
    assert written(compiled(hold(60_000)), 0) == (
        "0 go · 30000 half way · 50000 ten seconds left · 57000 three · 58000 two · 59000 one"
    )


@pytest.mark.parametrize(
    ("length", "kinds"),
    [
        (29_900, ""),
        (30_000, "20000 ten seconds left"),
        (39_900, "29900 ten seconds left"),
        (40_000, "20000 half way · 30000 ten seconds left"),
    ],
)
def test_half_and_ten_are_for_long_holds(length: Milliseconds, kinds: str) -> None:
    assert written(compiled(hold(length)), 0, LineKind.HALF, LineKind.TEN) == kinds


def test_as_many_as_possible_is_said_with_its_time_like_a_hold() -> None:
    timeline = compiled(ExerciseStep(Amrap(60_000), name="Burpee"))
    assert written(timeline, 0, LineKind.HALF, LineKind.TEN) == "30000 half way · 50000 ten seconds left"


def test_paced_reps_are_said_without_their_time() -> None:
    timeline = compiled(ExerciseStep(Reps(20, Tempo.plain(3_000)), exercise="plank"))
    assert written(timeline, 0, LineKind.HALF, LineKind.TEN, LineKind.FORM) == ""


def test_the_authors_lines_stand_where_they_were_put_and_in_place_of_ours() -> None:
    say = (
        SayLine(FromStart(15_000), "Knees over ankles"),
        SayLine(HalfWay(), "Half way, breathe"),
        SayLine(FromEnd(10_000), "Ten seconds, stay tall"),
    )
    assert written(compiled(hold(60_000, say=say)), 0, LineKind.SAY, LineKind.HALF, LineKind.TEN) == (
        "15000 Knees over ankles · 30000 Half way, breathe · 50000 Ten seconds, stay tall"
    )


def test_the_authors_lines_elsewhere_leave_ours_in_place() -> None:
    timeline = compiled(hold(60_000, say=(SayLine(FromStart(27_999), "Breathe"), SayLine(FromEnd(12_001), "Calm"))))
    assert written(timeline, 0, LineKind.HALF, LineKind.TEN) == "30000 half way · 50000 ten seconds left"
    timeline = compiled(hold(60_000, say=(SayLine(FromStart(28_000), "Breathe"), SayLine(FromEnd(12_000), "Calm"))))
    assert written(timeline, 0, LineKind.HALF, LineKind.TEN) == ""


@pytest.mark.parametrize(
    ("begun", "length", "heard"),
    [
        (25_000, 5_700, [(25_000, "Own"), (30_820, "half way"), (50_000, "ten seconds left")]),
        (25_000, 6_000, [(25_000, "Own"), (50_000, "ten seconds left")]),
        (45_000, 5_300, [(30_000, "half way"), (45_000, "Own"), (50_420, "ten seconds left")]),
        (45_000, 5_400, [(30_000, "half way"), (45_000, "Own")]),
    ],
)
def test_what_would_come_too_late_to_be_true_is_left_out(
    begun: Milliseconds, length: Milliseconds, heard: list[tuple[int, str]]
) -> None:
    timeline = compiled(hold(60_000, say=(SayLine(FromStart(begun), "Own"),)))
    lengths = {"Own": length, "half way": 500, "ten seconds left": 900}
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, lengths, {})
    assert [(sound.offset, sound.words) for sound in plan.of(0)] == heard


@pytest.mark.parametrize(("number", "heard"), [(600, [(2_720, "Calm")]), (900, [])])
def test_the_authors_lines_slip_by_a_second_at_most(number: Milliseconds, heard: list[tuple[int, str]]) -> None:
    step = ExerciseStep(Reps(2, Tempo.plain(2_000)), name="Lift", say=(SayLine(FromStart(2_000), "Calm"),))
    plan = plan_sounds(compiled(step), ENGLISH, CATALOGUE, Talk.FULL, {"two": number, "Calm": 500}, {})
    assert [(sound.offset, sound.words) for sound in plan.of(0) if sound.kind is LineKind.SAY] == heard


def test_the_authors_lines_in_a_rest_are_kept() -> None:
    timeline = compiled(RestStep(30_000, say=(SayLine(FromEnd(10_000), "Sip some water"),)), hold(5_000))
    assert written(timeline, 0, LineKind.SAY) == "20000 Sip some water"


def test_an_open_interval_keeps_what_counts_from_its_start() -> None:
    say = (SayLine(FromStart(5_000), "Slowly"), SayLine(HalfWay(), "Half"), SayLine(FromEnd(5_000), "Nearly"))
    assert written(compiled(ExerciseStep(UntilDone(), name="Push-up", say=say)), 0) == "0 go · 5000 Slowly"


@pytest.mark.parametrize(
    ("length", "at"),
    [
        (19_900, []),
        (20_000, [6_666]),
        (59_900, [19_966]),
        (60_000, [10_000, 40_000]),
        (90_000, [10_000, 40_000, 70_000]),
        (240_000, [26_666, 106_666, 186_666]),
    ],
)
def test_form_cues_are_spread_and_none_comes_twice_in_a_hold(length: Milliseconds, at: list[int]) -> None:
    lines = [
        line
        for line in script(compiled(hold(length, "plank")), ENGLISH, CATALOGUE, Talk.FULL)
        if line.kind is LineKind.FORM
    ]
    assert [line.at for line in lines] == at
    assert len({line.variants for line in lines}) == len(lines)


def test_form_cues_take_turns_over_the_session() -> None:
    timeline = compiled(hold(60_000, "plank", sets=2), hold(20_000, "plank"))
    spoken = [cues[0] for _, cues in variants(timeline, LineKind.FORM)]
    assert spoken == ["Breathe", "Ribs down", "Long neck", "Breathe", "Ribs down"]


def test_a_form_cue_does_not_run_into_the_next_ones_time() -> None:
    timeline = compiled(hold(20_000, "plank", say=(SayLine(FromStart(6_000), "Own"),)))
    for length, heard in ((7_200, [13_320]), (7_300, [])):
        plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {"Own": length, "Breathe": 500}, {})
        assert [sound.offset for sound in plan.of(0) if sound.kind is LineKind.FORM] == heard


def test_an_exercise_without_cues_has_none() -> None:
    assert written(compiled(hold(20_000, "bird-dog")), 0, LineKind.FORM) == ""


# The last set, and the end


def test_the_last_set_is_said_once_on_its_first_side() -> None:
    timeline = compiled(ExerciseStep(Reps(2, Tempo.plain(2_000), 5_000), name="Lift", sets=2, each_side=True))
    works = [interval for interval in timeline.intervals if interval.set == 2 and interval.kind is IntervalKind.WORK]
    assert [index for index, _ in variants(timeline, LineKind.LAST_SET)] == [works[0].index]


def test_the_last_set_is_said_after_the_go() -> None:
    plan = spoken(compiled(ExerciseStep(Reps(2, Tempo.plain(2_000)), name="Lift", sets=2)))
    assert [(sound.offset, sound.words) for sound in plan.of(1)] == [(0, "go"), (240, "last set"), (2_000, "two")]


def test_a_single_set_is_not_called_the_last() -> None:
    assert variants(compiled(Rounds(2, (hold(5_000),))), LineKind.LAST_SET) == []


def test_every_round_has_its_last_set() -> None:
    timeline = compiled(Rounds(2, (hold(5_000, sets=2),)))
    assert [index for index, _ in variants(timeline, LineKind.LAST_SET)] == [1, 3]


@pytest.mark.parametrize(
    ("steps", "ending"),
    [
        ((hold(720_000),), "Session complete, twelve minutes"),
        ((hold(310_000),), "Session complete, five minutes"),
        ((hold(100_000),), "Session complete, one minute forty"),
        ((hold(60_000), ExerciseStep(UntilDone(), name="Push-up")), "Session complete"),
    ],
)
def test_the_end_is_said_after_the_last_interval(steps: tuple[Step, ...], ending: str) -> None:
    timeline = compiled(*steps)
    assert written(timeline, len(timeline.intervals)) == f"0 {ending}"
    assert [sound.words for sound in spoken(timeline).of(len(timeline.intervals))] == [ending]


# How talkative


def test_brief_leaves_the_encouragement_out() -> None:
    timeline = compiled(hold(60_000, "plank", sets=2, rest=10_000), setup=10_000)
    assert written(timeline, 0, LineKind.NEXT, talk=Talk.BRIEF) == "7000 Next: Plank, one minute"
    assert written(timeline, 3, talk=Talk.BRIEF) == "0 go · 30000 [half] · 57000 three · 58000 two · 59000 one"


def test_counts_only_counts_and_rings() -> None:
    timeline = compiled(hold(60_000, each_side=True, say=(SayLine(FromStart(5_000), "Calm"),)), setup=4_000)
    assert written(timeline, 0, talk=Talk.COUNTS) == "1000 three · 2000 two · 3000 one"
    assert written(timeline, 1, talk=Talk.COUNTS) == "0 [go] · 30000 [half] · 57000 three · 58000 two · 59000 one"
    assert written(timeline, 2, talk=Talk.COUNTS) == "0 [rest] · 2000 three · 3000 two · 4000 one"
    assert written(timeline, 4, talk=Talk.COUNTS) == "0 [done]"


def test_tones_only_speaks_no_word_and_silent_makes_no_sound() -> None:
    timeline = compiled(ExerciseStep(Reps(2, Tempo.plain(2_000), 5_000), name="Lift"), setup=1_000)
    assert [written(timeline, index, talk=Talk.TONES) for index in range(4)] == [
        "0 [count]",
        "0 [go] · 2000 [rep]",
        "0 [go]",
        "0 [done]",
    ]
    assert script(timeline, ENGLISH, CATALOGUE, Talk.SILENT) == ()


Heard = set[tuple[int, LineKind, Milliseconds]]


def _heard(lines: tuple[CueLine, ...]) -> Heard:
    return {(line.interval, line.kind, line.at) for line in lines}


def _in_words(lines: tuple[CueLine, ...]) -> Heard:
    return {(line.interval, line.kind, line.at) for line in lines if line.variants}


@strategies.unhurried
@given(sessions)
def test_each_way_of_talking_holds_the_quieter_one(session: Session) -> None:
    timeline = strategies.compiled(session)
    scripts = [script(timeline, ENGLISH, CATALOGUE, talk) for talk in Talk]
    assert list(Talk) == [Talk.FULL, Talk.BRIEF, Talk.COUNTS, Talk.TONES, Talk.SILENT]
    for more, less in pairwise(scripts):
        assert _heard(less) <= _heard(more)
        assert _in_words(less) <= _in_words(more)
    assert not _in_words(scripts[3])


# All sessions


def test_texts_come_in_the_order_in_which_they_are_needed_each_once() -> None:
    timeline = compiled(hold(20_000, sets=2), setup=10_000)
    scripted = texts(script(timeline, ENGLISH, CATALOGUE, Talk.FULL))
    assert scripted == (
        "Next: Sit, twenty seconds",
        "Sit, twenty seconds",
        "Sit",
        "three",
        "two",
        "one",
        "go",
        "last set",
        "Session complete, fifty seconds",
        "Session complete",
        "complete",
    )


@strategies.unhurried
@given(sessions, voices, tone_lengths, st.sampled_from(Talk))
def test_whatever_the_session(session: Session, voice: Voice, tones: dict[Tone, Milliseconds], talk: Talk) -> None:
    timeline = strategies.compiled(session)
    lines = script(timeline, ENGLISH, CATALOGUE, talk)
    lengths = voice(texts(lines))
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, talk, lengths, tones)
    assert plan == plan_sounds(timeline, ENGLISH, CATALOGUE, talk, lengths, tones)
    for interval in timeline.intervals:
        sounds = plan.of(interval.index)
        assert all(before.end <= after.offset for before, after in pairwise(sounds))
        if interval.length is not None:
            assert all(sound.offset >= 0 and sound.end <= interval.length for sound in sounds)
            counted = [(interval.length - sound.offset) / 1000 for sound in sounds if sound.kind is LineKind.COUNT]
            assert counted in ([], [1], [2, 1], [3, 2, 1])
        reps = [sound for sound in sounds if sound.kind is LineKind.REP and interval.kind is IntervalKind.WORK]
        if reps:
            assert interval.reps is not None
            assert interval.tempo is not None
            assert [sound.offset for sound in reps] == [n * interval.tempo.rep for n in range(1, interval.reps)]
            assert len({sound.tone is None for sound in reps}) == 1
        assert all(sound.offset == 0 for sound in sounds if sound.kind is LineKind.GO)
