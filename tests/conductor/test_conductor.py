"""The conductor with a hand-driven clock: what it cues, what it writes down, and what it shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pytest

from tests.fakes import FakeVoice, MemoryRecord, RecordingSpeaker
from timer_app.clock import ManualClock, SpedClock
from timer_app.conductor.conductor import Conductor, RunPlan
from timer_app.conductor.cue_scheduler import CueScheduler
from timer_app.conductor.snapshot import Status
from timer_app.definition.model import Amrap, ExerciseStep, Hold, Reps, Session, Step, UntilDone
from timer_app.exercises.model import Catalogue, Exercise, Tempo
from timer_app.history.records import IntervalOutcome, RunOutcome, RunRecord
from timer_app.settings import Talk
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import Tone
from timer_app.timeline.phrase_parser import load_phrases

CATALOGUE: Catalogue = {
    "plank": Exercise(
        "plank", "Plank", "core", "Lean on your forearms.", ("Breathe", "Long neck"), "Stop if it hurts."
    ),
    "superman": Exercise(
        "superman", "Superman", "back", "Lie face down.", ("Look down",), "", tempo=Tempo(1000, 1000, 2000)
    ),
}
TONES = dict.fromkeys(Tone, 150)
PLANKS = (ExerciseStep(Hold(60_000), "plank", sets=2, rest=30_000),)


@dataclass
class Stage:
    """A session on its way, with everything around it within reach."""

    steps: tuple[Step, ...]
    talk: Talk = Talk.FULL
    clock: ManualClock = field(default_factory=lambda: ManualClock(now=1_000_000))
    voice: FakeVoice = field(default_factory=FakeVoice)
    speaker: RecordingSpeaker = field(default_factory=RecordingSpeaker)
    record: MemoryRecord = field(default_factory=MemoryRecord)

    def begin(self, before: RunRecord | None = None, speed: float = 1) -> Conductor:
        clock = self.clock if speed == 1 else SpedClock(self.clock, speed)
        timeline = compile_session(Session("Test", self.steps), CATALOGUE)
        scheduler = CueScheduler(
            timeline,
            phrases=load_phrases("en"),
            catalogue=CATALOGUE,
            talk=self.talk,
            voice=self.voice,
            tone_lengths=TONES,
        )
        plan = RunPlan("run-1", timeline, "test", "format: 1\n")
        return Conductor(
            plan,
            clock=clock,
            catalogue=CATALOGUE,
            scheduler=scheduler,
            speaker=self.speaker,
            record=self.record,
            before=before,
        )

    def play(self, conductor: Conductor, seconds: float) -> None:
        """Let time pass as it does with a page that looks ten times a second."""
        for _ in range(round(seconds * 10)):
            self.clock.advance(100)
            conductor.poll()

    def heard(self, after: float = 0) -> list[tuple[float, str]]:
        """What stands to be heard, in seconds from the session's start."""
        return [
            ((at - 1_000_000) / 1000, words) for at, words in self.speaker.words() if at >= 1_000_000 + after * 1000
        ]


def test_the_whole_session_is_cued_at_its_start() -> None:
    stage = Stage(PLANKS)
    stage.begin()
    heard = dict(stage.heard())
    assert [heard[at] for at in (7.0, 8.0, 9.0)] == ["three", "two", "one"]
    assert [heard[at] for at in (67.0, 68.0, 69.0)] == ["three", "two", "one"]
    assert heard[10.0] in {"go", "Go", "[go]"}
    assert max(heard) == 160.0, "the last words come when the session ends"
    assert sorted(heard) == list(heard)


def test_every_boundary_passed_is_written_down_once_and_on_time() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 71)
    assert [(done.position, done.kind, done.actual, done.outcome) for done in stage.record.intervals] == [
        (0, "setup", 10_000, IntervalOutcome.DONE),
        (1, "work", 60_000, IntervalOutcome.DONE),
    ]
    stage.play(conductor, 90)
    assert [done.position for done in stage.record.intervals] == [0, 1, 2, 3]
    assert [(run, outcome) for run, outcome, _at in stage.record.ends] == [(conductor.run_id, RunOutcome.COMPLETED)]
    assert conductor.poll().status is Status.COMPLETED


def test_a_run_is_begun_with_what_was_run() -> None:
    stage = Stage(PLANKS)
    stage.begin()
    (run,) = stage.record.begun
    assert (run.session, run.stem, run.definition, run.planned) == ("Test", "test", "format: 1\n", 160_000)
    assert run.definition_hash == hashlib.sha256(b"format: 1\n").hexdigest()
    assert run.started_at == stage.clock.wall()


def test_a_pause_is_silent_and_what_follows_is_moved() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 5)
    conductor.pause()
    assert stage.speaker.cues == ()
    assert stage.speaker.calls[-2:] == ["silence", "schedule"]
    stage.play(conductor, 60)
    conductor.resume()
    heard = stage.heard()
    assert (67.0, "three") in heard
    assert min(at for at, _words in heard) >= 65


def test_skip_cuts_the_voice_and_cues_the_next_interval() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 4)
    conductor.skip()
    assert "silence" in stage.speaker.calls
    assert stage.heard()[0][0] == 4.0
    assert (61.0, "three") in stage.heard()
    assert stage.record.intervals[0].outcome is IntervalOutcome.CUT_SHORT


def test_an_extension_moves_the_countdown_and_nothing_that_was_said_is_said_again() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 5)
    said_before = [words for at, words in stage.heard() if at < 5]
    conductor.extend()
    assert "silence" not in stage.speaker.calls
    heard = dict(stage.heard(after=5))
    assert 7.0 not in heard
    assert [heard[at] for at in (17.0, 18.0, 19.0)] == ["three", "two", "one"]
    assert not set(said_before) & {words for at, words in heard.items() if at < 17.0 for words in [words]}
    assert conductor.snapshot().remaining == 15_000


def test_an_extension_in_a_later_interval_knows_what_was_said_there() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 96)
    before = [words for at, words in stage.heard() if 70 <= at < 96]
    assert any(words.startswith("Next:") for words in before)
    conductor.extend()
    assert not any(words.startswith("Next:") for _at, words in stage.heard(after=96))
    assert (107.0, "three") in stage.heard()


def test_a_line_that_sounds_is_not_talked_over_when_the_interval_gets_longer() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    (at, words) = next((at, words) for at, words in stage.heard(after=70) if words.startswith("Next:"))
    stage.play(conductor, at + 0.2)
    conductor.extend()
    assert min(later for later, _words in stage.heard(after=at + 0.2)) >= at + len(words) * 0.06


def test_cues_are_given_some_minutes_ahead_and_never_run_out() -> None:
    stage = Stage((ExerciseStep(Hold(60_000), "plank", sets=20, rest=30_000),))
    conductor = stage.begin()
    starts = [interval.start / 1000 for interval in conductor.timeline.intervals if interval.kind == "work"]
    heard = dict(stage.heard())
    assert 300 < max(heard) < 500
    for _ in range(180):
        stage.play(conductor, 10)
        heard |= dict(stage.heard())
    assert [start for start in starts if heard.get(start - 1) != "one"] == []
    assert conductor.poll().status is Status.COMPLETED


def test_back_says_the_start_again() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 40)
    conductor.back()
    assert stage.heard()[0][0] == 40.0
    assert (97.0, "three") in stage.heard()


def test_an_open_interval_is_cued_when_the_person_has_ended_it() -> None:
    stage = Stage((ExerciseStep(UntilDone(), name="Push-up"), ExerciseStep(Hold(20_000), "plank")))
    conductor = stage.begin()
    assert max(at for at, _words in stage.heard()) < 12, "what comes after an open interval has no time yet"
    stage.play(conductor, 30)
    assert conductor.poll().remaining is None
    assert conductor.due_in() is None
    conductor.done()
    assert (37.0, "three") in stage.heard()
    assert stage.record.intervals[-1].outcome is IntervalOutcome.DONE


def test_clips_that_arrive_late_are_heard_from_the_next_look_on() -> None:
    stage = Stage(PLANKS, voice=FakeVoice(at_once=False))
    conductor = stage.begin()
    assert {words for _at, words in stage.heard()} <= {f"[{tone}]" for tone in Tone}
    stage.voice.arrive()
    stage.play(conductor, 0.1)
    assert (7.0, "three") in stage.heard()


def test_a_line_that_has_begun_is_not_talked_over_by_its_longer_form() -> None:
    stage = Stage(PLANKS, voice=FakeVoice(at_once=False))
    conductor = stage.begin()
    wanted = list(stage.voice.wanted)
    longest = max(wanted, key=len)
    stage.voice.wanted = [text for text in wanted if text != longest]
    stage.voice.arrive()
    stage.play(conductor, 0.1)
    first_at, first_words = stage.heard()[0]
    stage.play(conductor, first_at - 0.1 + 0.3)
    stage.voice.wanted = [longest]
    stage.voice.arrive()
    stage.play(conductor, 0.1)
    ends = first_at + len(first_words) * 0.06
    assert all(at >= ends for at, _words in stage.heard(after=first_at + 0.001))
    assert longest not in [words for at, words in stage.heard() if at < 10]


def test_a_sleep_pauses_silences_and_is_told() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 30)
    stage.clock.advance(3_600_000)
    shown = conductor.poll()
    assert (shown.status, shown.elapsed) == (Status.SLEPT, 20_000)
    assert stage.speaker.cues == ()
    assert len(stage.record.intervals) == 1


def test_toggle_pauses_and_goes_on() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    conductor.toggle()
    assert conductor.snapshot().status is Status.PAUSED
    conductor.toggle()
    assert conductor.snapshot().status is Status.RUNNING


def test_mute_goes_to_the_speaker_and_onto_the_page() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    conductor.mute(muted=True)
    assert stage.speaker.muted
    assert conductor.snapshot().muted


def test_stop_keeps_what_was_done_and_says_no_more() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 30)
    conductor.stop()
    assert stage.speaker.cues == ()
    assert [done.outcome for done in stage.record.intervals] == [IntervalOutcome.DONE, IntervalOutcome.CUT_SHORT]
    assert stage.record.ends[0][1] is RunOutcome.STOPPED
    conductor.stop()
    assert len(stage.record.ends) == 1


def test_skipping_past_the_end_says_the_last_words_at_once() -> None:
    stage = Stage((ExerciseStep(Hold(20_000), "plank", setup=0),))
    conductor = stage.begin()
    stage.play(conductor, 1)
    conductor.skip()
    assert [at for at, _words in stage.heard()] == [1.0]
    assert conductor.poll().status is Status.COMPLETED


@pytest.mark.parametrize(("seconds", "reps"), [(10, None), (14, 1), (29, 4), (30, 5)])
def test_reps_done_are_counted_by_the_clock(seconds: int, reps: int | None) -> None:
    stage = Stage((ExerciseStep(Reps(5), "superman"),))
    conductor = stage.begin()
    stage.play(conductor, seconds)
    conductor.stop()
    work = [done for done in stage.record.intervals if done.kind == "work"]
    assert [done.actual_reps for done in work] == ([] if reps is None else [reps])


def test_a_count_is_entered_after_as_many_as_possible() -> None:
    stage = Stage((ExerciseStep(Amrap(20_000), name="Burpee"), ExerciseStep(Hold(20_000), "plank")))
    conductor = stage.begin()
    stage.play(conductor, 31)
    conductor.enter_reps(1, 14)
    assert [(done.position, done.actual_reps) for done in stage.record.intervals] == [(0, None), (1, None), (1, 14)]


def test_an_interrupted_run_goes_on_where_it_was() -> None:
    first = Stage(PLANKS)
    conductor = first.begin()
    first.play(conductor, 75)
    before = RunRecord(first.record.begun[0], None, RunOutcome.INTERRUPTED, tuple(first.record.intervals))

    second = Stage(PLANKS)
    again = second.begin(before)
    shown = again.poll()
    assert again.run_id == conductor.run_id
    assert shown.interval is not None
    assert (shown.index, shown.interval.kind, shown.spent) == (2, "rest", 70_000)
    assert second.record.begun == first.record.begun, "it is the same run, begun when it was"
    second.play(again, 91)
    assert [done.position for done in second.record.intervals] == [2, 3]


def test_a_sped_up_session_takes_long_looks_for_granted() -> None:
    stage = Stage(PLANKS, talk=Talk.SILENT)
    conductor = stage.begin(speed=60)
    stage.clock.advance(100)
    shown = conductor.poll()
    assert (shown.status, shown.elapsed) == (Status.RUNNING, 6_000)
    assert conductor.due_in() == pytest.approx(4_000 / 60, abs=1)


def test_the_next_look_is_due_at_the_next_boundary() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.play(conductor, 9.5)
    assert conductor.due_in() == 500


def test_a_glance_tells_how_much_has_passed_until_there_is_more() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.clock.advance(1_400)
    assert conductor.poll_elapsed() == 1_400
    assert conductor.snapshot().elapsed == 1_400
    for _second in range(5):
        stage.clock.advance(1_500)
        assert conductor.poll_elapsed() is not None
    stage.clock.advance(1_200)
    assert conductor.poll_elapsed() is None  # the boundary has passed
    assert conductor.poll().index == 1


def test_a_glance_notices_a_sleep_as_a_look_does() -> None:
    stage = Stage(PLANKS)
    conductor = stage.begin()
    stage.clock.advance(1_900)
    assert conductor.poll_elapsed() == 1_900
    stage.clock.advance(1_900)
    assert conductor.poll_elapsed() == 3_800
    stage.clock.advance(5_000)
    assert conductor.poll_elapsed() is None
    now = conductor.poll()
    assert (now.status, now.elapsed) == (Status.SLEPT, 3_800)
    assert conductor.poll_elapsed() is None  # paused: nothing moves


def test_clips_that_arrive_are_cued_at_a_glance_too() -> None:
    stage = Stage(PLANKS, voice=FakeVoice(at_once=False))
    conductor = stage.begin()
    given = len(stage.speaker.cues)
    stage.voice.arrive()
    stage.clock.advance(100)
    conductor.poll_elapsed()
    assert len(stage.speaker.cues) > given
