"""A session in the terminal, with a clock and a keyboard that the test holds."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from tests.fakes import FakeVoice, MemoryRecord, RecordingSpeaker
from timer_app.cli.run_display import DeferredProblems, columns, countdown_text, follow, line
from timer_app.clock import ManualClock
from timer_app.conductor.conductor import Conductor, RunPlan
from timer_app.conductor.snapshot import Status
from timer_app.conductor.start_run import PlaybackServices, conduct
from timer_app.definition.model import Amrap, ExerciseStep, Hold, Reps, Session, Step, UntilDone
from timer_app.exercises.model import Tempo
from timer_app.history.records import RunOutcome
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.timeline.compile import compile_session

PLANK = ExerciseStep(Hold(20_000), name="Plank", sets=2, rest=5_000)


@dataclass
class Hands:
    """Keys pressed at given seconds, on a clock that goes on while they are waited for."""

    clock: ManualClock
    strokes: Mapping[float, str] = field(default_factory=dict)
    available: bool = True
    stall: int = 0

    def wait(self, seconds: float) -> str:
        before = self.clock.now()
        self.clock.advance(max(1, round(seconds * 1000)) + self.stall)
        self.stall = 0
        pressed = [key for at, key in self.strokes.items() if before < at * 1000 <= self.clock.now()]
        if pressed == ["^C"]:
            raise KeyboardInterrupt
        return pressed[0] if pressed else ""


@dataclass
class Room:
    steps: tuple[Step, ...] = (PLANK,)
    clock: ManualClock = field(default_factory=ManualClock)
    record: MemoryRecord = field(default_factory=MemoryRecord)
    speaker: RecordingSpeaker = field(default_factory=RecordingSpeaker)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.deferred = DeferredProblems(self.problems.append)

    def conductor(self) -> Conductor:
        timeline = compile_session(Session("Test", self.steps), {})
        playback = PlaybackServices(self.clock, {}, FakeVoice(), self.speaker, self.record)
        return conduct(RunPlan("run-1", timeline, "test", ""), playback, Settings())

    def follow(self, strokes: Mapping[float, str] | None = None, *, rewrite: bool = False) -> tuple[Status, str]:
        out = io.StringIO()
        status = follow(
            self.conductor(), Hands(self.clock, strokes or {}), out, rewrite=rewrite, deferred=self.deferred
        )
        return status, out.getvalue()


def test_a_log_has_one_line_for_each_interval() -> None:
    status, text = Room().follow()
    assert status is Status.COMPLETED
    assert text.splitlines() == [
        "0:10 · Get ready · Plank 1/2",
        "0:20 · Work · Plank 1/2 · next: Rest",
        "0:05 · Rest · next: Plank 2/2",
        "0:20 · Work · Plank 2/2",
    ]


def test_a_terminal_has_one_line_that_counts_down() -> None:
    _status, text = Room().follow(rewrite=True)
    keys, *frames = text.split("\r\x1b[K")
    assert keys == "Space pauses, n and p go on and back, + adds ten seconds, q stops.\n"
    assert "\n" not in "".join(frames)
    assert frames[0].startswith("0:10 · Get ready")
    assert any(frame.startswith("0:01 · Rest") for frame in frames)
    assert frames[-1] == ""


def test_what_other_threads_have_to_tell_gets_a_line_of_its_own() -> None:
    room, out = Room(), io.StringIO()
    seen: list[str] = []
    room.deferred = DeferredProblems(
        lambda problem: seen.append(out.getvalue().rsplit("\r\x1b[K", 1)[-1] + problem.what)
    )
    room.deferred.add(Problem("There is nothing to play sound on."))
    follow(room.conductor(), Hands(room.clock), out, rewrite=True, deferred=room.deferred)
    assert seen == ["There is nothing to play sound on."]
    room.deferred.add(Problem("The disk is full."))
    follow(room.conductor(), Hands(room.clock), out, rewrite=False, deferred=room.deferred)
    assert seen[1].endswith("The disk is full.")


@pytest.mark.parametrize(
    ("room", "text"),
    [
        (120, "Paused (space goes on) · 0:18 · Work · Dead bug left 2/3 · rep 1 of 4 · next: Change sides"),
        (69, "Paused (space goes on) · 0:18 · Work · Dead bug left 2/3 · rep 1 of 4"),
        (60, "Paused (space goes on) · 0:18 · Work · Dead bug left 2/3"),
        (50, "Paused (space goes on) · 0:18 · Dead bug left 2/3"),
        (39, "Paused (space goes on) · 0:18 · Dead b…"),
    ],
)
def test_a_narrow_terminal_is_reported_what_matters_most(room: int, text: str) -> None:
    there = Room((ExerciseStep(Reps(4, Tempo.plain(5_000)), name="Dead bug", sets=3, rest=5_000, each_side=True),))
    conductor = there.conductor()
    for _skipped in range(5):
        conductor.skip()
    there.clock.advance(2_000)
    conductor.poll()
    conductor.pause()
    assert line(conductor.poll(), room) == text
    assert columns(text) <= room


def test_a_name_in_wide_letters_is_cut_by_its_columns() -> None:
    there = Room((ExerciseStep(Hold(20_000), name="デッドバグ・ホールド", setup=0),))
    assert line(there.conductor().poll(), 19) == "0:20 · デッドバグ…"
    text = line(there.conductor().poll(), 20)
    assert (text, columns(text)) == ("0:20 · デッドバグ・…", 20)


def test_the_last_words_are_waited_for() -> None:
    room = Room()
    room.follow()
    end = [cue for cue in room.speaker.cues if cue.at >= 55_000]
    assert end
    assert room.clock.now() > end[0].at + 60 * len(end[0].words or "")


def test_space_pauses_and_goes_on() -> None:
    room = Room()
    status, text = room.follow({3.05: " ", 60.05: " "}, rewrite=True)
    assert status is Status.COMPLETED
    assert "Paused (space goes on) · 0:07" in text
    assert room.clock.now() > 55_000 + 57_000


def test_n_goes_on_p_goes_back_and_plus_makes_it_longer() -> None:
    room = Room()
    room.follow({3.05: "n", 12.05: "p", 14.05: "+"})
    assert [(done.position, done.actual // 100) for done in room.record.stands.values()] == [
        (0, 31),
        (1, 300),
        (2, 50),
        (3, 200),
    ]


def test_q_stops_and_keeps_what_was_done() -> None:
    room = Room()
    status, _text = room.follow({15.05: "q"})
    assert (status, room.record.ends[0][1], len(room.record.intervals)) == (Status.STOPPED, RunOutcome.STOPPED, 2)


def test_ctrl_c_stops_and_keeps_what_was_done() -> None:
    room = Room()
    status, _text = room.follow({15.05: "^C"})
    assert (status, room.record.ends[0][1], len(room.record.intervals)) == (Status.STOPPED, RunOutcome.STOPPED, 2)


def test_enter_ends_an_open_step() -> None:
    room = Room((ExerciseStep(UntilDone(), name="Push-up", setup=0),))
    status, text = room.follow({65.05: "\n"}, rewrite=True)
    assert status is Status.COMPLETED
    assert "1:05, Enter when done · Work · Push-up" in text


def test_reps_are_counted_on_the_line() -> None:
    _status, text = Room((ExerciseStep(Reps(3, Tempo.plain(2_000)), name="Bridge", setup=0),)).follow(rewrite=True)
    assert "0:03 · Work · Bridge · rep 2 of 3" in text


BURPEES = ExerciseStep(Amrap(20_000), name="Burpee", sets=2, rest=10_000)


def test_a_count_is_typed_in_the_rest_behind_the_work() -> None:
    room = Room((BURPEES,))
    strokes = {25.05: "9", 31.05: "1", 32.05: "4", 33.05: "\x7f", 34.05: "5", 45.05: "7"}
    status, text = room.follow(strokes, rewrite=True)
    assert status is Status.COMPLETED
    lines = text.split("\r\x1b[K")
    rest = [line for line in lines if "Rest" in line and "Work" not in line]
    prompts = list(dict.fromkeys(line.split(" · ")[1] for line in rest))
    assert prompts == ["how many? type it", "1 rep", "14 reps", "15 reps"]
    assert not any("rep" in line or "how many" in line for line in lines if "Work" in line)
    assert [
        record.actual_reps for _position, record in sorted(room.record.stands.items()) if record.kind == "work"
    ] == [
        15,
        None,
    ]


def test_a_count_can_be_taken_back_and_has_its_bounds() -> None:
    room = Room((BURPEES,))
    strokes = {31.05: "\x7f", 32.05: "8", 33.05: "\b", 34.05: "²", **{35.05 + n / 2: "1" for n in range(5)}}
    room.follow(strokes, rewrite=True)
    assert room.record.stands[1].actual_reps == 1_111
    counts = [record.actual_reps for record in room.record.intervals if record.position == 1]
    assert counts == [None, 8, None, 1, 11, 111, 1_111]


def test_where_nobody_is_at_the_keys_nothing_is_asked() -> None:
    room, out = Room((BURPEES,)), io.StringIO()
    follow(room.conductor(), Hands(room.clock, available=False), out, rewrite=True, deferred=room.deferred)
    assert "how many" not in out.getvalue()


def test_keys_that_mean_nothing_do_nothing() -> None:
    assert Room().follow({3.05: "x"})[0] is Status.COMPLETED


def test_a_sleep_waits_for_the_person_and_goes_on_by_itself_where_there_is_none() -> None:
    for there, paused in ((True, True), (False, False)):
        room = Room()
        hands = Hands(room.clock, {80.0: " "} if there else {}, available=there, stall=30_000)
        out = io.StringIO()
        assert follow(room.conductor(), hands, out, rewrite=True, deferred=room.deferred) is Status.COMPLETED
        assert (room.clock.now() > 100_000) is paused
        assert room.record.intervals[0].actual == 10_000


@pytest.mark.parametrize(
    ("length", "text"), [(0, "0:00"), (1, "0:01"), (65_000, "1:05"), (3_600_000, "1:00:00"), (3_599_001, "1:00:00")]
)
def test_what_is_left_as_a_countdown_shows_it(length: int, text: str) -> None:
    assert countdown_text(length) == text
