"""A session on a hand-driven clock, with its driver: for tests and pictures of the run pages."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes import FakeVoice, MemoryRecord, RecordingSpeaker
from timer_app.clock import ManualClock
from timer_app.conductor.conductor import Conductor, RunPlan
from timer_app.conductor.cue_scheduler import CueScheduler
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    Hold,
    Reps,
    RestStep,
    Rounds,
    Session,
    Step,
    UntilDone,
)
from timer_app.exercises.model import Exercise, Tempo
from timer_app.settings import Talk
from timer_app.timeline.compile import compile_session
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.ui.support.session_driver import SessionDriver

CATALOGUE: Mapping[str, Exercise] = {
    exercise.id: exercise
    for exercise in (
        Exercise(
            "plank",
            "Plank",
            "the front of the core",
            "On your forearms and toes, the body in one line.",
            ("Squeeze your buttocks", "Keep breathing", "Ribs down, look at the floor"),
            "Stop if your back aches.",
        ),
        Exercise(
            "superman",
            "Superman",
            "the back of the body",
            "Lie on your front, arms ahead.",
            ("Long rather than high; look down", "Breathe out as you lift"),
            "Keep it small if your back aches.",
            tempo=Tempo(1_000, 1_000, 2_000),
        ),
        Exercise(
            "knee-to-chest",
            "Knee-to-chest hold",
            "the low back",
            "On your back, knees bent, feet down. Draw one knee to your chest.",
            ("Let your shoulders sink", "Breathe slowly"),
            "Draw only as far as is pleasant.",
        ),
        Exercise("scissors", "Six inches with scissor kicks", "the low belly", "On your back.", (), ""),
    )
}

PLANKS = (ExerciseStep(Hold(60_000), exercise="plank", sets=3, rest=60_000),)
SUPERMAN = (
    ExerciseStep(Reps(10, last_rep_hold=10_000), exercise="superman", sets=3, rest=45_000),
    ExerciseStep(Hold(30_000), exercise="scissors", sets=2, rest=30_000),
)
KNEES = (ExerciseStep(Hold(20_000), exercise="knee-to-chest", sets=2, each_side=True),)
PUSH_UPS = (
    ExerciseStep(UntilDone(), name="Push-up", sets=2, rest=30_000),
    ExerciseStep(Amrap(60_000), name="Burpee"),
    ExerciseStep(Reps(12), name="Squat"),
)
CIRCUIT = (
    Rounds(3, (*KNEES, RestStep(20_000, "Drink of water"), *PLANKS), rest=45_000),
    ExerciseStep(Hold(150_000), name="March on the spot with your arms swinging"),
)


class Rig:
    """A session being run: `clock`, `conductor`, `driver`, and the stand-ins that it is heard and written down by."""

    def __init__(self, *steps: Step, name: str = "Test session", setup: int = 10_000) -> None:
        self.clock = ManualClock()
        self.speaker = RecordingSpeaker()
        self.record = MemoryRecord()
        timeline = compile_session(Session(name, steps, setup=setup), CATALOGUE)
        scheduler = CueScheduler(
            timeline,
            phrases=load_phrases("en"),
            catalogue=CATALOGUE,
            talk=Talk.FULL,
            voice=FakeVoice(),
            tone_lengths={},
        )
        self.conductor = Conductor(
            RunPlan("run-1", timeline, "test-session", "format: 1\n"),
            clock=self.clock,
            catalogue=CATALOGUE,
            scheduler=scheduler,
            speaker=self.speaker,
            record=self.record,
        )
        self.driver = SessionDriver(self.conductor)

    @property
    def wait(self) -> int | None:
        """The real milliseconds until the driver wakes by itself, None where it does not."""
        timer = self.driver.timer
        return timer.interval() if timer.isActive() else None

    def go(self, milliseconds: int) -> None:
        """Let time go on, looking at least once a second, and at the end."""
        while milliseconds > 0:
            step = min(milliseconds, 1_000)
            self.clock.advance(step)
            milliseconds -= step
            self.driver.refresh()

    def sleep(self, milliseconds: int) -> None:
        """Let time go on without a look, and look."""
        self.clock.advance(milliseconds)
        self.driver.refresh()

    def end(self) -> None:
        """Skip through all that is left."""
        while self.conductor.snapshot().live:
            self.driver.do(Conductor.skip)
