"""A session as a sound file: how far it is, and that it can be given up at any moment."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from tests.fakes import FakeVoice
from timer_app.conductor.audio_export import Progress, make_sound_file
from timer_app.conductor.prerender import Cancelled
from timer_app.definition.model import ExerciseStep, Hold, Session, UntilDone
from timer_app.settings import Settings
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import Timeline


@pytest.fixture
def timeline() -> Timeline:
    steps = (ExerciseStep(Hold(60_000), name="Plank"), ExerciseStep(UntilDone(), name="Walk"))
    return compile_session(Session("Two", steps), {})


def seconds(file: Path) -> float:
    with wave.open(str(file)) as sound:
        length: float = sound.getnframes() / sound.getframerate()
    return length


def test_it_reports_progress_and_how_long_it_became(timeline: Timeline, tmp_path: Path) -> None:
    progress_calls: list[Progress] = []
    out = tmp_path / "two.wav"
    length = make_sound_file(
        timeline,
        out,
        catalogue={},
        settings=Settings(),
        voice=FakeVoice(),
        open_length=30_000,
        progress=progress_calls.append,
    )
    assert seconds(out) == pytest.approx(length / 1000, abs=0.001)
    assert length >= timeline.total + 30_000
    shares = [progress.share for progress in progress_calls]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert 0.5 in shares


def test_it_can_be_given_up_while_the_voice_is_busy(timeline: Timeline, tmp_path: Path) -> None:
    voice = FakeVoice(at_once=False)
    with pytest.raises(Cancelled):
        make_sound_file(
            timeline,
            tmp_path / "two.wav",
            catalogue={},
            settings=Settings(),
            voice=voice,
            is_cancelled=lambda: True,
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["mp3", "wav"])
def test_it_can_be_given_up_while_it_is_written(timeline: Timeline, tmp_path: Path, kind: str) -> None:
    progress_calls: list[Progress] = []
    with pytest.raises(Cancelled):
        make_sound_file(
            timeline,
            tmp_path / f"two.{kind}",
            catalogue={},
            settings=Settings(),
            voice=FakeVoice(),
            progress=progress_calls.append,
            is_cancelled=lambda: any(progress.written for progress in progress_calls),
        )
    assert 0 < progress_calls[-1].written < 1
    assert list(tmp_path.iterdir()) == []
