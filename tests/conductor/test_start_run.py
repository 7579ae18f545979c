"""Opening a session from the library, and going on with one that was interrupted."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes import FakeVoice, MemoryRecord, RecordingSpeaker
from timer_app.clock import ManualClock, SpedClock
from timer_app.conductor.conductor import Conductor
from timer_app.conductor.start_run import PlaybackServices, conduct, is_done, plan_resumed_run, plan_run, position_of
from timer_app.definition.library import Library
from timer_app.exercises.model import Catalogue, Exercise, Tempo
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.problems import Problem, UnreadableFile
from timer_app.settings import Settings

CATALOGUE: Catalogue = {
    "plank": Exercise("plank", "Plank", "core", "Lean on your forearms.", ("Breathe",), "Stop if it hurts."),
    "knee-plank": Exercise("knee-plank", "Knee plank", "core", "On your knees.", ("Breathe",), ""),
    "bridge": Exercise("bridge", "Bridge", "core", "Lie on your back.", ("Breathe",), "", tempo=Tempo(2000, 0, 2000)),
}
TEXT = """format: 1
name: Mixed
language: de
steps:
  - {exercise: plank, hold: 20s}
  - rounds: 3
    shuffle: true
    steps:
      - {exercise: bridge, reps: 5}
      - {exercise: plank, hold: 10s}
      - {name: Wall sit, hold: 15s}
      - {name: Squat, hold: 5s}
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "mixed.session.yaml").write_text(TEXT)
    return Library(tmp_path, tmp_path / "own", CATALOGUE)


class Played:
    """A session played with fakes."""

    def __init__(self, clock: ManualClock | None = None) -> None:
        self.clock = clock or ManualClock()
        self.voice, self.speaker, self.record = FakeVoice(), RecordingSpeaker(), MemoryRecord()
        self.playback = PlaybackServices(self.clock, CATALOGUE, self.voice, self.speaker, self.record)

    def play(self, conductor: Conductor, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.advance(1_000)
            conductor.poll()

    def interrupted(self) -> RunRecord:
        return RunRecord(self.record.begun[0], None, RunOutcome.INTERRUPTED, tuple(self.record.intervals))


def test_a_plan_keeps_what_it_came_from(library: Library) -> None:
    plan = plan_run(library.find("mixed"), CATALOGUE, {(1, 2)})
    assert (plan.stem, plan.definition, plan.timeline.name) == ("mixed", TEXT, "Mixed")
    assert "Wall sit" not in {interval.title for interval in plan.timeline.intervals}
    assert plan.begun(ManualClock()).left_out == '["steps[1].steps[2]"]'


def test_every_run_has_an_id_and_an_order_of_its_own(library: Library) -> None:
    runs = [plan_run(library.find("mixed"), CATALOGUE) for _ in range(20)]
    orders = {tuple(interval.title for interval in run.timeline.intervals) for run in runs}
    assert len({run.id for run in runs}) == 20
    assert len(orders) > 3


def test_a_broken_file_cannot_be_opened(library: Library, tmp_path: Path) -> None:
    entry = library.find("mixed")
    (tmp_path / "mixed.session.yaml").write_text("format: 1\n")
    with pytest.raises(UnreadableFile):
        plan_run(entry, CATALOGUE)


def test_the_voice_speaks_the_language_of_the_session(library: Library) -> None:
    played = Played()
    conduct(plan_run(library.find("mixed"), CATALOGUE), played.playback, Settings())
    assert played.voice.language == "de"
    assert "drei" in {cue.words for cue in played.speaker.cues}


def test_a_session_in_a_hurry_is_silent(library: Library) -> None:
    played = Played()
    playback = replace(played.playback, clock=SpedClock(played.clock, 10))
    conduct(plan_run(library.find("mixed"), CATALOGUE), playback, Settings())
    assert played.speaker.cues == ()
    assert played.voice.clips == set()
    assert "wake" not in played.speaker.calls


def test_the_speaker_is_woken_before_it_is_given_anything(library: Library) -> None:
    played = Played()
    conduct(plan_run(library.find("mixed"), CATALOGUE), played.playback, Settings())
    assert played.speaker.calls[:2] == ["wake", "schedule"]


def test_a_session_is_as_loud_as_the_settings_say_whatever_the_last_one_was(library: Library) -> None:
    played = Played()
    plan = plan_run(library.find("mixed"), CATALOGUE)
    assert conduct(plan, played.playback, Settings(muted=True)).snapshot().muted
    assert played.speaker.muted
    conduct(plan, played.playback, Settings()).mute(muted=True)
    assert not conduct(plan, played.playback, Settings()).snapshot().muted
    assert not played.speaker.muted


def test_an_interrupted_run_goes_on_in_its_own_order_without_what_was_left_out(library: Library) -> None:
    first = Played()
    plan = plan_run(library.find("mixed"), CATALOGUE, {(0,), (1, 3)})
    first.play(conduct(plan, first.playback, Settings()), 50)
    before = first.interrupted()

    again = plan_resumed_run(before, CATALOGUE)
    assert again == plan
    second = Played()
    conductor = conduct(again, second.playback, Settings(), before)
    assert (conductor.run_id, conductor.state.index) == (plan.id, len(before.intervals))
    second.play(conductor, again.timeline.total // 1000)
    positions = [done.position for done in (*before.intervals, *second.record.intervals)]
    assert positions == list(range(len(again.timeline.intervals)))


def test_a_swapped_exercise_is_run_recorded_and_resumed_while_its_file_stays(library: Library) -> None:
    entry = library.find("mixed")
    first = Played()
    plan = plan_run(entry, CATALOGUE, {(1, 2)}, {(0,): "knee-plank", (1, 1): "bridge"})
    assert entry.text() == TEXT
    assert plan.definition == TEXT.replace("plank, hold: 20s", "knee-plank, hold: 20s").replace(
        "{exercise: plank, hold: 10s}", "{exercise: bridge, reps: 2}"
    )
    first.play(conduct(plan, first.playback, Settings()), 50)
    before = first.interrupted()
    assert {done.title for done in before.intervals} >= {"Knee plank"}
    assert "plank" not in {done.exercise for done in before.intervals}
    assert plan_resumed_run(before, CATALOGUE) == plan


def test_a_swap_in_a_file_that_has_changed_is_reported(library: Library, tmp_path: Path) -> None:
    entry = library.find("mixed")
    (tmp_path / "mixed.session.yaml").write_text("format: 1\nname: Mixed\nsteps:\n  - {name: Squat, hold: 5s}\n")
    with pytest.raises(Problem, match="not there any more"):
        plan_run(entry, CATALOGUE, swaps={(0,): "knee-plank"})


@pytest.mark.parametrize("seconds", [50, 500])
def test_a_run_is_done_once_its_last_interval_has_ended(library: Library, seconds: int) -> None:
    first = Played()
    plan = plan_run(library.find("mixed"), CATALOGUE)
    first.play(conduct(plan, first.playback, Settings()), seconds)
    run = first.interrupted()
    assert is_done(plan_resumed_run(run, CATALOGUE).timeline, run) is (seconds == 500)


@pytest.mark.parametrize("damage", ["exercise", "tempo", "fewer steps"])
def test_a_run_whose_exercises_have_changed_cannot_be_resumed(library: Library, damage: str) -> None:
    first = Played()
    plan = plan_run(library.find("mixed"), CATALOGUE)
    first.play(conduct(plan, first.playback, Settings()), 50)
    run, changed = first.interrupted(), dict(CATALOGUE)
    if damage == "exercise":
        del changed["bridge"]
    if damage == "tempo":
        changed["bridge"] = replace(changed["bridge"], tempo=Tempo(1000))
    if damage == "fewer steps":
        run = replace(run, intervals=run.intervals * len(plan.timeline.intervals))
    with pytest.raises(Problem, match="Mixed cannot be gone on with"):
        plan_resumed_run(run, changed)


def test_a_session_begins_with_the_step_that_is_requested(library: Library) -> None:
    played = Played()
    plan = plan_run(library.find("mixed"), CATALOGUE)
    index = position_of(plan.timeline, (1, 2))
    conductor = conduct(plan, played.playback, Settings(), index=index)
    first = plan.timeline.intervals[index]
    assert (conductor.state.index, first.title, first.kind) == (index, "Wall sit", "setup")
    played.play(conductor, 12)
    assert [done.position for done in played.record.intervals] == [index]
    before = plan.timeline.intervals[index - 1]
    assert before.step != (1, 2)


def test_a_step_that_is_not_there_begins_at_the_start(library: Library) -> None:
    timeline = plan_run(library.find("mixed"), CATALOGUE, {(1, 2)}).timeline
    assert [position_of(timeline, step) for step in ((), (0,), (1, 2))] == [0, 0, 0]
