"""Hear it: a step's lines one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes import RecordingSpeaker
from tests.ui.stage import SilentVoice, Stage
from timer_app.conductor.prerender import prerender
from timer_app.definition.model import ExerciseStep, Hold, Session
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.ui.editor.preview.step_player import StepPlayer

TIMELINE = compile_session(
    Session("Two", (ExerciseStep(Hold(40_000), name="Plank"), ExerciseStep(Hold(20_000), name="Bridge"))), {}
)


class Ear:
    """A step player, and the cues of its speaker."""

    def __init__(self, stage: Stage) -> None:
        services = stage.services
        assert isinstance(services.voice, SilentVoice)
        assert isinstance(services.speaker, RecordingSpeaker)
        self.voice, self.speaker, self.clock = services.voice, services.speaker, services.clock
        self.voice.per_character = 2
        self.owner = QObject()
        self.player = StepPlayer(services, self.owner)
        self.ends: list[bool] = []
        self.player.ended.connect(self.ends.append)
        self.plan = prerender(
            TIMELINE,
            catalogue={},
            settings=services.settings.value,
            voice=self.voice,
            progress=lambda _there, _wanted: None,
        )

    def hear(self, *path: int) -> None:
        self.player.hear(TIMELINE, self.plan, path)


@pytest.fixture
def ear(stage: Stage) -> Iterator[Ear]:
    ear = Ear(stage)
    yield ear
    ear.player.stop()


def test_the_lines_are_spoken_one_after_the_other_with_a_pause(ear: Ear, qtbot: QtBot) -> None:
    ear.speaker.mute(muted=True)
    ear.hear(1)
    assert ear.player.playing
    words = [cue.words for cue in ear.speaker.cues]
    assert words == ["Next: Bridge, twenty seconds", "go"]
    first, second = (cue.at - ear.clock.now() for cue in ear.speaker.cues)
    assert (first, second) == (150, 150 + 2 * len("Next: Bridge, twenty seconds") + 400)
    assert not ear.speaker.muted
    assert ear.ends == []
    qtbot.waitUntil(lambda: not ear.player.playing)
    assert ear.ends == [True]


def test_it_can_be_stopped_and_begun_with_another_step(ear: Ear) -> None:
    ear.hear(0)
    ear.player.stop()
    assert (ear.ends, ear.speaker.cues, ear.speaker.calls[-1]) == ([True], (), "silence")
    ear.player.stop()
    assert ear.ends == [True]
    ear.hear(0)
    ear.hear(1)
    assert [cue.words for cue in ear.speaker.cues] == ["Next: Bridge, twenty seconds", "go"]
    assert ear.ends == [True, True]
    assert ear.player.playing


def test_where_there_is_nothing_to_hear_it_ends_at_once(ear: Ear) -> None:
    ear.hear(7)
    ear.player.hear(TIMELINE, SoundPlan(()), (0,))
    assert ear.ends == [False, False]
    assert ear.speaker.calls == []


def test_a_line_whose_clip_is_gone_is_passed_over(ear: Ear) -> None:
    ear.voice.clips.discard("go")
    ear.hear(1)
    assert [cue.words for cue in ear.speaker.cues] == ["Next: Bridge, twenty seconds"]
