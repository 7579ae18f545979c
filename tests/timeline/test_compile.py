"""Sessions compiled by the rules, worked out by hand."""

from __future__ import annotations

import pytest

from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    FromStart,
    Hold,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Side,
    Step,
    StepPath,
    UntilDone,
)
from timer_app.exercises.model import Exercise, Tempo
from timer_app.problems import Problem
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import Interval, Timeline


def exercise(name: str, tempo: Tempo | None = None) -> Exercise:
    return Exercise(
        name.lower().replace(" ", "-"), name, "core", "Lie down.", ("Breathe",), "Stop if it hurts.", tempo=tempo
    )


CATALOGUE = {
    known.id: known
    for known in (exercise("Plank"), exercise("Superman", Tempo(1_000, 1_000, 2_000)), exercise("Knee to chest"))
}


def session(*steps: Step, setup: int = 10_000) -> Session:
    return Session("Test", steps, setup=setup)


def compiled(
    *steps: Step, setup: int = 10_000, leave_out: frozenset[StepPath] = frozenset(), seed: int | None = None
) -> Timeline:
    return compile_session(session(*steps, setup=setup), CATALOGUE, leave_out=leave_out, seed=seed)


def picture(timeline: Timeline) -> str:
    """The timeline as text: `0 setup Plank 1/3 10 · 10 work Plank 1/3 60 · 70 rest 60`."""
    return " · ".join(_seen(interval) for interval in timeline.intervals)


def _seen(interval: Interval) -> str:
    number = f"{interval.set}/{interval.sets}" if interval.set else ""
    turn = f"r{interval.round}/{interval.rounds}" if interval.round else ""
    length = "open" if interval.length is None else f"{interval.length / 1000:g}"
    title = interval.title if interval.title != "Rest" else ""
    words = (f"{interval.start / 1000:g}", interval.kind, title, interval.side or "", number, turn, length)
    return " ".join(word for word in words if word)


def test_planks_by_the_minute() -> None:
    timeline = compiled(ExerciseStep(Hold(60_000), "plank", sets=3, rest=60_000))
    assert picture(timeline) == (
        "0 setup Plank 1/3 10 · 10 work Plank 1/3 60 · 70 rest 60 · 130 work Plank 2/3 60 · 190 rest 60 · "
        "250 work Plank 3/3 60"
    )
    assert timeline.total == 310_000
    assert [interval.index for interval in timeline.intervals] == list(range(6))


def test_reps_take_their_tempo_and_the_last_is_held() -> None:
    step = ExerciseStep(Reps(10, Tempo(2_000, 0, 1_000), last_rep_hold=10_000), "superman", sets=2, rest=45_000)
    timeline = compiled(step)
    assert picture(timeline) == (
        "0 setup Superman 1/2 10 · 10 work Superman 1/2 30 · 40 last_rep_hold Superman 1/2 10 · 50 rest 45 · "
        "95 work Superman 2/2 30 · 125 last_rep_hold Superman 2/2 10"
    )
    work = timeline.intervals[1]
    assert (work.reps, work.tempo) == (10, Tempo(2_000, 0, 1_000))
    assert (timeline.intervals[2].reps, timeline.intervals[2].tempo) == (None, None)


def test_reps_without_a_tempo_take_the_catalogues() -> None:
    assert picture(compiled(ExerciseStep(Reps(5), "superman"), setup=0)) == "0 work Superman 1/1 20"


def test_reps_with_no_tempo_anywhere_are_at_the_users_own_pace() -> None:
    timeline = compiled(ExerciseStep(Reps(5), "plank"), ExerciseStep(Hold(5_000), "plank"), setup=0)
    assert picture(timeline) == "0 work Plank 1/1 open · 0 work Plank 1/1 5"
    assert (timeline.total, timeline.open_intervals, timeline.intervals[0].reps) == (5_000, 1, 5)


def test_each_side_has_the_full_time_with_a_switch_between() -> None:
    timeline = compiled(ExerciseStep(Hold(20_000), "knee-to-chest", sets=2, rest=5_000, each_side=True))
    assert picture(timeline) == (
        "0 setup Knee to chest left 1/2 10 · 10 work Knee to chest left 1/2 20 · 30 switch Knee to chest right 1/2 5 · "
        "35 work Knee to chest right 1/2 20 · 55 rest 5 · 60 work Knee to chest left 2/2 20 · "
        "80 switch Knee to chest right 2/2 5 · 85 work Knee to chest right 2/2 20"
    )


def test_the_right_side_can_come_first_and_a_switch_can_take_no_time() -> None:
    step = ExerciseStep(Reps(2, last_rep_hold=3_000), "superman", each_side=True, first_side=Side.RIGHT, switch=0)
    assert picture(compiled(step, setup=0)) == (
        "0 work Superman right 1/1 8 · 8 last_rep_hold Superman right 1/1 3 · "
        "11 work Superman left 1/1 8 · 19 last_rep_hold Superman left 1/1 3"
    )


def test_a_step_can_have_a_setup_of_its_own_or_none() -> None:
    steps = (ExerciseStep(Hold(5_000), "plank", setup=3_000), ExerciseStep(Hold(5_000), "plank", setup=0))
    assert picture(compiled(*steps)) == "0 setup Plank 1/1 3 · 3 work Plank 1/1 5 · 8 work Plank 1/1 5"


def test_rounds_repeat_their_steps_and_rest_only_in_between() -> None:
    inner = Rounds(2, (ExerciseStep(Hold(5_000), "superman"),), rest=1_000)
    block = Rounds(2, (ExerciseStep(Hold(10_000), "plank"), inner), rest=30_000)
    assert picture(compiled(block, setup=0)) == (
        "0 work Plank 1/1 r1/2 10 · 10 work Superman 1/1 r1/2 5 · 15 rest r1/2 1 · 16 work Superman 1/1 r2/2 5 · "
        "21 rest r1/2 30 · 51 work Plank 1/1 r2/2 10 · 61 work Superman 1/1 r1/2 5 · 66 rest r1/2 1 · "
        "67 work Superman 1/1 r2/2 5"
    )


def test_every_interval_knows_the_step_it_came_from() -> None:
    block = Rounds(2, (ExerciseStep(Hold(1_000), "plank"), RestStep(1_000)), rest=1_000)
    timeline = compiled(RestStep(1_000, name="Water"), block, setup=0)
    assert [interval.step for interval in timeline.intervals] == [(0,), (1, 0), (1, 1), (1,), (1, 0), (1, 1)]
    assert timeline.intervals[0].title == "Water"


def test_open_steps_and_as_many_as_possible() -> None:
    steps = (ExerciseStep(UntilDone(), name="Push-up"), ExerciseStep(Amrap(60_000), name="Burpee"))
    timeline = compiled(*steps)
    assert picture(timeline) == (
        "0 setup Push-up 1/1 10 · 10 work Push-up 1/1 open · 10 setup Burpee 1/1 10 · 20 work Burpee 1/1 60"
    )
    assert [interval.amrap for interval in timeline.intervals] == [False, False, False, True]


def test_lines_belong_to_the_work_and_to_a_rest_of_its_own() -> None:
    lines = (SayLine(FromStart(1_000), "Breathe"),)
    timeline = compiled(
        ExerciseStep(Hold(5_000), "plank", sets=2, rest=2_000, say=lines), RestStep(9_000, say=lines), setup=4_000
    )
    assert [bool(interval.say) for interval in timeline.intervals] == [False, True, False, True, True]


def test_an_unknown_exercise_is_called_by_its_id() -> None:
    assert compiled(ExerciseStep(Hold(5_000), "moon-walk"), setup=0).intervals[0].title == "moon-walk"


PLANK, OTHER, REST = ExerciseStep(Hold(60_000), "plank"), ExerciseStep(Hold(5_000), "superman"), RestStep(30_000)


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ({(0,)}, "superman rest knee-to-chest"),
        ({(2,)}, "plank rest knee-to-chest"),
        ({(4,)}, "plank rest superman"),
        ({(0,), (2,)}, "knee-to-chest"),
        ({(1,)}, "plank superman rest knee-to-chest"),
        ({(2,), (4,)}, "plank"),
    ],
)
def test_a_step_left_out_takes_the_rest_that_led_to_it_along(left_out: set[StepPath], expected: str) -> None:
    last = ExerciseStep(Hold(5_000), "knee-to-chest")
    timeline = compiled(PLANK, REST, OTHER, REST, last, setup=0, leave_out=frozenset(left_out))
    assert " ".join(interval.exercise or "rest" for interval in timeline.intervals) == expected


def test_a_rest_that_the_author_put_first_or_last_stays() -> None:
    timeline = compiled(REST, PLANK, OTHER, REST, setup=0, leave_out=frozenset({(2,)}))
    assert " ".join(interval.exercise or "rest" for interval in timeline.intervals) == "rest plank rest"


def test_a_round_with_nothing_left_in_it_is_left_out_whole() -> None:
    block = Rounds(3, (PLANK, REST), rest=10_000)
    timeline = compiled(block, OTHER, setup=0, leave_out=frozenset({(0, 0)}))
    assert picture(timeline) == "0 work Superman 1/1 5"
    assert picture(compiled(block, OTHER, setup=0, leave_out=frozenset({(0,)}))) == "0 work Superman 1/1 5"


def test_a_session_with_nothing_left_is_a_problem_and_not_a_crash() -> None:
    with pytest.raises(Problem, match="Nothing is left to do"):
        compiled(PLANK, leave_out=frozenset({(0,)}))


def test_shuffled_rounds_keep_their_order_for_one_run_and_change_from_run_to_run() -> None:
    steps = tuple(ExerciseStep(Hold(1_000 * number), "plank") for number in range(1, 7))
    block = Rounds(2, steps, shuffle=True)

    def order(seed: int | None) -> list[int | None]:
        return [interval.length for interval in compiled(block, setup=0, seed=seed).intervals]

    assert order(None) == [1_000, 2_000, 3_000, 4_000, 5_000, 6_000] * 2
    assert order(5) == order(5)
    assert order(5)[:6] == order(5)[6:]
    assert sorted(map(int, filter(None, order(5)))) == sorted(map(int, filter(None, order(None))))
    assert len({tuple(order(seed)) for seed in range(20)}) > 10


def test_what_follows_is_the_next_work() -> None:
    timeline = compiled(PLANK, REST, OTHER)
    following = timeline.following(1)
    assert following is not None
    assert (following.index, following.exercise) == (4, "superman")
    assert timeline.following(4) is None


def test_the_intervals_of_the_same_first_steps_are_reused() -> None:
    steps: list[Step] = [ExerciseStep(Hold(30_000), exercise="plank", sets=2), RestStep(20_000)]
    before = compiled(*steps, ExerciseStep(Hold(10_000), name="Mine"))
    changed = session(*steps, ExerciseStep(Hold(45_000), name="Mine"))
    timeline = compile_session(changed, CATALOGUE, reuse=(2, before))
    assert timeline == compile_session(changed, CATALOGUE)
    assert timeline.intervals[0] is before.intervals[0]
