"""What there is to hear of one step."""

from __future__ import annotations

from tests.timeline.scripts import compiled, hold, spoken
from timer_app.definition.model import ExerciseStep, FromStart, Reps, RestStep, Rounds, SayLine
from timer_app.editing.step_preview_lines import preview_lines
from timer_app.exercises.model import Tempo
from timer_app.settings import Talk

SAY = (SayLine(FromStart(5_000), "Sit tall"),)
REPS = ExerciseStep(Reps(6, Tempo.plain(4_000), last_rep_hold=10_000), name="Lift", sets=2, rest=20_000)


def test_the_lines_of_a_step_come_in_order_each_once_without_the_countdown() -> None:
    timeline = compiled(hold(45_000, sets=2, rest=15_000, say=SAY), hold(20_000), setup=10_000)
    heard = preview_lines(timeline, spoken(timeline), (0,))
    assert heard == (
        "Next: Sit, forty-five seconds",
        "go",
        "Sit tall",
        "half way",
        "ten seconds left",
        "last set",
    )


def test_of_the_reps_the_first_are_counted_and_the_last_ones_hold_is_told() -> None:
    timeline = compiled(REPS, setup=10_000)
    heard = preview_lines(timeline, spoken(timeline), (0,))
    assert [line for line in heard if line in ("two", "three", "four", "five", "six")] == ["two", "three"]
    assert "and hold" in heard


def test_of_rounds_all_their_steps_are_heard_and_of_others_nothing() -> None:
    timeline = compiled(hold(20_000), Rounds(2, (RestStep(20_000, say=SAY), hold(20_000))))
    plan = spoken(timeline)
    assert "Sit tall" in preview_lines(timeline, plan, (1,))
    assert "Sit tall" in preview_lines(timeline, plan, (1, 0))
    assert "Sit tall" not in preview_lines(timeline, plan, (1, 1))
    assert "Sit tall" not in preview_lines(timeline, plan, (0,))
    assert preview_lines(timeline, plan, (7,)) == ()


def test_tones_are_not_heard() -> None:
    timeline = compiled(REPS, setup=10_000)
    assert preview_lines(timeline, spoken(timeline, Talk.TONES), (0,)) == ()
