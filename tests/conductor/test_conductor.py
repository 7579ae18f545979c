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
class Rig:
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
    rig = Rig(PLANKS)
    rig.begin()
    heard = dict(rig.heard())
    assert [heard[at] for at in (7.0, 8.0, 9.0)] == ["three", "two", "one"]
    assert [heard[at] for at in (67.0, 68.0, 69.0)] == ["three", "two", "one"]
    assert heard[10.0] in {"go", "Go", "[go]"}
    assert max(heard) == 160.0, "the last words come when the session ends"
    assert sorted(heard) == list(heard)


def test_every_boundary_passed_is_written_down_once_and_on_time() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 71)
    assert [(done.position, done.kind, done.actual, done.outcome) for done in rig.record.intervals] == [
        (0, "setup", 10_000, IntervalOutcome.DONE),
        (1, "work", 60_000, IntervalOutcome.DONE),
    ]
    rig.play(conductor, 90)
    assert [done.position for done in rig.record.intervals] == [0, 1, 2, 3]
    assert [(run, outcome) for run, outcome, _at in rig.record.ends] == [(conductor.run_id, RunOutcome.COMPLETED)]
    assert conductor.poll().status is Status.COMPLETED


def test_a_run_is_begun_with_what_was_run() -> None:
    rig = Rig(PLANKS)
    rig.begin()
    (run,) = rig.record.begun
    assert (run.session, run.stem, run.definition, run.planned) == ("Test", "test", "format: 1\n", 160_000)
    assert run.definition_hash == hashlib.sha256(b"format: 1\n").hexdigest()
    assert run.started_at == rig.clock.wall()


def test_a_pause_is_silent_and_what_follows_is_moved() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 5)
    conductor.pause()
    assert rig.speaker.cues == ()
    assert rig.speaker.calls[-2:] == ["silence", "schedule"]
    rig.play(conductor, 60)
    conductor.resume()
    heard = rig.heard()
    assert (67.0, "three") in heard
    assert min(at for at, _words in heard) >= 65


def test_skip_cuts_the_voice_and_cues_the_next_interval() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 4)
    conductor.skip()
    assert "silence" in rig.speaker.calls
    assert rig.heard()[0][0] == 4.0
    assert (61.0, "three") in rig.heard()
    assert rig.record.intervals[0].outcome is IntervalOutcome.CUT_SHORT


def test_an_extension_moves_the_countdown_and_nothing_that_was_said_is_said_again() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 5)
    said_before = [words for at, words in rig.heard() if at < 5]
    conductor.extend()
    assert "silence" not in rig.speaker.calls
    heard = dict(rig.heard(after=5))
    assert 7.0 not in heard
    assert [heard[at] for at in (17.0, 18.0, 19.0)] == ["three", "two", "one"]
    assert not set(said_before) & {words for at, words in heard.items() if at < 17.0 for words in [words]}
    assert conductor.snapshot().remaining == 15_000


def test_an_extension_in_a_later_interval_knows_what_was_said_there() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 96)
    before = [words for at, words in rig.heard() if 70 <= at < 96]
    assert any(words.startswith("Next:") for words in before)
    conductor.extend()
    assert not any(words.startswith("Next:") for _at, words in rig.heard(after=96))
    assert (107.0, "three") in rig.heard()


def test_a_line_that_sounds_is_not_talked_over_when_the_interval_gets_longer() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    (at, words) = next((at, words) for at, words in rig.heard(after=70) if words.startswith("Next:"))
    rig.play(conductor, at + 0.2)
    conductor.extend()
    assert min(later for later, _words in rig.heard(after=at + 0.2)) >= at + len(words) * 0.06


def test_cues_are_given_some_minutes_ahead_and_never_run_out() -> None:
    rig = Rig((ExerciseStep(Hold(60_000), "plank", sets=20, rest=30_000),))
    conductor = rig.begin()
    starts = [interval.start / 1000 for interval in conductor.timeline.intervals if interval.kind == "work"]
    heard = dict(rig.heard())
    assert 300 < max(heard) < 500
    for _ in range(180):
        rig.play(conductor, 10)
        heard |= dict(rig.heard())
    assert [start for start in starts if heard.get(start - 1) != "one"] == []
    assert conductor.poll().status is Status.COMPLETED


def test_back_says_the_start_again() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 40)
    conductor.back()
    assert rig.heard()[0][0] == 40.0
    assert (97.0, "three") in rig.heard()


def test_an_open_interval_is_cued_when_the_user_has_ended_it() -> None:
    rig = Rig((ExerciseStep(UntilDone(), name="Push-up"), ExerciseStep(Hold(20_000), "plank")))
    conductor = rig.begin()
    assert max(at for at, _words in rig.heard()) < 12, "what comes after an open interval has no time yet"
    rig.play(conductor, 30)
    assert conductor.poll().remaining is None
    assert conductor.due_in() is None
    conductor.done()
    assert (37.0, "three") in rig.heard()
    assert rig.record.intervals[-1].outcome is IntervalOutcome.DONE


def test_clips_that_arrive_late_are_heard_from_the_next_poll_on() -> None:
    rig = Rig(PLANKS, voice=FakeVoice(at_once=False))
    conductor = rig.begin()
    assert {words for _at, words in rig.heard()} <= {f"[{tone}]" for tone in Tone}
    rig.voice.arrive()
    rig.play(conductor, 0.1)
    assert (7.0, "three") in rig.heard()


def test_a_line_that_has_begun_is_not_talked_over_by_its_longer_form() -> None:
    rig = Rig(PLANKS, voice=FakeVoice(at_once=False))
    conductor = rig.begin()
    texts = list(rig.voice.requested)
    longest = max(texts, key=len)
    rig.voice.requested = [text for text in texts if text != longest]
    rig.voice.arrive()
    rig.play(conductor, 0.1)
    first_at, first_words = rig.heard()[0]
    rig.play(conductor, first_at - 0.1 + 0.3)
    rig.voice.requested = [longest]
    rig.voice.arrive()
    rig.play(conductor, 0.1)
    ends = first_at + len(first_words) * 0.06
    assert all(at >= ends for at, _words in rig.heard(after=first_at + 0.001))
    assert longest not in [words for at, words in rig.heard() if at < 10]


def test_a_sleep_pauses_silences_and_is_reported() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 30)
    rig.clock.advance(3_600_000)
    shown = conductor.poll()
    assert (shown.status, shown.elapsed) == (Status.SLEPT, 20_000)
    assert rig.speaker.cues == ()
    assert len(rig.record.intervals) == 1


def test_toggle_pauses_and_goes_on() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    conductor.toggle()
    assert conductor.snapshot().status is Status.PAUSED
    conductor.toggle()
    assert conductor.snapshot().status is Status.RUNNING


def test_mute_goes_to_the_speaker_and_onto_the_page() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    conductor.mute(muted=True)
    assert rig.speaker.muted
    assert conductor.snapshot().muted


def test_stop_keeps_what_was_done_and_says_no_more() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 30)
    conductor.stop()
    assert rig.speaker.cues == ()
    assert [done.outcome for done in rig.record.intervals] == [IntervalOutcome.DONE, IntervalOutcome.CUT_SHORT]
    assert rig.record.ends[0][1] is RunOutcome.STOPPED
    conductor.stop()
    assert len(rig.record.ends) == 1


def test_skipping_past_the_end_says_the_last_words_at_once() -> None:
    rig = Rig((ExerciseStep(Hold(20_000), "plank", setup=0),))
    conductor = rig.begin()
    rig.play(conductor, 1)
    conductor.skip()
    assert [at for at, _words in rig.heard()] == [1.0]
    assert conductor.poll().status is Status.COMPLETED


@pytest.mark.parametrize(("seconds", "reps"), [(10, None), (14, 1), (29, 4), (30, 5)])
def test_reps_done_are_counted_by_the_clock(seconds: int, reps: int | None) -> None:
    rig = Rig((ExerciseStep(Reps(5), "superman"),))
    conductor = rig.begin()
    rig.play(conductor, seconds)
    conductor.stop()
    work = [done for done in rig.record.intervals if done.kind == "work"]
    assert [done.actual_reps for done in work] == ([] if reps is None else [reps])


def test_a_count_is_entered_after_as_many_as_possible() -> None:
    rig = Rig((ExerciseStep(Amrap(20_000), name="Burpee"), ExerciseStep(Hold(20_000), "plank")))
    conductor = rig.begin()
    rig.play(conductor, 31)
    conductor.enter_reps(1, 14)
    assert [(done.position, done.actual_reps) for done in rig.record.intervals] == [(0, None), (1, None), (1, 14)]


def test_an_interrupted_run_goes_on_where_it_was() -> None:
    first = Rig(PLANKS)
    conductor = first.begin()
    first.play(conductor, 75)
    before = RunRecord(first.record.begun[0], None, RunOutcome.INTERRUPTED, tuple(first.record.intervals))

    second = Rig(PLANKS)
    again = second.begin(before)
    shown = again.poll()
    assert again.run_id == conductor.run_id
    assert shown.interval is not None
    assert (shown.index, shown.interval.kind, shown.spent) == (2, "rest", 70_000)
    assert second.record.begun == first.record.begun, "it is the same run, begun when it was"
    second.play(again, 91)
    assert [done.position for done in second.record.intervals] == [2, 3]


def test_a_sped_up_session_allows_long_times_between_polls() -> None:
    rig = Rig(PLANKS, talk=Talk.SILENT)
    conductor = rig.begin(speed=60)
    rig.clock.advance(100)
    shown = conductor.poll()
    assert (shown.status, shown.elapsed) == (Status.RUNNING, 6_000)
    assert conductor.due_in() == pytest.approx(4_000 / 60, abs=1)


def test_the_next_poll_is_due_at_the_next_boundary() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.play(conductor, 9.5)
    assert conductor.due_in() == 500


def test_a_cheap_poll_returns_the_elapsed_time_until_there_is_more() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.clock.advance(1_400)
    assert conductor.poll_elapsed() == 1_400
    assert conductor.snapshot().elapsed == 1_400
    for _second in range(5):
        rig.clock.advance(1_500)
        assert conductor.poll_elapsed() is not None
    rig.clock.advance(1_200)
    assert conductor.poll_elapsed() is None  # the boundary has passed
    assert conductor.poll().index == 1


def test_a_cheap_poll_notices_a_sleep_as_a_poll_does() -> None:
    rig = Rig(PLANKS)
    conductor = rig.begin()
    rig.clock.advance(1_900)
    assert conductor.poll_elapsed() == 1_900
    rig.clock.advance(1_900)
    assert conductor.poll_elapsed() == 3_800
    rig.clock.advance(5_000)
    assert conductor.poll_elapsed() is None
    now = conductor.poll()
    assert (now.status, now.elapsed) == (Status.SLEPT, 3_800)
    assert conductor.poll_elapsed() is None  # paused: nothing moves


def test_clips_that_arrive_are_cued_by_a_cheap_poll_too() -> None:
    rig = Rig(PLANKS, voice=FakeVoice(at_once=False))
    conductor = rig.begin()
    given = len(rig.speaker.cues)
    rig.voice.arrive()
    rig.clock.advance(100)
    conductor.poll_elapsed()
    assert len(rig.speaker.cues) > given
