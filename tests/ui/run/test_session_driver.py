"""When the session driver refreshes, and what it emits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.ui.run.rig import KNEES, PLANKS, PUSH_UPS, SUPERMAN, Rig
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import Snapshot, Status
from timer_app.definition.model import ExerciseStep, Hold
from timer_app.ui.support.session_driver import (
    FRAME,
    QUICK,
    SLOW,
    even_frame,
    frame_interval,
    next_wait,
    to_rep_change,
    to_whole_second,
)


class SignalLog:
    """Every signal of a driver, in order."""

    def __init__(self, rig: Rig) -> None:
        self.events: list[str] = []
        driver = rig.driver
        driver.phase_changed.connect(lambda interval: self.events.append(f"{interval.kind} {interval.title}"))
        driver.paused.connect(lambda: self.events.append("paused"))
        driver.slept.connect(lambda: self.events.append("slept"))
        driver.resumed.connect(lambda: self.events.append("resumed"))
        driver.ended.connect(lambda last: self.events.append(f"ended {last.status}"))


def test_each_phase_and_the_end_are_emitted_once(qtbot: QtBot) -> None:
    rig = Rig(*KNEES[:1])
    log = SignalLog(rig)
    rig.driver.start()
    rig.go(10_000 + 2 * (20_000 + 5_000 + 20_000))
    work, switch = "work Knee-to-chest hold", "switch Knee-to-chest hold"
    assert log.events == [
        "setup Knee-to-chest hold",
        *(work, switch, work),
        *(work, switch, work),
        "ended completed",
    ]


def test_a_pause_is_emitted_once_however_often_it_refreshes(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    log = SignalLog(rig)
    rig.driver.start()
    rig.driver.do(Conductor.pause)
    rig.driver.refresh()
    rig.driver.do(Conductor.toggle)
    assert log.events == ["setup Plank", "paused", "resumed"]


def test_a_sleep_is_emitted(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    log = SignalLog(rig)
    rig.driver.start()
    rig.sleep(5_000)
    assert log.events == ["setup Plank", "slept"]


@pytest.mark.parametrize(
    ("intent", "seconds"),
    [("skip", 60), ("back", 10), ("extend", 15)],
)
def test_intents_reach_the_conductor_and_are_shown_at_once(qtbot: QtBot, intent: str, seconds: int) -> None:
    rig = Rig(*PLANKS)
    shown: list[Snapshot] = []
    rig.driver.shown.connect(shown.append)
    rig.driver.start()
    rig.go(5_000)
    rig.driver.do(getattr(Conductor, intent))
    assert shown[-1].seconds == seconds


def test_stopping_emits_the_end_and_stops_the_timer(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    log = SignalLog(rig)
    rig.driver.start()
    rig.go(3_000)
    rig.driver.do(Conductor.stop)
    assert log.events[-1] == "ended stopped"
    assert rig.wait is None


def test_an_open_step_ends_when_the_user_says_so(qtbot: QtBot) -> None:
    rig = Rig(*PUSH_UPS)
    rig.driver.start()
    rig.go(40_000)
    assert rig.conductor.state.index == 1
    rig.driver.do(Conductor.done)
    assert rig.conductor.state.index == 2


def test_muting_is_heard_and_shown(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    shown: list[Snapshot] = []
    rig.driver.shown.connect(shown.append)
    rig.driver.start()
    rig.driver.do(lambda conductor: conductor.mute(muted=True))
    assert rig.speaker.muted
    assert shown[-1].muted


def test_it_waits_a_frame_while_seen_and_a_second_while_not(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    rig.driver.start()
    assert rig.wait == FRAME
    rig.driver.set_animated(False)
    assert rig.wait == 1_000


def test_it_waits_for_nothing_while_paused(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    rig.driver.start()
    rig.driver.do(Conductor.pause)
    assert rig.wait is None
    rig.driver.do(Conductor.resume)
    assert rig.wait == FRAME


def test_a_boundary_comes_before_a_frame(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    rig.driver.start()
    rig.go(9_970)
    assert rig.wait == 30


def test_the_timer_refreshes_by_itself(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    rig.driver.start()
    rig.clock.advance(1_500)
    with qtbot.waitSignal(rig.driver.shown, timeout=5_000) as looked:
        pass
    snapshot = looked.args[0] if looked.args else None
    assert isinstance(snapshot, Snapshot)
    assert snapshot.elapsed == 1_500


def test_between_two_seconds_only_the_elapsed_time_is_animated(qtbot: QtBot) -> None:
    rig = Rig(*SUPERMAN, setup=0)
    calls: list[str] = []
    rig.driver.shown.connect(lambda now: calls.append(f"shown {now.elapsed}"))
    rig.driver.start(animate=lambda elapsed: calls.append(f"moved {elapsed}"))
    for _picture in range(12):
        rig.clock.advance(100)
        rig.driver.timer.timeout.emit()
    seconds = ["shown 0", *(f"moved {elapsed}" for elapsed in range(100, 1_000, 100)), "shown 1000"]
    assert calls == [*seconds, "moved 1100", "moved 1200"]


@given(to_next=st.integers(1, 1_000), frame=st.floats(16, 1_000))
@example(to_next=1_000, frame=999.9999999999999)  # where a sum in floats says that there is a picture too many
def test_a_second_is_parted_evenly_into_no_more_pictures_than_are_wanted(to_next: int, frame: float) -> None:
    beat = even_frame(to_next, frame)
    pictures = round(to_next / beat)
    assert beat <= frame
    assert beat == pytest.approx(to_next / pictures)
    assert (pictures - 1) * Fraction(frame) < to_next, "one fewer would not have been enough"


def test_pictures_that_come_late_do_not_push_back_those_after_them(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS, setup=0)
    moments: list[int] = []
    rig.driver.start(lambda _now: 150.0, moments.append)
    beat = rig.wait
    assert beat == 143
    timer = rig.driver.timer.timerId()
    for picture, late in enumerate((0, 30, 5, 50, 0, 60), 1):
        assert (rig.wait, rig.driver.timer.timerId()) == (beat, timer), "it goes on by itself"
        rig.clock.advance(beat * picture + late - rig.clock.now())
        rig.driver.timer.timeout.emit()
    assert moments == [143, 316, 434, 622, 715, 918]
    assert rig.wait == 1_000 - 918
    rig.clock.advance(rig.wait)
    rig.driver.timer.timeout.emit()
    assert rig.conductor.snapshot().elapsed == 1_000


def test_nothing_moves_while_nobody_sees_it(qtbot: QtBot) -> None:
    rig = Rig(*PLANKS)
    rig.driver.set_animated(False)
    calls: list[int] = []
    rig.driver.start(animate=calls.append)
    rig.clock.advance(300)
    rig.driver.timer.timeout.emit()
    assert (calls, rig.wait) == ([], 700)


@pytest.mark.parametrize(("at", "wait"), [(9_800, 100), (9_950, 50), (9_995, 5)])
def test_a_glance_too_waits_for_the_boundary_alone(qtbot: QtBot, at: int, wait: int) -> None:
    rig = Rig(*PLANKS)
    rig.driver.start()
    rig.go(at - 100)
    rig.clock.advance(100)
    rig.driver.timer.timeout.emit()
    assert rig.wait == wait


def test_the_next_rep_phase_is_waited_for(qtbot: QtBot) -> None:
    rig = Rig(*SUPERMAN)
    rig.driver.set_animated(False)
    rig.driver.start()
    rig.go(10_000 + 4_000 + 300)
    now = rig.conductor.snapshot()
    assert (now.rep.number if now.rep else None) == 2
    assert to_rep_change(now) == 700
    assert rig.wait == 700


@settings(deadline=None)  # what it takes is compiling a session anew for each example
@given(elapsed=st.integers(0, 59_999))
def test_a_refresh_always_comes_before_the_number_is_out_of_date(elapsed: int) -> None:
    rig = Rig(*PLANKS, setup=0)
    rig.clock.advance(0)
    for _second in range(elapsed // 1_500):
        rig.clock.advance(1_500)
        rig.conductor.poll()
    rig.clock.advance(elapsed % 1_500)
    now = rig.conductor.poll()
    wait = next_wait(now, rig.conductor.due_in(), speed=1, frame=None)
    assert now.status is Status.RUNNING
    assert wait is not None
    assert now.seconds is not None
    rig.clock.advance(to_whole_second(now) - 1)
    assert rig.conductor.poll().seconds == now.seconds
    rig.clock.advance(1)
    assert rig.conductor.poll().seconds == (now.seconds - 1 or 60)
    assert 1 <= wait <= max(16, to_whole_second(now))


def test_a_faster_clock_is_refreshed_more_often_up_to_a_limit() -> None:
    rig = Rig(*PLANKS)
    now = rig.conductor.poll()
    assert next_wait(now, 10_000 / 4, speed=4, frame=None) == 250
    assert next_wait(now, 10_000 / 1_000, speed=1_000, frame=None) == 10
    assert next_wait(now, 10_000 / 200, speed=200, frame=FRAME) == 16


@pytest.mark.parametrize(
    ("length", "way", "figure", "wanted"),
    [
        (10_000, 1_400.0, False, FRAME),
        (60_000, 1_400.0, False, 171.4),
        (60_000, 1_400.0, True, 171.4),
        (600_000, 1_400.0, False, SLOW),
        (60_000, 0.0, False, SLOW),
    ],
)
def test_the_frame_rate_follows_what_moves(length: int, way: float, figure: bool, wanted: float) -> None:
    rig = Rig(ExerciseStep(Hold(length), exercise="plank"), setup=0)
    now = rig.conductor.snapshot()
    assert frame_interval(now, ring_length=way, figure=figure) == pytest.approx(wanted, abs=0.1)


def test_a_figure_within_a_rep_moves_quickly_and_rests_in_its_hold(qtbot: QtBot) -> None:
    rig = Rig(*SUPERMAN, setup=0)
    paces = []
    for wait in (500, 1_000, 1_000):
        rig.go(wait)
        paces.append(frame_interval(rig.conductor.snapshot(), ring_length=2_000.0, figure=True))
    assert paces == [QUICK, FRAME, QUICK]
    assert frame_interval(rig.conductor.snapshot(), ring_length=2_000.0, figure=False) == FRAME
