from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from tests.definition.strategies import CATALOGUE, sessions
from tests.definition.test_parser import EXAMPLE
from timer_app.definition.duration_totals import DurationTotals, measure
from timer_app.definition.model import ExerciseStep, Hold, Reps, RestStep, Rounds, Session
from timer_app.definition.parser import read_session
from timer_app.paths import shipped_sessions
from timer_app.timeline.compile import compile_session

MINUTE = 60_000


def of(*steps: ExerciseStep | RestStep | Rounds, setup: int = 10_000) -> DurationTotals:
    return measure(Session("X", steps, setup=setup), CATALOGUE)


def test_planks_by_the_minute_take_310_seconds() -> None:
    text = (shipped_sessions() / "planks-by-the-minute.session.yaml").read_text(encoding="utf-8")
    assert measure(read_session(text, "x", CATALOGUE), CATALOGUE) == DurationTotals(6, 310_000)


def test_each_side_has_its_time_and_a_switch() -> None:
    held = ExerciseStep(Hold(20_000), exercise="knee-to-chest", each_side=True, sets=2)
    assert of(held) == DurationTotals(7, 10_000 + 2 * (20_000 + 5_000 + 20_000))


def test_the_last_rep_is_held_in_each_set() -> None:
    tens = ExerciseStep(Reps(10, None, 10_000), exercise="superman", sets=3, rest=45_000)
    assert of(tens) == DurationTotals(9, 10_000 + 3 * 50_000 + 2 * 45_000)


def test_rounds_rest_between_and_never_after() -> None:
    held = ExerciseStep(Hold(MINUTE), exercise="plank", setup=0)
    assert of(Rounds(3, (held,), rest=10_000)) == DurationTotals(5, 200_000)
    assert of(Rounds(1, (held,), rest=10_000)) == DurationTotals(1, MINUTE)


@pytest.mark.parametrize("exercise", ["push-up", "unknown", None])
def test_reps_without_a_pace_are_open(exercise: str | None) -> None:
    reps = ExerciseStep(Reps(10), exercise=exercise, name=None if exercise else "Mine", sets=2)
    assert of(reps, setup=0) == DurationTotals(2, 0, 2)


def test_the_whole_example() -> None:
    assert measure(read_session(EXAMPLE, "x", CATALOGUE), CATALOGUE).open_intervals == 1


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_a_session_is_the_sum_of_its_steps(session: Session) -> None:
    whole = measure(session, CATALOGUE)
    parts = [measure(Session("X", (step,), setup=session.setup), CATALOGUE) for step in session.steps]
    assert whole.intervals == sum(part.intervals for part in parts)
    assert whole.total == sum(part.total for part in parts)
    assert whole.open_intervals == sum(part.open_intervals for part in parts)


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_it_comes_to_what_the_compiler_makes_of_it(session: Session) -> None:
    whole = measure(session, CATALOGUE)
    assume(whole.intervals <= 5_000)
    timeline = compile_session(session, CATALOGUE)
    assert whole == DurationTotals(len(timeline.intervals), timeline.total, timeline.open_intervals)
