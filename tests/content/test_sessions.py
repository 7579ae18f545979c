"""The shipped sessions: what is in each, how long it takes, and that all of it is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from tests.content.prose import flaws, sentences, untidy
from tests.timeline.scripts import plan_sounds
from timer_app.definition.model import ExerciseStep, FromStart, Hold, Level, Reps, Session, Step
from timer_app.exercises.model import Catalogue
from timer_app.settings import Talk
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import Dropped, LineKind, SoundPlan, Tone
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline
from timer_app.timeline.phrase_parser import load_phrases
from timer_app.timeline.phrases import Phrases
from timer_app.timeline.script import script, texts

TOLERANCE = 0.07
"""How far a length that is promised as "about" may be off."""

# stem: (seconds promised, whether only about so, seconds worked out)
LENGTHS = {
    "planks-by-the-minute": (310, False, 310),
    "superman-tens": (290, False, 290),
    "knee-to-chest-holds": (210, True, 210),
    "first-core": (450, True, 445),
    "runner-core": (1020, True, 1038),
    "runner-core-advanced": (1620, True, 1586),
    "big-three": (900, True, 886),
    "pre-run-warm-up": (480, False, 480),
    "post-run-cool-down": (720, True, 720),
    "mid-run-reset": (180, True, 192),
    "desk-break": (240, True, 255),
    "evening-unwind": (540, True, 563),
    "hamstring-hip-calf": (600, True, 595),
    "foam-roll": (600, True, 580),
    "strides": (420, True, 445),
    "gentle-day": (240, True, 230),
    "heat-before": (1200, False, 1200),
    "ice-after": (900, False, 900),
}

# sets × seconds, or reps @ seconds a rep (+ a hold of the last one); r: the rest between sets
PLANS = {
    "planks-by-the-minute": "plank 3 × 60 r60",
    "superman-tens": "superman 3 × (10 @4 + 10) r45; childs-pose 30",
    "knee-to-chest-holds": "knee-to-chest 3 × 20 a side r5; double-knee-to-chest 2 × 20 r5",
    "first-core": (
        "cat-cow 8 @5; knee-plank 5 × 10 r5; bird-dog 4 @6 a side; bridge 8 @4; knee-side-plank 3 × 10 a side r15;"
        " knee-to-chest 20 a side; childs-pose 30"
    ),
    "runner-core": (
        "cat-cow 6 @6; plank 2 × 60 r45; superman 2 × (10 @4 + 10) r30; six-inch-scissors 2 × 30 r30;"
        " feet-up-sit-up 2 × 12 @3 r30; side-plank 2 × 20 a side r5; bird-dog 5 @6 a side;"
        " knee-to-chest 2 × 20 a side r5; knee-twist 3 × 10 a side r5; cobra 2 × 15 r5; childs-pose 30"
    ),
    "runner-core-advanced": (
        "cat-cow 6 @6; plank 3 × 60 r45; superman 3 × (10 @4 + 10) r30; six-inch-scissors 3 × 45 r30;"
        " feet-up-sit-up 3 × 15 @3 r30; side-plank 2 × 40 a side r20; bird-dog 6 @10 a side;"
        " knee-to-chest 2 × 20 a side r5; knee-twist 3 × 10 a side r5; cobra 2 × 20 r5; childs-pose 30"
    ),
    "big-three": (
        "cat-cow 6 @6; curl-up 6 @12; curl-up 4 @12; curl-up 2 @12;"
        " side-plank 6 @12 a side; side-plank 4 @12 a side; side-plank 2 @12 a side;"
        " bird-dog 6 @12 a side; bird-dog 4 @12 a side; bird-dog 2 @12 a side"
    ),
    "pre-run-warm-up": (
        "march 120; heel-digs 60; knee-lifts 30; shoulder-rolls 10 @3; knee-bends 10 @3; back-extension 8 @4;"
        " trunk-rotation 10 @2 a side; leg-swings 8 @3 a side"
    ),
    "post-run-cool-down": (
        "walk 120; straight-calf-stretch 2 × 20 a side r5; hamstring-stretch 2 × 20 a side r5;"
        " hip-flexor-stretch 2 × 20 a side r5; it-band-stretch 20 a side; knee-to-chest 2 × 15 a side r5;"
        " knee-twist 3 × 10 a side r5; childs-pose 30"
    ),
    "mid-run-reset": (
        "back-extension 5 @4; forward-bend 2 × 15 r4; side-stretch 2 × 10 a side r2; trunk-rotation 5 @3 a side;"
        " posture-check 10"
    ),
    "desk-break": (
        "posture-check 20; back-extension 5 @4; chair-twist 15 a side; side-stretch 15 a side; shoulder-rolls 10 @2;"
        " straight-calf-stretch 20 a side; drink-of-water 10"
    ),
    "evening-unwind": (
        "cat-cow 8 @6; childs-pose 45; knee-to-chest 2 × 20 a side r5; knee-twist 2 × 20 a side r5; cobra 3 × 15 r5;"
        " seated-twist 2 × 20 a side r5; slow-breathing 60"
    ),
    "hamstring-hip-calf": (
        "hamstring-stretch 2 × 30 a side r5; hip-flexor-stretch 2 × 30 a side r5;"
        " straight-calf-stretch 2 × 30 a side r5; bent-calf-stretch 20 a side; it-band-stretch 2 × 20 a side r5"
    ),
    "foam-roll": (
        "foam-roll-calf 2 × 30 a side r10; foam-roll-hamstring 2 × 30 a side r10; foam-roll-quad 2 × 30 a side r10;"
        " foam-roll-outer-thigh 30 a side; foam-roll-upper-back 45"
    ),
    "strides": "strides 4 × 20 r75; walk 120",
    "gentle-day": (
        "pelvic-tilt 5 @6; knee-rolls 5 @8; knee-to-chest 5 @5 a side; childs-pose 5 @6; back-extension 5 @5"
    ),
    "heat-before": "heat-pack 1200",
    "ice-after": "ice-pack 900",
}

PER_CHARACTER = 76
"""Milliseconds; espeak-ng's English voice takes 68 to 75 for whole lines at the program's own 165 words a minute."""


@pytest.fixture(params=sorted(LENGTHS))
def stem(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def session(stem: str, sessions: dict[str, Session]) -> Session:
    return sessions[stem]


@pytest.fixture
def timeline(session: Session, catalogue: Catalogue) -> Timeline:
    return compile_session(session, catalogue)


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return load_phrases("en", Path(__file__).parents[2] / "assets" / "phrases")


@pytest.fixture
def plan(timeline: Timeline, catalogue: Catalogue, phrases: Phrases) -> SoundPlan:
    """What is heard, in a voice of an ordinary pace."""
    said = texts(script(timeline, phrases, catalogue, Talk.FULL))
    lengths = {text: len(text) * PER_CHARACTER for text in said}
    return plan_sounds(timeline, phrases, catalogue, Talk.FULL, lengths, dict.fromkeys(Tone, 150))


def plan_of(session: Session) -> str:
    """Return the steps of a session as the plans above write them."""
    return "; ".join(map(_seen, session.steps))


def _seen(step: Step) -> str:
    assert isinstance(step, ExerciseStep)
    match step.work:
        case Hold(length):
            work = f"{length / 1000:g}"
        case Reps(count, tempo, last) if tempo is not None:
            work = f"{count} @{tempo.rep / 1000:g}" + (f" + {last / 1000:g}" if last else "")
        case other:
            work = str(other)
    many = f"{step.sets} × " if step.sets > 1 else ""
    rest = f" r{step.rest / 1000:g}" if step.rest else ""
    grouped = f"({work})" if "+" in work else work
    return f"{step.exercise} {many}{grouped}{' a side' if step.each_side else ''}{rest}"


def kebab(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def lines(session: Session) -> Iterator[str]:
    """Yield what the authors of a session have the voice say."""
    for step in session.steps:
        assert isinstance(step, ExerciseStep)
        yield from (line.line for line in step.say)


def test_no_session_is_without_a_test(session_files: Mapping[str, Path]) -> None:
    assert sorted(session_files) == sorted(LENGTHS) == sorted(PLANS)


def test_a_session_has_the_steps_that_were_planned(stem: str, session: Session) -> None:
    assert plan_of(session) == PLANS[stem]


def test_a_session_takes_as_long_as_was_promised(stem: str, timeline: Timeline) -> None:
    promised, about, exact = LENGTHS[stem]
    assert timeline.total == exact * 1000
    assert timeline.open_intervals == 0
    assert abs(exact - promised) <= (promised * TOLERANCE if about else 0)


def test_there_are_ten_seconds_to_get_ready_for_each_step(stem: str, session: Session, timeline: Timeline) -> None:
    """Not for heat and ice, which are begun with the pack in hand."""
    ready = [interval.length for interval in timeline.intervals if interval.kind is IntervalKind.SETUP]
    assert ready == ([] if stem in ("heat-before", "ice-after") else [10_000] * len(session.steps))


def test_a_file_is_called_by_its_title(stem: str, session: Session) -> None:
    assert kebab(session.name) == stem


def test_a_session_says_what_it_is_for(session: Session) -> None:
    assert flaws(session.about or "") == []
    assert untidy(session.name) == []
    assert session.level in set(Level)
    assert session.tags
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", tag) for tag in session.tags)


def test_the_level_of_a_title_is_the_level(sessions: dict[str, Session]) -> None:
    assert sessions["first-core"].level is Level.BEGINNER
    assert sessions["runner-core"].level is Level.REGULAR
    assert sessions["runner-core-advanced"].level is Level.ADVANCED
    assert sessions["gentle-day"].level is Level.GENTLE


def test_an_editor_finds_the_schema(stem: str, session_files: Mapping[str, Path]) -> None:
    text = session_files[stem].read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../assets/session.schema.json\nformat: 1\nname: ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert max(map(len, text.splitlines())) <= 120


def test_steps_stand_apart(stem: str, session_files: Mapping[str, Path]) -> None:
    rows = session_files[stem].read_text(encoding="utf-8").splitlines()
    for before, row in pairwise(rows):
        if row.startswith("  # ") or (row.startswith("  - exercise") and not before.startswith("  # ")):
            assert before in ("", "steps:"), row


def test_a_line_with_a_comma_stands_in_quotes(stem: str, session_files: Mapping[str, Path]) -> None:
    """Our reader knows what is meant without them; an editor's YAML takes the rest for another key."""
    rows = session_files[stem].read_text(encoding="utf-8").splitlines()
    said = [row for row in rows if "{at:" in row]
    assert [row for row in said if not re.search(r'line: (?:"[^"]+"|[^,"]+)}$', row)] == []


def test_lines_of_the_authors_are_plain_and_short_enough(session: Session) -> None:
    for line in lines(session):
        assert untidy(line) == []
        assert not re.search("[0-9]", line)


def test_every_line_of_the_authors_is_heard(plan: SoundPlan) -> None:
    assert [dropped.words for dropped in plan.dropped if dropped.kind is LineKind.SAY] == []


def test_how_to_begin_is_heard_the_first_time(timeline: Timeline, plan: SoundPlan, catalogue: Catalogue) -> None:
    """Whatever else gives way, the first sentence about the position is said in the ten seconds before."""
    said = " ".join(sound.words or "" for sound in plan.sounds)
    met: dict[str, Interval] = {}
    for interval in timeline.intervals:
        if interval.kind is IntervalKind.SETUP and interval.exercise is not None:
            met.setdefault(interval.exercise, interval)
    for name, interval in met.items():
        assert sentences(interval.about or catalogue[name].position)[0] in said


def dropped_counts(plan: SoundPlan) -> list[Dropped]:
    return [dropped for dropped in plan.dropped if dropped.kind in (LineKind.COUNT, LineKind.GO, LineKind.REP)]


def test_no_count_is_lost(plan: SoundPlan) -> None:
    assert dropped_counts(plan) == []


@pytest.mark.parametrize("stem", ["heat-before", "ice-after"])
def test_the_skin_is_looked_at_after_five_minutes(session: Session) -> None:
    (step,) = session.steps
    assert isinstance(step, ExerciseStep)
    assert any(line.at == FromStart(300_000) and "Look at your skin" in line.line for line in step.say)


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("pre-run-warm-up", "ribs over hips"),
        ("pre-run-warm-up", "Long spine"),
        ("post-run-cool-down", "drink of water"),
        ("post-run-cool-down", "ice it later, wrapped"),
        ("post-run-cool-down", "Partner moves slowly, you say stop"),
        ("hamstring-hip-calf", "Partner moves slowly, you say stop"),
        ("mid-run-reset", "long spine as you run"),
        ("desk-break", "screen at eye height"),
        ("desk-break", "support your low back"),
        ("strides", "long spine"),
        ("runner-core", "Stop if pain runs down your leg"),
        ("runner-core-advanced", "Stop if pain runs down your leg"),
        ("evening-unwind", "Stop if pain runs down your leg"),
        ("foam-roll", "off the bone"),
        ("foam-roll", "off your low back"),
        ("heat-before", "never on bare skin"),
        ("ice-after", "never on bare skin"),
    ],
)
def test_advice_that_is_spoken(sessions: dict[str, Session], stem: str, words: str) -> None:
    assert words in " / ".join(lines(sessions[stem]))


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("strides", "Only when you are warm"),
        ("foam-roll", "Never on bone, on the low back or on a new injury"),
        ("runner-core", "Sheets for sore backs avoid full sit-ups"),
        ("runner-core-advanced", "Sheets for sore backs avoid full sit-ups"),
        ("hamstring-hip-calf", "the partner moves slowly, and you say stop"),
        ("pre-run-warm-up", "a warm back"),
    ],
)
def test_advice_that_is_read_before_the_start(sessions: dict[str, Session], stem: str, words: str) -> None:
    assert words in (sessions[stem].about or "")
