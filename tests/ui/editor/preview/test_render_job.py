"""Prerendering the speech of the session being edited."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool
from pytestqt.qtbot import QtBot

from tests.ui.stage import SilentVoice, Stage, services_with
from timer_app.definition.model import ExerciseStep, FromStart, Hold, RestStep, SayLine, Session
from timer_app.editing.line_conflicts import find_conflicts, markers_by_interval
from timer_app.problems import Problem
from timer_app.settings import Settings, Talk
from timer_app.sound.clips import ClipStore
from timer_app.sound.voice import RenderedVoice
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.ui.editor.preview.render_job import render_job
from timer_app.ui.support.services import Services


def timeline(name: str = "Plank") -> Timeline:
    return compile_session(Session("One", (ExerciseStep(Hold(60_000), name=name),)), {})


class Listener:
    """A render job that belongs to a part of a window, and its results."""

    def __init__(self, stage: Stage, qtbot: QtBot) -> None:
        voice = stage.services.voice
        assert isinstance(voice, SilentVoice)
        self.voice = voice
        self.qtbot = qtbot
        self.owner = QObject()
        self.plans: list[tuple[Timeline, SoundPlan]] = []
        self.job = render_job(stage.services, self.owner, lambda of, plan: self.plans.append((of, plan)))

    def wait(self) -> None:
        """Wait for the next plan."""
        self.qtbot.waitUntil(lambda: self.plans != [], timeout=10_000)

    def wait_for_threads(self) -> None:
        """Wait until the other threads are idle and their results delivered."""
        assert QThreadPool.globalInstance().waitForDone(10_000)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)


@pytest.fixture
def listener(stage: Stage, qtbot: QtBot) -> Iterator[Listener]:
    listener = Listener(stage, qtbot)
    yield listener
    listener.job.cancel()
    listener.wait_for_threads()


def test_the_plan_comes_with_the_timeline_that_it_is_for(listener: Listener) -> None:
    requested = timeline()
    listener.job.request(requested)
    listener.wait()
    ((made_of, plan),) = listener.plans
    assert made_of is requested
    assert any(sound.words == "half way" for sound in plan.sounds)


def test_only_the_last_of_many_changes_is_rendered(listener: Listener) -> None:
    changes = [timeline(name) for name in ("P", "Pl", "Pla", "Plan", "Plank")]
    for change in changes:
        listener.job.request(change)
    listener.wait()
    assert [made_of for made_of, _plan in listener.plans] == [changes[-1]]
    assert {text for text in listener.voice.clips if text.startswith("Next: ")} == {"Next: Plank, one minute"}


def test_a_render_that_is_running_is_cancelled_for_a_newer_one(listener: Listener) -> None:
    listener.voice.at_once = False
    listener.job.request(timeline("Old"))
    listener.qtbot.waitUntil(lambda: "Next: Old, one minute" in listener.voice.requested)
    new = timeline("New")
    listener.job.request(new)
    listener.qtbot.waitUntil(lambda: "Next: New, one minute" in listener.voice.requested, timeout=10_000)
    listener.voice.arrive()
    listener.wait()
    assert [made_of for made_of, _plan in listener.plans] == [new]


def test_a_cancelled_job_gives_no_plan(listener: Listener) -> None:
    listener.voice.at_once = False
    listener.job.request(timeline())
    listener.qtbot.waitUntil(lambda: listener.voice.requested != [])
    listener.job.cancel()
    listener.voice.arrive()
    listener.wait_for_threads()
    assert listener.plans == []


def test_a_window_that_closes_leaves_nothing_waiting(stage: Stage, qtbot: QtBot) -> None:
    listener = Listener(stage, qtbot)
    listener.voice.at_once = False
    listener.job.request(timeline())
    qtbot.waitUntil(lambda: listener.voice.requested != [])
    listener.owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QThreadPool.globalInstance().waitForDone(5_000)
    listener.voice.arrive()
    assert listener.plans == []


def test_without_words_there_is_still_a_plan(stage: Stage, listener: Listener) -> None:
    stage.services.settings.save(Settings(welcomed=True, talk=Talk.TONES))
    listener.job.request(timeline())
    listener.wait()
    ((_made_of, plan),) = listener.plans
    assert all(sound.words is None for sound in plan.sounds)


@pytest.fixture
def spoken(stage: Stage, tmp_path: Path) -> Iterator[Services]:
    """Return the stage's services with the computer's own voice."""

    def fail(problem: Problem) -> None:
        raise AssertionError(problem)

    voice = RenderedVoice(ClipStore(tmp_path / "clips"), Settings(), on_trouble=fail)
    yield services_with(stage.services, voice=voice)
    voice.close()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_real_voice_shows_which_line_does_not_fit(spoken: Services, qtbot: QtBot) -> None:
    owner = QObject()
    plans: list[tuple[Timeline, SoundPlan]] = []
    job = render_job(spoken, owner, lambda of, plan: plans.append((of, plan)))
    long = (SayLine(FromStart(0), "Take a sip of water, shake out your arms and your legs, and breathe"),)
    steps = (ExerciseStep(Hold(20_000), name="Plank"), RestStep(3_000, say=long), ExerciseStep(Hold(20_000), name="B"))
    requested = compile_session(Session("Tight", steps), {})
    job.request(requested)
    qtbot.waitUntil(lambda: plans != [], timeout=60_000)
    ((made_of, plan),) = plans
    assert made_of is requested
    marks = markers_by_interval(find_conflicts(requested, plan.dropped))
    rest = next(interval.index for interval in requested.intervals if interval.step == (1,))
    assert marks[rest].startswith("Your own line, “Take a sip of water")
    assert marks[rest].endswith("in the rest of 3 s, so it is not said.")
