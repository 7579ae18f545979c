"""What is counted: the countdown, go, reps, and which side comes now."""

from __future__ import annotations

import pytest

from tests.timeline.scripts import ENGLISH, compiled, hold, plan_sounds, spoken, written
from tests.timeline.strategies import CATALOGUE, TONES
from timer_app.clock import Milliseconds
from timer_app.definition.model import (
    ExerciseStep,
    Reps,
    RestStep,
    Side,
    UntilDone,
)
from timer_app.exercises.model import Tempo
from timer_app.settings import Talk
from timer_app.timeline.cue_lines import LineKind, Tone
from timer_app.timeline.script import script, texts

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


def test_reps_at_the_users_own_pace_are_not_counted() -> None:
    assert written(compiled(ExerciseStep(Reps(5), name="Lift")), 0) == "0 go"


# Sides


def test_a_switch_says_where_to() -> None:
    timeline = compiled(hold(5_000, each_side=True, first_side=Side.RIGHT))
    assert written(timeline, 1) == "0 switch to the left side · 2000 three · 3000 two · 4000 one"


def test_a_short_switch_says_the_side_alone() -> None:
    plan = spoken(compiled(hold(5_000, each_side=True, switch=3_000)))
    assert [(sound.offset, sound.words) for sound in plan.of(1)][:2] == [(0, "right side"), (1_000, "two")]


def test_a_side_that_comes_without_a_pause_is_said_with_the_go() -> None:
    timeline = compiled(hold(5_000, each_side=True, sets=2))
    assert [written(timeline, index, LineKind.GO) for index in (0, 2, 3)] == ["0 go", "0 go", "0 go, left side"]


def test_a_side_that_goes_on_is_not_said_again() -> None:
    one = hold(5_000, each_side=True)
    timeline = compiled(one, hold(5_000, each_side=True, first_side=Side.RIGHT))
    assert written(timeline, 3, LineKind.GO) == "0 go"
