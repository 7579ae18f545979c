"""A believable history of two years, for tests, pictures and trying things out.

Somebody with a stiff back begins gently, runs three times a week, goes on holiday, has the flu, misses days like
anybody, and slowly feels better. The same `until` and `seed` always give the same history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from timer_app.history.db_file import definition_hash, open_store, writing
from timer_app.history.records import (
    IntervalOutcome,
    IntervalRecord,
    Pause,
    PauseKind,
    RunBegun,
    RunOutcome,
    RunRecord,
    Tag,
    TagKind,
)
from timer_app.history.row_mapping import write_run
from timer_app.history.run_edits import put_pause

DAYS = 730

_SESSIONS = Path(__file__).parents[1] / "sessions"
_SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class _Plan:
    stem: str
    name: str
    intervals: tuple[IntervalRecord, ...]

    @property
    def definition(self) -> str:
        file = _SESSIONS / f"{self.stem}.session.yaml"
        if file.exists():
            return file.read_text(encoding="utf-8")
        exercises = dict.fromkeys(interval.exercise for interval in self.intervals if interval.kind == "work")
        steps = "".join(f"  - {{exercise: {exercise}, hold: 30s}}\n" for exercise in exercises)
        return f"format: 1\nname: {self.name}\nsteps:\n{steps}"


class _Step(Struct, frozen=True):
    """One exercise in a plan: `seconds` of work, in `reps` where there are any."""

    exercise: str
    title: str
    seconds: int
    reps: int | None = None
    sets: int = 1
    rest: int = 0
    sided: bool = False
    last_hold: int = 0


def make_demo_history(file: Path, until: datetime, seed: int = 7) -> None:
    """Write two years of runs that end before `until`, which carries its zone, into a new history."""
    connection = open_store(file)
    try:
        with writing(connection):
            for run in demo_runs(until, seed):
                write_run(connection, run, run.ended_at or run.begun.started_at)
            for pause in demo_pauses(until):
                put_pause(connection, pause, until - timedelta(days=60))
    finally:
        connection.close()


def demo_pauses(until: datetime) -> Iterator[Pause]:
    """Return the holidays and the flu of each year: the days on which hardly anything was done."""
    first = until.date() - timedelta(days=DAYS)
    for year in range(2):
        for kind, begin, end in ((PauseKind.HOLIDAY, 200, 213), (PauseKind.ILLNESS, 305, 313)):
            start = first + timedelta(days=year * 365)
            pause_id = str(UUID(int=year * 1000 + begin, version=4))
            yield Pause(pause_id, kind, start + timedelta(days=begin), start + timedelta(days=end))


def demo_runs(until: datetime, seed: int = 7) -> Iterator[RunRecord]:
    """Return the runs of the two years, oldest first."""
    rng = Random(seed)
    # Of its own, so that what it tells of a run changes nothing in the others.
    afterwards = Random(seed + 1)
    first = until.date() - timedelta(days=DAYS)
    definitions = {stem: plan.definition for stem, plan in _PLANS.items()}
    previous = ""
    for number in range(DAYS):
        day = first + timedelta(days=number)
        if rng.random() >= _chance(number, day):
            continue
        for _each in range(2 if rng.random() < 0.06 else 1):
            plan = _PLANS[_choose(rng, number, previous)]
            run = _one_run(rng, plan, definitions[plan.stem], number, _begin(rng, day, until))
            if run.ended_at is not None and run.ended_at < until:
                previous = plan.stem
                yield _looked_back(afterwards, run)


def _chance(number: int, day: date) -> float:
    """Return how likely a session is on a day: two weeks' holiday and nine days of flu a year, Sundays off."""
    of_year = number % 365
    if 200 <= of_year < 214:
        return 0.07
    if 305 <= of_year < 314:
        return 0.0
    usual = (0.78, 0.62, 0.8, 0.6, 0.72, 0.72, 0.35)[day.weekday()]
    after_flu = 0.6 if 314 <= of_year < 321 else 1.0
    tired = 0.55 if (number // 7) % 9 == 5 else 1.0
    return usual * after_flu * tired + (0.06 if number > 365 else 0.0)


def _choose(rng: Random, number: int, previous: str) -> str:
    """Return a session's stem: gentle ones at first, longer ones later, hardly ever the same twice running."""
    month = number // 30
    weights = {
        "gentle-day": 3 if month < 3 else 1,
        "first-core": 6 if month < 5 else 0.3,
        "planks-by-the-minute": 1 if month < 3 else 4,
        "superman-tens": 3,
        "knee-to-chest-holds": 3,
        "runner-core": 0 if month < 4 else 5,
        "big-three": 0 if month < 8 else 2,
        "evening-unwind": 1.5,
        "post-run-cool-down": 2,
    }
    if previous in weights:
        weights[previous] *= 0.2
    return rng.choices(list(weights), list(weights.values()))[0]


def _begin(rng: Random, day: date, until: datetime) -> datetime:
    hour = rng.choice((6, 7, 7, 12, 17, 18, 18, 19, 20, 21))
    of_day = time(hour, rng.randrange(60), rng.randrange(60), rng.randrange(1_000_000), tzinfo=until.tzinfo)
    return datetime.combine(day, of_day)


def _one_run(rng: Random, plan: _Plan, definition: str, number: int, started_at: datetime) -> RunRecord:
    stopped = rng.random() < 0.05
    planned = sum(interval.planned or 0 for interval in plan.intervals)
    intervals = tuple(_done(rng, interval) for interval in plan.intervals)
    if stopped:
        intervals = intervals[: rng.randrange(1, len(intervals))]
        last = intervals[-1]
        cut = replace(last, actual=last.actual * rng.randrange(10, 90) // 100, outcome=IntervalOutcome.CUT_SHORT)
        intervals = (*intervals[:-1], cut)
    spent = sum(interval.actual for interval in intervals)
    ended_at = started_at + timedelta(milliseconds=spent + rng.choice((0, 0, 0, 20_000, 75_000)))
    before = _clamp(round(4.2 + 3.4 * number / DAYS + rng.gauss(0, 1.1)), 0)
    after = _clamp(before + rng.choice((-1, 0, 0, 1, 1, 1, 2)), 0)
    hard = {"runner-core": 7, "big-three": 6, "planks-by-the-minute": 6, "superman-tens": 5}.get(plan.stem, 3)
    rated = rng.random() < 0.85
    run_id = str(UUID(int=rng.getrandbits(128), version=4))
    return RunRecord(
        begun=RunBegun(run_id, plan.name, plan.stem, definition, definition_hash(definition), planned, started_at),
        ended_at=ended_at,
        outcome=RunOutcome.STOPPED if stopped else RunOutcome.COMPLETED,
        intervals=intervals,
        effort=_clamp(round(hard + rng.gauss(0, 1) - number / DAYS), 1) if rated else None,
        comfort_before=before if rated else None,
        comfort_after=after if rated and not stopped else None,
        note=_note(rng, stopped=stopped),
    )


def _looked_back(rng: Random, run: RunRecord) -> RunRecord:
    """Add what the person says later: the next morning, and a tag or two."""
    chosen = [Tag(kind, rng.choice(choices)) for kind, choices in _WORDS.items() if rng.random() < 0.25]
    morning = run.comfort_after
    if morning is None or rng.random() < 0.45:
        return replace(run, tags=tuple(sorted(chosen)))
    well = sum(tag.word in _DOES_GOOD for tag in chosen)
    return replace(run, tags=tuple(sorted(chosen)), comfort_next=_clamp(morning + well + rng.choice((-2, -1, 0, 0)), 0))


def _done(rng: Random, interval: IntervalRecord) -> IntervalRecord:
    if rng.random() < 0.985:
        return interval
    if interval.kind in {"rest", "setup"}:
        return replace(interval, actual=rng.randrange(500, interval.actual), outcome=IntervalOutcome.SKIPPED)
    if rng.random() < 0.5:
        return replace(interval, actual=interval.actual + 10_000)
    return replace(interval, actual=interval.actual // 2, outcome=IntervalOutcome.CUT_SHORT)


def _note(rng: Random, *, stopped: bool) -> str:
    if stopped:
        return rng.choice(("The phone rang.", "Back felt tight, stopped in good time.", "Out of time today.", ""))
    return rng.choice(_NOTES) if rng.random() < 0.14 else ""


def _clamp(value: int, lowest: int) -> int:
    return max(lowest, min(10, value))


def _row(step: _Step, kind: str, seconds: int, side: str | None, of_set: int | None) -> IntervalRecord:
    """Return an interval without its position. A rest is nobody's exercise."""
    work = kind in {"work", "last_rep_hold"}
    return IntervalRecord(
        position=0,
        exercise=None if kind == "rest" else step.exercise,
        title="Rest" if kind == "rest" else step.title,
        kind=kind,
        side=side,
        set=of_set,
        round=None,
        planned=seconds * 1000,
        actual=seconds * 1000,
        outcome=IntervalOutcome.DONE,
        planned_reps=step.reps if work and kind == "work" else None,
        actual_reps=step.reps if work and kind == "work" else None,
    )


def _expand(steps: Iterable[_Step]) -> tuple[IntervalRecord, ...]:
    rows: list[IntervalRecord] = []
    for step in steps:
        rows.append(_row(step, "setup", 10, _SIDES[0] if step.sided else None, 1))
        for of_set in range(1, step.sets + 1):
            for side in _SIDES if step.sided else (None,):
                if side == _SIDES[1]:
                    rows.append(_row(step, "switch", 5, side, of_set))
                rows.append(_row(step, "work", step.seconds, side, of_set))
                if step.last_hold:
                    rows.append(_row(step, "last_rep_hold", step.last_hold, side, of_set))
            if step.rest and of_set < step.sets:
                rows.append(_row(step, "rest", step.rest, None, of_set))
    return tuple(replace(row, position=position) for position, row in enumerate(rows))


_CHILDS_POSE = _Step("childs-pose", "Child's pose", 30)
_KNEE = _Step("knee-to-chest", "Knee to chest", 20, sets=2, sided=True)
_TWIST = _Step("knee-twist", "Lying knee twist", 10, sets=3, sided=True)

_STEPS: Mapping[tuple[str, str], tuple[_Step, ...]] = {
    ("planks-by-the-minute", "Planks by the minute"): (_Step("plank", "Plank", 60, sets=3, rest=60),),
    ("superman-tens", "Superman tens"): (
        _Step("superman", "Superman", 40, reps=10, sets=3, rest=45, last_hold=10),
        _CHILDS_POSE,
    ),
    ("knee-to-chest-holds", "Knee-to-chest holds"): (
        replace(_KNEE, sets=3),
        _Step("double-knee-to-chest", "Double knee to chest", 20, sets=2, rest=5),
    ),
    ("gentle-day", "Gentle day"): (
        _Step("pelvic-tilt", "Pelvic tilt", 30, reps=5),
        _Step("knee-to-chest", "Knee to chest", 5, sets=5, sided=True),
        replace(_CHILDS_POSE, reps=5),
        _Step("back-extension", "Back extension", 25, reps=5),
    ),
    ("first-core", "First core"): (
        _Step("cat-cow", "Cat-cow", 40, reps=8),
        _Step("knee-plank", "Knee plank", 10, sets=5, rest=5),
        _Step("bird-dog", "Bird dog", 24, reps=4, sided=True),
        _Step("bridge", "Bridge", 32, reps=8),
        _Step("knee-side-plank", "Knee side plank", 10, sets=3, sided=True),
        replace(_KNEE, sets=1),
        _CHILDS_POSE,
    ),
    ("runner-core", "Runner core"): (
        _Step("cat-cow", "Cat-cow", 36, reps=6),
        _Step("plank", "Plank", 60, sets=2, rest=45),
        _Step("superman", "Superman", 40, reps=10, sets=2, rest=30, last_hold=10),
        _Step("six-inch-scissors", "Six-inch scissors", 30, sets=2, rest=30),
        _Step("feet-up-sit-up", "Feet-up sit-up", 36, reps=12, sets=2, rest=30),
        _Step("side-plank", "Side plank", 20, sets=2, sided=True),
        _Step("bird-dog", "Bird dog", 30, reps=5, sided=True),
        _KNEE,
        _TWIST,
        _Step("cobra", "Cobra", 15, sets=2, rest=5),
        _CHILDS_POSE,
    ),
    ("big-three", "Big three"): (
        _Step("cat-cow", "Cat-cow", 36, reps=6),
        _Step("curl-up", "Curl-up", 10, sets=6, rest=5),
        _Step("side-plank", "Side plank", 10, sets=6, sided=True),
        _Step("bird-dog", "Bird dog", 10, sets=6, sided=True),
    ),
    ("evening-unwind", "Evening unwind"): (
        _Step("cat-cow", "Cat-cow", 48, reps=8),
        replace(_CHILDS_POSE, seconds=45),
        _KNEE,
        replace(_TWIST, seconds=20, sets=2),
        _Step("cobra", "Cobra", 15, sets=3, rest=5),
        _Step("slow-breathing", "Slow breathing", 60),
    ),
    ("post-run-cool-down", "Post-run cool-down"): (
        _Step("walk", "Walk", 120),
        _Step("straight-calf-stretch", "Straight calf stretch", 20, sets=2, sided=True),
        _Step("hamstring-stretch", "Hamstring stretch", 20, sets=2, sided=True),
        _Step("hip-flexor-stretch", "Hip flexor stretch", 20, sets=2, sided=True),
        _TWIST,
        _CHILDS_POSE,
    ),
}

_PLANS: Mapping[str, _Plan] = {stem: _Plan(stem, name, _expand(steps)) for (stem, name), steps in _STEPS.items()}

_WORDS: Mapping[TagKind, tuple[str, ...]] = {
    TagKind.SLEEP: ("on my side", "on my back", "badly"),
    TagKind.SHOES: ("barefoot", "old trainers", "new shoes"),
    TagKind.SURFACE: ("mat", "carpet", "grass"),
    TagKind.HELPED: ("hot shower", "walk", "early night"),
}
_DOES_GOOD = {"on my side", "hot shower", "walk"}

_NOTES = (
    "Felt strong today.",
    "Back stiff after a long drive, better afterwards.",
    "Slept badly, took it easy.",
    "Legs heavy from yesterday's long run.",
    "Left side shakes more than the right.",
    "Third set finally without a pause.",
    "Did it in the garden.",
    "Lower back quiet all day.",
    "New mat, much nicer for the elbows.",
    "A little pull in the right hamstring, went gently.",
    "Ran ten kilometres before, no pain.",
    "Hard to begin, glad I did.",
)
