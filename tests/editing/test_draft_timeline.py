from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE
from tests.definition.test_parser import EXAMPLE
from timer_app.definition.model import ExerciseStep, Hold, RestStep, Rounds, Session, Step
from timer_app.definition.serializer import write_session
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.draft_timeline import NOTHING, DraftTimeline, overview
from timer_app.timeline.compile import compile_session

TEXT = """\
format: 1
name: Back
setup: 5s
steps:
  - exercise: plank
    hold: soon
  - {rest: 7s}
  - rounds: 2
    steps:
      - {name: Wall sit, hold: 10s}
"""

_lengths = st.integers(1, 60).map(lambda seconds: 1_000 * seconds)
_rests = st.builds(RestStep, _lengths)
_planks = st.builds(ExerciseStep, st.builds(Hold, _lengths), st.just("plank"), sets=st.integers(1, 3), rest=_lengths)
_rounds = st.builds(Rounds, st.integers(1, 3), st.lists(_rests | _planks, min_size=1, max_size=2).map(tuple), _lengths)
steps: st.SearchStrategy[list[Step]] = st.lists(st.one_of(_planks, _rests, _rounds), min_size=1, max_size=4)
"""Steps of sessions that can all be played: an overview of anything else has nothing to take from before."""


def of(text: str) -> DraftTimeline:
    return overview(DraftReader("x", CATALOGUE).read(text), CATALOGUE)


def test_a_sound_draft_is_its_timeline() -> None:
    session = DraftReader("x", CATALOGUE).read(EXAMPLE).session
    assert session is not None
    found = of(EXAMPLE)
    assert found.timeline == compile_session(session, CATALOGUE)
    assert sum(length for path, length in found.lengths.items() if len(path) == 1) == found.timeline.total
    assert found.lengths[(0,)] == 10_000 + 3 * 60_000 + 2 * 30_000


def test_of_an_unsound_draft_the_sound_steps_are_drawn_under_their_own_places() -> None:
    found = of(TEXT)
    assert found.timeline is not None
    assert [(each.step, each.length) for each in found.timeline.intervals] == [
        ((1,), 7_000),
        *([((2, 0), 5_000), ((2, 0), 10_000)] * 2),
    ]
    assert found.lengths == {(1,): 7_000, (2,): 30_000, (2, 0): 30_000}
    assert of(TEXT.replace("setup: 5s", "setup: x")).lengths[(2,)] == 40_000
    assert of(TEXT.replace("setup: 5s\n", "")).lengths[(2,)] == 40_000


def test_a_step_that_is_not_sound_just_now_is_drawn_as_it_last_was() -> None:
    reader = DraftReader("x", CATALOGUE)
    before = overview(reader.read(TEXT.replace("soon", "20s")), CATALOGUE)
    now = overview(reader.read(TEXT), CATALOGUE, before)
    assert now.timeline != before.timeline
    assert now.lengths == before.lengths
    assert [each.step for each in now.timeline.intervals] == [(0,), (0,), (1,), *([(2, 0)] * 4)] if now.timeline else ""
    fewer = overview(reader.read(TEXT.replace("  - {rest: 7s}\n", "")), CATALOGUE, now)
    assert (0,) not in fewer.lengths


@settings(deadline=None)
@given(steps, steps, st.data())
def test_what_is_taken_from_before_is_what_would_be_made_anew(
    one: list[Step], other: list[Step], data: st.DataObject
) -> None:
    same = data.draw(st.integers(0, len(one)))
    setup = data.draw(st.sampled_from([5_000, 5_000, 7_000]))
    reader = DraftReader("x", CATALOGUE)
    before = overview(reader.read(write_session(Session("Back", tuple(one), setup=5_000))), CATALOGUE)
    draft = reader.read(write_session(Session("Back", (*one[:same], *other), setup=setup)))
    assert overview(draft, CATALOGUE, before) == overview(draft, CATALOGUE)


def test_what_passes_the_limits_of_a_session_is_not_drawn() -> None:
    many = "  - {exercise: plank, hold: 30s, sets: 1000}\n"
    found = of(TEXT + many + "  - {rounds: 1000, steps: [{rounds: 1000, steps: [{rest: 5s}]}]}\n")
    assert found.timeline is not None
    assert {each.step[0] for each in found.timeline.intervals} == {1, 2, 3}
    assert (
        of("format: 1\nname: A\nsteps:\n  - {rounds: 1000, steps: [{rounds: 1000, steps: [{rest: 5s}]}]}\n") is NOTHING
    )


def test_where_nothing_can_be_played_there_is_nothing_to_draw() -> None:
    for text in ("", "format: 1\nname: A\nsteps: []\n", 'name: "', "format: 1\nname: A\nsteps:\n  - hold: 3s\n"):
        assert of(text) is NOTHING
