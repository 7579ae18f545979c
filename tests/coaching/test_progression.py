"""Which hold may grow: one at a time, after three clean runs, and never where the back felt worse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.history.runs import utc
from timer_app.coaching.progression import Progression, longer_hold, next_progression
from timer_app.conductor.record_mapping import interval_record
from timer_app.definition.model import ExerciseStep, Hold, Reps, RestStep, Rounds, Session, Step, StepPath
from timer_app.exercises.catalogue import load_catalogue
from timer_app.history.records import IntervalOutcome, RunBegun, RunOutcome, RunRecord
from timer_app.paths import assets
from timer_app.player.state import Outcome, Past
from timer_app.timeline.compile import compile_session

TODAY = date(2026, 3, 14)
CATALOGUE = load_catalogue(assets() / "exercises").catalogue


def held(exercise: str, seconds: int, *, sets: int = 1, each_side: bool = False) -> ExerciseStep:
    return ExerciseStep(Hold(seconds * 1000), exercise, sets=sets, rest=5_000, each_side=each_side)


def session(*steps: Step) -> Session:
    return Session("Core", steps)


def ran(what: Session, days_ago: int, *felt: int | None, outcome: RunOutcome = RunOutcome.COMPLETED) -> RunRecord:
    """Return a run in which all of a session was done; the back felt so before, after and on the next morning."""
    before, after, morning = felt or (6, 6, 6)
    when = utc(TODAY.year, TODAY.month, TODAY.day) - timedelta(days=days_ago)
    timeline = compile_session(what, CATALOGUE)
    intervals = tuple(interval_record(each, Past(Outcome.DONE, each.length or 0)) for each in timeline.intervals)
    begun = RunBegun(f"r{days_ago}", what.name, "core", "", "", timeline.total, when)
    return RunRecord(begun, when, outcome, intervals, None, before, after, "", morning)


def thrice(what: Session) -> list[RunRecord]:
    return [ran(what, days_ago) for days_ago in (1, 3, 5)]


def proposal(what: Session, runs: list[RunRecord], answered: date | None = None) -> tuple[StepPath, int, int] | None:
    growth = next_progression(what, runs, CATALOGUE, answered, TODAY)
    return None if growth is None else (growth.path, growth.current // 1000, growth.proposed // 1000)


PLANK = session(held("plank", 30, sets=2))


def spoilt(run: RunRecord, outcome: IntervalOutcome) -> RunRecord:
    """Return a run whose last work was not done as planned."""
    *others, last = run.intervals
    return replace(run, intervals=(*others, replace(last, outcome=outcome)))


def test_three_clean_runs_and_a_back_no_worse_let_a_hold_grow() -> None:
    growth = next_progression(PLANK, thrice(PLANK), CATALOGUE, None, TODAY)
    assert growth == Progression((0,), held("plank", 30, sets=2), CATALOGUE["plank"], 30_000, 35_000, mornings=3)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((held("plank", 60),), None),
        ((held("plank", 58),), ((0,), 58, 60)),
        ((held("cobra", 15),), None),
        ((held("plank", 60), held("side-plank", 20, each_side=True)), ((1,), 20, 25)),
        ((RestStep(10_000), Rounds(2, (held("cobra", 15), held("plank", 40)))), ((1, 1), 40, 45)),
        ((ExerciseStep(Reps(10), "superman"), ExerciseStep(Hold(30_000), name="Wall sit")), None),
        ((held("plank", 30), held("plank", 20)), ((0,), 30, 35)),
        ((held("no-such-exercise", 30),), None),
    ],
)
def test_the_first_hold_that_trains_and_is_below_its_usual_range_grows(
    steps: tuple[Step, ...], expected: tuple[StepPath, int, int] | None
) -> None:
    what = session(*steps)
    assert proposal(what, thrice(what)) == expected


Change = Callable[[list[RunRecord]], list[RunRecord]]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda runs: runs[:2], id="two runs"),
        pytest.param(lambda runs: [ran(PLANK, 0, outcome=RunOutcome.STOPPED), *runs], id="the last one stopped"),
        pytest.param(lambda runs: [replace(runs[0], outcome=RunOutcome.INTERRUPTED), *runs[1:]], id="interrupted"),
        pytest.param(lambda runs: [*runs[:2], spoilt(runs[2], IntervalOutcome.SKIPPED)], id="a set skipped"),
        pytest.param(lambda runs: [*runs[:2], spoilt(runs[2], IntervalOutcome.CUT_SHORT)], id="a set cut short"),
        pytest.param(lambda runs: [replace(runs[0], intervals=runs[0].intervals[:-1]), *runs[1:]], id="a set less"),
        pytest.param(lambda runs: [*runs[:2], ran(session(held("plank", 25, sets=2)), 5)], id="shorter before"),
        pytest.param(lambda runs: [*runs[:2], ran(session(held("knee-plank", 30, sets=2)), 5)], id="swapped"),
        pytest.param(lambda runs: [replace(run, comfort_next=None) for run in runs], id="no morning known"),
        pytest.param(lambda runs: [replace(run, comfort_before=None) for run in runs], id="nothing to compare"),
        pytest.param(lambda runs: [*runs[:2], replace(runs[2], comfort_next=5)], id="a worse morning"),
        pytest.param(lambda runs: [replace(runs[0], comfort_after=5), *runs[1:]], id="worse right after"),
        pytest.param(lambda runs: [replace(runs[0], comfort_before=3, comfort_next=3), *runs[1:]], id="sore"),
        pytest.param(lambda _runs: [ran(PLANK, days_ago) for days_ago in (21, 23, 25)], id="a break"),
    ],
)
def test_nothing_grows_otherwise(change: Change) -> None:
    assert proposal(PLANK, thrice(PLANK)) is not None
    assert proposal(PLANK, change(thrice(PLANK))) is None


def test_one_morning_is_enough_where_the_others_are_not_known() -> None:
    first, second, third = thrice(PLANK)
    growth = next_progression(
        PLANK, [first, replace(second, comfort_next=None), replace(third, comfort_before=None)], CATALOGUE, None, TODAY
    )
    assert growth is not None
    assert growth.mornings == 1


@pytest.mark.parametrize(("days_ago", "proposed"), [(0, False), (13, False), (14, True), (-13, False), (-400, True)])
def test_it_is_not_proposed_twice_within_two_weeks(days_ago: int, proposed: bool) -> None:
    answered = TODAY - timedelta(days=days_ago)
    assert (proposal(PLANK, thrice(PLANK), answered) is not None) is proposed


STEPS = st.lists(
    st.builds(
        held,
        st.sampled_from(["plank", "knee-plank", "side-plank", "six-inch-scissors", "cobra", "march"]),
        st.integers(5, 90),
        sets=st.integers(1, 2),
        each_side=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)
FELT = st.none() | st.integers(5, 8)
MOSTLY = st.sampled_from([RunOutcome.COMPLETED] * 9 + [RunOutcome.STOPPED])


@given(STEPS, st.lists(st.tuples(FELT, FELT, FELT, MOSTLY), min_size=3, max_size=5))
@settings(max_examples=300, deadline=None)
def test_whatever_was_done_one_hold_grows_by_little_within_what_is_usual(
    steps: list[ExerciseStep], ratings: list[tuple[int | None, int | None, int | None, RunOutcome]]
) -> None:
    what = session(*steps)
    runs = [ran(what, 1 + number, *felt, outcome=outcome) for number, (*felt, outcome) in enumerate(ratings)]
    growth = next_progression(what, runs, CATALOGUE, None, TODAY)
    if growth is None:
        return
    usual = growth.exercise.usual
    assert usual is not None
    assert usual.up_to is not None
    assert growth.current < growth.proposed <= min(growth.current + 5_000, usual.up_to)
    assert steps[growth.path[0]].work == Hold(growth.current)
    for before, after, morning, outcome in ratings[:3]:
        assert outcome is RunOutcome.COMPLETED
        assert before is None or all(felt is None or felt >= before for felt in (after, morning))


@given(st.integers(100, 4 * 3_600_000), st.integers(200, 4 * 3_600_000))
def test_a_hold_never_shrinks_and_grows_by_about_a_tenth_at_most(hold: int, most: int) -> None:
    plank = CATALOGUE["plank"]
    assert plank.usual is not None
    then = longer_hold(hold, replace(plank, usual=replace(plank.usual, up_to=most)))
    assert hold <= then <= max(hold, most)
    assert then - hold <= max(5_000, hold / 10 + 2_500)
    if hold < most:
        assert then > hold
