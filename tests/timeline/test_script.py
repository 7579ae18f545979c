"""What is said when: each line of the table, and the rules of the ear."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline import strategies
from tests.timeline.strategies import CATALOGUE, TONES, sessions, tone_lengths, voices
from tests.timeline.test_placement import Voice
from timer_app.clock import Milliseconds
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    FromEnd,
    FromStart,
    HalfWay,
    Hold,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Side,
    Step,
    UntilDone,
)
from timer_app.exercises.model import Tempo
from timer_app.settings import Talk
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import Kind, Timeline
from timer_app.timeline.lines import Line, LineKind, SoundPlan, Tone
from timer_app.timeline.phrase_file import load_phrases
from timer_app.timeline.plan import plan_sounds
from timer_app.timeline.script import script, texts

ENGLISH = load_phrases("en")


def compiled(*steps: Step, setup: Milliseconds = 0) -> Timeline:
    return compile_session(Session("Test", steps, setup=setup), CATALOGUE)


def hold(length: Milliseconds, exercise: str | None = None, **changes: object) -> ExerciseStep:
    return ExerciseStep(Hold(length), exercise=exercise, name=None if exercise else "Sit", **changes)  # type: ignore[arg-type]


def written(timeline: Timeline, index: int, *kinds: LineKind, talk: Talk = Talk.FULL) -> str:
    """The lines of one interval as text: `0 go · 7000 three` by their marks, with their longest variant."""
    lines = script(timeline, ENGLISH, CATALOGUE, talk)
    return " · ".join(
        f"{line.at} {line.variants[0] if line.variants else f'[{line.tone}]'}"
        for line in lines
        if line.interval == index and (not kinds or line.kind in kinds)
    )


def variants(timeline: Timeline, kind: LineKind, talk: Talk = Talk.FULL) -> list[tuple[int, tuple[str, ...]]]:
    lines = script(timeline, ENGLISH, CATALOGUE, talk)
    return [(line.interval, line.variants) for line in lines if line.kind is kind and line.variants]


def spoken(timeline: Timeline, talk: Talk = Talk.FULL) -> SoundPlan:
    """Place a session's script in a voice that takes 60 ms a letter."""
    lengths = {text: 60 * len(text) for text in texts(script(timeline, ENGLISH, CATALOGUE, talk))}
    return plan_sounds(timeline, ENGLISH, CATALOGUE, talk, lengths, TONES)


# Counting


@pytest.mark.parametrize(
    ("length", "counts"),
    [
        (10_000, "7000 three · 8000 two · 9000 one"),
        (3_500, "500 three · 1500 two · 2500 one"),
        (3_000, "1000 two · 2000 one"),
        (2_000, "1000 one"),
        (1_000, ""),
        (500, ""),
    ],
)
def test_a_rest_after_work_counts_what_fits_after_its_first_moment(length: Milliseconds, counts: str) -> None:
    timeline = compiled(hold(5_000), RestStep(length), hold(5_000))
    assert written(timeline, 1, LineKind.COUNT) == counts


def test_a_setup_that_nothing_begins_with_counts_from_its_first_moment() -> None:
    assert written(compiled(hold(5_000), setup=3_000), 0, LineKind.COUNT) == "0 three · 1000 two · 2000 one"


@pytest.mark.parametrize(("length", "counted"), [(19_900, False), (20_000, True)])
def test_work_is_counted_out_from_twenty_seconds_on(length: Milliseconds, counted: bool) -> None:
    counts = written(compiled(hold(length)), 0, LineKind.COUNT)
    assert counts == (f"{length - 3000} three · {length - 2000} two · {length - 1000} one" if counted else "")


def test_a_long_last_rep_hold_is_counted_out() -> None:
    timeline = compiled(ExerciseStep(Reps(2, Tempo.plain(4_000), 20_000), name="Lift"))
    assert written(timeline, 1) == "0 and hold · 17000 three · 18000 two · 19000 one"


def test_open_work_has_no_countdown() -> None:
    assert written(compiled(ExerciseStep(UntilDone(), name="Push-up")), 0) == "0 go"


# Reps


def test_go_stands_for_the_first_rep_and_the_others_are_numbered_on_their_starts() -> None:
    timeline = compiled(ExerciseStep(Reps(4, Tempo.plain(2_500)), name="Lift"))
    assert written(timeline, 0) == "0 go · 2500 two · 5000 three · 7500 four"


def test_a_single_rep_is_a_go() -> None:
    assert written(compiled(ExerciseStep(Reps(1, Tempo.plain(2_500)), name="Lift")), 0) == "0 go"


def test_long_reps_end_in_tones_that_give_way_to_their_numbers() -> None:
    timeline = compiled(ExerciseStep(Reps(5, Tempo.plain(4_000)), name="Lift"))
    assert written(timeline, 0, LineKind.COUNT) == "17000 [count] · 18000 [count] · 19000 [count]"
    slow = dict.fromkeys(texts(script(timeline, ENGLISH, CATALOGUE, Talk.FULL)), 1_500)
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, slow, TONES)
    kinds = [(sound.kind, sound.words) for sound in plan.of(0)]
    assert kinds == [
        (LineKind.GO, "go"),
        *((LineKind.REP, word) for word in ("two", "three", "four", "five")),
    ]


def test_short_reps_are_their_own_countdown() -> None:
    timeline = compiled(ExerciseStep(Reps(10, Tempo.plain(3_900)), name="Lift"))
    assert written(timeline, 0, LineKind.COUNT) == ""


@pytest.mark.parametrize("long", ["five", "seven"])
def test_a_number_too_long_for_its_rep_makes_tones_of_the_whole_set(long: str) -> None:
    timeline = compiled(ExerciseStep(Reps(7, Tempo.plain(400)), name="Lift"))
    lengths = {"go": 200} | dict.fromkeys(("two", "three", "four", "five", "six", "seven"), 300) | {long: 401}
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, lengths, TONES)
    reps = [(sound.offset, sound.tone) for sound in plan.of(0) if sound.kind is LineKind.REP]
    assert reps == [(number * 400, Tone.REP) for number in range(1, 7)]
    assert [(dropped.words, dropped.needed, dropped.free) for dropped in plan.dropped] == [(long, 401, 400)]


def test_go_does_not_reach_into_the_second_rep() -> None:
    timeline = compiled(ExerciseStep(Reps(3, Tempo.plain(300)), name="Lift"))
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {"go": 301, "two": 200, "three": 200}, TONES)
    assert [(sound.offset, sound.words) for sound in plan.of(0)] == [(0, None), (300, "two"), (600, "three")]


def test_reps_at_the_persons_own_pace_are_not_counted() -> None:
    assert written(compiled(ExerciseStep(Reps(5), name="Lift")), 0) == "0 go"


# Sides


def test_a_switch_says_where_to() -> None:
    timeline = compiled(hold(5_000, each_side=True, first_side=Side.RIGHT))
    assert written(timeline, 1) == "0 switch to the left side · 2000 three · 3000 two · 4000 one"


def test_a_short_switch_says_the_side_alone() -> None:
    plan = spoken(compiled(hold(5_000, each_side=True, switch=3_000)))
    assert [(sound.offset, sound.words) for sound in plan.of(1)][:2] == [(0, "right side"), (1_000, "two")]


def test_a_side_that_comes_without_a_pause_is_told_with_the_go() -> None:
    timeline = compiled(hold(5_000, each_side=True, sets=2))
    assert [written(timeline, index, LineKind.GO) for index in (0, 2, 3)] == ["0 go", "0 go", "0 go, left side"]


def test_a_side_that_goes_on_is_not_told_again() -> None:
    one = hold(5_000, each_side=True)
    timeline = compiled(one, hold(5_000, each_side=True, first_side=Side.RIGHT))
    assert written(timeline, 3, LineKind.GO) == "0 go"


# What comes next


def test_next_up_tells_name_length_and_position_and_ends_by_the_countdown() -> None:
    timeline = compiled(hold(60_000, "plank"), setup=10_000)
    assert variants(timeline, LineKind.NEXT) == [
        (
            0,
            (
                "Next: Plank, one minute. On your forearms.",
                "Plank, one minute. On your forearms.",
                "Next: Plank, one minute",
                "Plank, one minute",
                "Plank",
            ),
        )
    ]
    line = next(line for line in script(timeline, ENGLISH, CATALOGUE, Talk.FULL) if line.kind is LineKind.NEXT)
    assert (line.at, line.latest, line.importance) == (7_000, 7_000, 3)


def test_position_is_told_the_first_time_alone() -> None:
    timeline = compiled(hold(5_000, "plank", sets=2, rest=10_000), hold(5_000, "plank"), setup=10_000)
    assert [said[0] for _, said in variants(timeline, LineKind.NEXT)] == [
        "Next: Plank, five seconds. On your forearms.",
        "Next: Plank, five seconds",
        "Next: Plank, five seconds",
    ]


def test_position_is_kept_rather_than_the_fine_print_of_the_dose() -> None:
    work = Reps(10, Tempo.plain(2_000), 10_000)
    timeline = compiled(ExerciseStep(work, name="Lift", about="Face down."), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1] == (
        "Next: Lift, ten reps, the last one held for ten seconds. Face down.",
        "Next: Lift, ten reps. Face down.",
        "Next: Lift, ten reps, the last one held for ten seconds",
        "Next: Lift, ten reps",
        "Lift, ten reps",
        "Lift",
    )


def test_an_exercise_that_began_without_a_pause_is_not_explained_afterwards() -> None:
    timeline = compiled(hold(5_000, "plank", sets=2, rest=10_000))
    assert variants(timeline, LineKind.NEXT)[0][1][0] == "Next: Plank, five seconds"


def test_an_own_exercise_is_explained_in_its_own_words_first_sentence_at_least() -> None:
    timeline = compiled(hold(5_000, about="Back flat.\nKnees bent."), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1][:5] == (
        "Next: Sit, five seconds. Back flat. Knees bent.",
        "Sit, five seconds. Back flat. Knees bent.",
        "Next: Sit, five seconds. Back flat.",
        "Sit, five seconds. Back flat.",
        "Next: Sit, five seconds",
    )


def test_an_essay_is_not_read_aloud() -> None:
    timeline = compiled(hold(5_000, about="Short. " + "and so on " * 30), setup=10_000)
    assert [text for text in variants(timeline, LineKind.NEXT)[0][1] if "Short" in text] == [
        "Next: Sit, five seconds. Short.",
        "Sit, five seconds. Short.",
    ]


def test_an_exercise_with_no_description_is_just_named() -> None:
    assert variants(compiled(hold(5_000), setup=5_000), LineKind.NEXT)[0][1][0] == "Next: Sit, five seconds"


@pytest.mark.parametrize(
    ("work", "dose"),
    [
        (Reps(10, Tempo.plain(2_000)), "ten reps"),
        (Reps(1, Tempo.plain(2_000)), "one rep"),
        (Reps(10, Tempo.plain(2_000), 10_000), "ten reps, the last one held for ten seconds"),
        (Reps(10), "ten reps at your own pace"),
        (UntilDone(), "until you are done"),
        (Amrap(60_000), "as many as you can in one minute"),
        (Hold(90_000), "ninety seconds"),
    ],
)
def test_next_up_tells_how_long_or_how_many(work: Hold | Reps | UntilDone | Amrap, dose: str) -> None:
    timeline = compiled(ExerciseStep(work, name="Lift"), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1][0] == f"Next: Lift, {dose}"


def test_next_up_tells_the_side() -> None:
    timeline = compiled(hold(5_000, each_side=True), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1] == (
        "Next: Sit, five seconds, on the left side",
        "Sit, five seconds, left side",
        "Sit, left side",
        "Sit",
    )


def test_a_further_set_needs_its_side_most() -> None:
    timeline = compiled(hold(5_000, each_side=True, sets=2, rest=5_000), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[1][1] == (
        "Next: Sit, five seconds, on the left side",
        "Sit, five seconds, left side",
        "Sit, left side",
        "left side",
    )


def test_in_a_short_pause_the_next_up_is_worth_more_than_the_tone() -> None:
    timeline = compiled(hold(5_000), RestStep(4_000), hold(5_000))
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {"Sit": 880}, TONES)
    assert next((sound.offset, sound.words, sound.tone) for sound in plan.of(1)) == (0, "Sit", None)
    assert [(dropped.kind, dropped.words) for dropped in plan.dropped] == [(LineKind.REST, "")]
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {"Sit": 600}, TONES)
    assert [(sound.offset, sound.words, sound.tone) for sound in plan.of(1)][:2] == [
        (0, None, Tone.REST),
        (280, "Sit", None),
    ]


def test_in_a_longer_pause_the_tone_sounds_and_the_next_up_is_shortened() -> None:
    timeline = compiled(hold(5_000), RestStep(5_000), hold(5_000))
    lengths = {"Next: Sit, five seconds": 1_700, "Sit": 600}
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, lengths, TONES)
    assert [(sound.words, sound.tone) for sound in plan.of(1)][:2] == [(None, Tone.REST), ("Sit", None)]


def test_next_up_is_said_once_in_the_longest_pause() -> None:
    timeline = compiled(hold(5_000), RestStep(30_000), hold(5_000), RestStep(4_000), hold(5_000), setup=10_000)
    pauses = [interval.length for interval in timeline.intervals if interval.kind is not Kind.WORK]
    assert pauses == [10_000, 30_000, 10_000, 4_000, 10_000]
    assert [timeline.intervals[index].length for index, _ in variants(timeline, LineKind.NEXT)] == [
        10_000,
        30_000,
        10_000,
    ]


def test_of_two_equal_pauses_the_later_one_tells() -> None:
    timeline = compiled(hold(5_000), RestStep(10_000), hold(5_000), setup=10_000)
    assert [index for index, _ in variants(timeline, LineKind.NEXT)] == [0, 3]


def test_a_rest_that_leads_nowhere_announces_nothing() -> None:
    timeline = compiled(hold(5_000), RestStep(10_000))
    assert variants(timeline, LineKind.NEXT) == []


def test_a_pause_too_short_to_count_announces_by_its_end() -> None:
    timeline = compiled(hold(5_000), RestStep(900), hold(5_000))
    line = next(
        line for line in script(timeline, ENGLISH, CATALOGUE, Talk.FULL) if line.variants and line.interval == 1
    )
    assert (line.kind, line.at) == (LineKind.NEXT, 900)


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


def test_as_many_as_possible_is_told_its_time_like_a_hold() -> None:
    timeline = compiled(ExerciseStep(Amrap(60_000), name="Burpee"))
    assert written(timeline, 0, LineKind.HALF, LineKind.TEN) == "30000 half way · 50000 ten seconds left"


def test_paced_reps_are_not_told_their_time() -> None:
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
    said = [cues[0] for _, cues in variants(timeline, LineKind.FORM)]
    assert said == ["Breathe", "Ribs down", "Long neck", "Breathe", "Ribs down"]


def test_a_form_cue_does_not_run_into_the_next_ones_time() -> None:
    timeline = compiled(hold(20_000, "plank", say=(SayLine(FromStart(6_000), "Own"),)))
    for length, heard in ((7_200, [13_320]), (7_300, [])):
        plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {"Own": length, "Breathe": 500}, {})
        assert [sound.offset for sound in plan.of(0) if sound.kind is LineKind.FORM] == heard


def test_an_exercise_without_cues_has_none() -> None:
    assert written(compiled(hold(20_000, "bird-dog")), 0, LineKind.FORM) == ""


# The last set, and the end


def test_the_last_set_is_told_once_on_its_first_side() -> None:
    timeline = compiled(ExerciseStep(Reps(2, Tempo.plain(2_000), 5_000), name="Lift", sets=2, each_side=True))
    works = [interval for interval in timeline.intervals if interval.set == 2 and interval.kind is Kind.WORK]
    assert [index for index, _ in variants(timeline, LineKind.LAST_SET)] == [works[0].index]


def test_the_last_set_is_told_after_the_go() -> None:
    plan = spoken(compiled(ExerciseStep(Reps(2, Tempo.plain(2_000)), name="Lift", sets=2)))
    assert [(sound.offset, sound.words) for sound in plan.of(1)] == [(0, "go"), (240, "last set"), (2_000, "two")]


def test_a_single_set_is_not_called_the_last() -> None:
    assert variants(compiled(Rounds(2, (hold(5_000),))), LineKind.LAST_SET) == []


def test_every_round_has_its_last_set() -> None:
    timeline = compiled(Rounds(2, (hold(5_000, sets=2),)))
    assert [index for index, _ in variants(timeline, LineKind.LAST_SET)] == [1, 3]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((hold(720_000),), "Session complete, twelve minutes"),
        ((hold(310_000),), "Session complete, five minutes"),
        ((hold(100_000),), "Session complete, one minute forty"),
        ((hold(60_000), ExerciseStep(UntilDone(), name="Push-up")), "Session complete"),
    ],
)
def test_the_end_is_told_after_the_last_interval(steps: tuple[Step, ...], said: str) -> None:
    timeline = compiled(*steps)
    assert written(timeline, len(timeline.intervals)) == f"0 {said}"
    assert [sound.words for sound in spoken(timeline).of(len(timeline.intervals))] == [said]


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


def _heard(lines: tuple[Line, ...]) -> Heard:
    return {(line.interval, line.kind, line.at) for line in lines}


def _in_words(lines: tuple[Line, ...]) -> Heard:
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
    wanted = texts(script(timeline, ENGLISH, CATALOGUE, Talk.FULL))
    assert wanted == (
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
        reps = [sound for sound in sounds if sound.kind is LineKind.REP and interval.kind is Kind.WORK]
        if reps:
            assert interval.reps is not None
            assert interval.tempo is not None
            assert [sound.offset for sound in reps] == [n * interval.tempo.rep for n in range(1, interval.reps)]
            assert len({sound.tone is None for sound in reps}) == 1
        assert all(sound.offset == 0 for sound in sounds if sound.kind is LineKind.GO)
