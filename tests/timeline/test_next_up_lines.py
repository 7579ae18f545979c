"""What comes next: said once, so that it ends as the countdown begins."""

from __future__ import annotations

import pytest

from tests.timeline.scripts import ENGLISH, compiled, hold, plan_sounds, variants
from tests.timeline.strategies import CATALOGUE, TONES
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    Hold,
    Reps,
    RestStep,
    UntilDone,
)
from timer_app.exercises.model import Tempo
from timer_app.settings import Talk
from timer_app.timeline.cue_lines import LineKind, Tone
from timer_app.timeline.intervals import IntervalKind
from timer_app.timeline.script import script

# What comes next


def test_next_up_says_name_length_and_position_and_ends_by_the_countdown() -> None:
    timeline = compiled(hold(60_000, "plank"), setup=10_000)
    assert variants(timeline, LineKind.NEXT) == [
        (
            0,
            (
                "Next: Plank, one minute. On your forearms.",
                "Plank, one minute. On your forearms.",
                "Next: Plank, one minute",
                "Plank, one minute",
                "Plank",
            ),
        )
    ]
    line = next(line for line in script(timeline, ENGLISH, CATALOGUE, Talk.FULL) if line.kind is LineKind.NEXT)
    assert (line.at, line.latest, line.importance) == (7_000, 7_000, 3)


def test_position_is_said_the_first_time_alone() -> None:
    timeline = compiled(hold(5_000, "plank", sets=2, rest=10_000), hold(5_000, "plank"), setup=10_000)
    assert [spoken[0] for _, spoken in variants(timeline, LineKind.NEXT)] == [
        "Next: Plank, five seconds. On your forearms.",
        "Next: Plank, five seconds",
        "Next: Plank, five seconds",
    ]


def test_position_is_kept_rather_than_the_fine_print_of_the_dose() -> None:
    work = Reps(10, Tempo.plain(2_000), 10_000)
    timeline = compiled(ExerciseStep(work, name="Lift", about="Face down."), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1] == (
        "Next: Lift, ten reps, the last one held for ten seconds. Face down.",
        "Next: Lift, ten reps. Face down.",
        "Next: Lift, ten reps, the last one held for ten seconds",
        "Next: Lift, ten reps",
        "Lift, ten reps",
        "Lift",
    )


def test_an_exercise_that_began_without_a_pause_is_not_explained_afterwards() -> None:
    timeline = compiled(hold(5_000, "plank", sets=2, rest=10_000))
    assert variants(timeline, LineKind.NEXT)[0][1][0] == "Next: Plank, five seconds"


def test_an_own_exercise_is_explained_in_its_own_words_first_sentence_at_least() -> None:
    timeline = compiled(hold(5_000, about="Back flat.\nKnees bent."), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1][:5] == (
        "Next: Sit, five seconds. Back flat. Knees bent.",
        "Sit, five seconds. Back flat. Knees bent.",
        "Next: Sit, five seconds. Back flat.",
        "Sit, five seconds. Back flat.",
        "Next: Sit, five seconds",
    )


def test_an_essay_is_not_read_aloud() -> None:
    timeline = compiled(hold(5_000, about="Short. " + "and so on " * 30), setup=10_000)
    assert [text for text in variants(timeline, LineKind.NEXT)[0][1] if "Short" in text] == [
        "Next: Sit, five seconds. Short.",
        "Sit, five seconds. Short.",
    ]


def test_an_exercise_with_no_description_is_just_named() -> None:
    assert variants(compiled(hold(5_000), setup=5_000), LineKind.NEXT)[0][1][0] == "Next: Sit, five seconds"


@pytest.mark.parametrize(
    ("work", "dose"),
    [
        (Reps(10, Tempo.plain(2_000)), "ten reps"),
        (Reps(1, Tempo.plain(2_000)), "one rep"),
        (Reps(10, Tempo.plain(2_000), 10_000), "ten reps, the last one held for ten seconds"),
        (Reps(10), "ten reps at your own pace"),
        (UntilDone(), "until you are done"),
        (Amrap(60_000), "as many as you can in one minute"),
        (Hold(90_000), "ninety seconds"),
    ],
)
def test_next_up_says_how_long_or_how_many(work: Hold | Reps | UntilDone | Amrap, dose: str) -> None:
    timeline = compiled(ExerciseStep(work, name="Lift"), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1][0] == f"Next: Lift, {dose}"


def test_next_up_says_the_side() -> None:
    timeline = compiled(hold(5_000, each_side=True), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[0][1] == (
        "Next: Sit, five seconds, on the left side",
        "Sit, five seconds, left side",
        "Sit, left side",
        "Sit",
    )


def test_a_further_set_needs_its_side_most() -> None:
    timeline = compiled(hold(5_000, each_side=True, sets=2, rest=5_000), setup=10_000)
    assert variants(timeline, LineKind.NEXT)[1][1] == (
        "Next: Sit, five seconds, on the left side",
        "Sit, five seconds, left side",
        "Sit, left side",
        "left side",
    )


def test_in_a_short_pause_the_next_up_is_worth_more_than_the_tone() -> None:
    timeline = compiled(hold(5_000), RestStep(4_000), hold(5_000))
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {"Sit": 880}, TONES)
    assert next((sound.offset, sound.words, sound.tone) for sound in plan.of(1)) == (0, "Sit", None)
    assert [(dropped.kind, dropped.words) for dropped in plan.dropped] == [(LineKind.REST, "")]
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, {"Sit": 600}, TONES)
    assert [(sound.offset, sound.words, sound.tone) for sound in plan.of(1)][:2] == [
        (0, None, Tone.REST),
        (280, "Sit", None),
    ]


def test_in_a_longer_pause_the_tone_sounds_and_the_next_up_is_shortened() -> None:
    timeline = compiled(hold(5_000), RestStep(5_000), hold(5_000))
    lengths = {"Next: Sit, five seconds": 1_700, "Sit": 600}
    plan = plan_sounds(timeline, ENGLISH, CATALOGUE, Talk.FULL, lengths, TONES)
    assert [(sound.words, sound.tone) for sound in plan.of(1)][:2] == [(None, Tone.REST), ("Sit", None)]


def test_next_up_is_said_once_in_the_longest_pause() -> None:
    timeline = compiled(hold(5_000), RestStep(30_000), hold(5_000), RestStep(4_000), hold(5_000), setup=10_000)
    pauses = [interval.length for interval in timeline.intervals if interval.kind is not IntervalKind.WORK]
    assert pauses == [10_000, 30_000, 10_000, 4_000, 10_000]
    assert [timeline.intervals[index].length for index, _ in variants(timeline, LineKind.NEXT)] == [
        10_000,
        30_000,
        10_000,
    ]


def test_of_two_equal_pauses_the_later_one_announces() -> None:
    timeline = compiled(hold(5_000), RestStep(10_000), hold(5_000), setup=10_000)
    assert [index for index, _ in variants(timeline, LineKind.NEXT)] == [0, 3]


def test_a_rest_that_leads_nowhere_announces_nothing() -> None:
    timeline = compiled(hold(5_000), RestStep(10_000))
    assert variants(timeline, LineKind.NEXT) == []


def test_a_pause_too_short_to_count_announces_by_its_end() -> None:
    timeline = compiled(hold(5_000), RestStep(900), hold(5_000))
    line = next(
        line for line in script(timeline, ENGLISH, CATALOGUE, Talk.FULL) if line.variants and line.interval == 1
    )
    assert (line.kind, line.at) == (LineKind.NEXT, 900)
