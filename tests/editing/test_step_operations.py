from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.definition.strategies import CATALOGUE, sessions, steps
from tests.definition.test_parser import EXAMPLE
from timer_app.definition.model import ExerciseStep, Hold, RestStep, Rounds, Session, Step, StepPath
from timer_app.definition.parser import read_document
from timer_app.definition.serializer import write_item, write_session
from timer_app.editing.draft_parser import Draft, DraftReader
from timer_app.editing.step_operations import StepOperations, StepResult, topmost
from timer_app.problems import Problem

PLAIN = """\
format: 1
name: Back   # on Sundays
steps:
  # warm first
  - exercise: plank   # forearms
    hold: 30s         # or less

  # then these
  - rounds: 2
    steps:
      # slowly
      - exercise: superman
        reps: 10
      - {rest: 10s, name: Sip}

  - name: Wall sit
    hold: soon
    say:
      - {at: half, line: Half way}   # calm
"""
READER = DraftReader("x", CATALOGUE)
OPERATIONS = StepOperations(READER)


def read(text: str) -> Draft:
    return READER.read(text)


def lines_between(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    before, after = old.splitlines(), new.splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


# Values


def test_a_value_is_changed_where_it_stands() -> None:
    text = OPERATIONS.set_values(read(PLAIN), (0,), {"hold": "1:00"}).text
    assert lines_between(PLAIN, text) == (
        ["    hold: 30s         # or less"],
        ["    hold: 1:00        # or less"],
    )


def test_a_value_is_changed_whatever_is_wrong_with_it_and_elsewhere() -> None:
    text = OPERATIONS.set_values(read(PLAIN), (2,), {"hold": "45s"}).text
    assert lines_between(PLAIN, text) == (["    hold: soon"], ["    hold: 45s"])
    assert lines_between(PLAIN, OPERATIONS.set_values(read(PLAIN), (1, 0), {"reps": "many"}).text)[1] == [
        "        reps: many"
    ]


def test_an_empty_value_gets_its_blank() -> None:
    text = PLAIN.replace("hold: soon", "hold:")
    assert "    hold: 45s\n" in OPERATIONS.set_values(read(text), (2,), {"hold": "45s"}).text
    text = PLAIN.replace("{rest: 10s, name: Sip}", "{rest: , name: Sip}")
    assert read(OPERATIONS.set_values(read(text), (1, 1), {"rest": "10s"}).text).step((1, 1)) == RestStep(10_000, "Sip")


def test_a_key_comes_in_its_usual_place_and_goes_with_its_line() -> None:
    text = OPERATIONS.set_values(read(PLAIN), (0,), {"sets": 3}).text
    assert lines_between(PLAIN, text) == ([], ["    sets: 3"])
    assert OPERATIONS.set_values(read(text), (0,), {"sets": None}).text == PLAIN


def test_one_work_takes_the_place_of_another() -> None:
    text = OPERATIONS.set_values(read(PLAIN), (0,), {"hold": None, "reps": 10, "rep": "4s"}).text
    assert text.splitlines()[4:7] == [
        "  - exercise: plank   # forearms",
        "    reps: 10          # or less",
        "    rep: 4s",
    ]


def test_the_sessions_own_keys_are_changed_in_the_same_way() -> None:
    text = OPERATIONS.set_values(read(PLAIN), (), {"name": "Hips", "level": "gentle"}).text
    assert text.startswith("format: 1\nname: Hips   # on Sundays\nlevel: gentle\nsteps:\n")
    assert OPERATIONS.set_values(read(text), (), {"name": "Back", "level": None}).text == PLAIN


def test_a_text_that_has_to_be_mended_first_says_so() -> None:
    for text, path in (('name: "', ()), (PLAIN, (7,)), (PLAIN.replace("- {rest: 10s, name: Sip}", "- sip"), (1, 1))):
        with pytest.raises(Problem, match="problems"):
            OPERATIONS.set_values(read(text), path, {"name": "x"})


def test_a_step_keeps_at_least_one_key() -> None:
    with pytest.raises(Problem):
        OPERATIONS.set_values(read(PLAIN), (2,), {"name": None, "hold": None, "say": None})


# What is said


def test_what_a_step_says_is_changed_line_by_line() -> None:
    text = OPERATIONS.set_line(read(PLAIN), (2,), 0, {"at": "-10s", "line": "Ten, stay tall"}).text
    assert "      - {at: -10s, line: 'Ten, stay tall'}   # calm\n" in text or "Ten, stay tall" in text
    more = OPERATIONS.add_line(read(text), (2,), {"at": "5s", "line": "Breathe"}).text
    assert more.endswith("      - {at: 5s, line: Breathe}\n")
    assert OPERATIONS.remove_line(read(more), (2,), 1).text == text
    assert "say" not in OPERATIONS.remove_line(read(text), (2,), 0).text


def test_a_step_that_says_nothing_yet_gets_its_first_line() -> None:
    text = OPERATIONS.add_line(read(PLAIN), (0,), {"at": "half", "line": "Half way"}).text
    assert lines_between(PLAIN, text)[0] == []
    assert read(text).step((0,)) != read(PLAIN).step((0,))
    bare = PLAIN.replace("    say:\n      - {at: half, line: Half way}   # calm\n", "    say:\n")
    assert OPERATIONS.add_line(read(bare), (2,), {"at": "half", "line": "Half way"}).text.endswith(
        "    say:\n      - {at: half, line: Half way}\n"
    )


def test_a_line_that_there_is_not_cannot_be_changed() -> None:
    for path, index in (((2,), 1), ((0,), 0), ((1, 1), 0), ((9,), 0)):
        with pytest.raises(Problem):
            OPERATIONS.set_line(read(PLAIN), path, index, {"at": "half"})
    with pytest.raises(Problem):
        OPERATIONS.set_line(read(PLAIN.replace("{at: half, line: Half way}", "Half way")), (2,), 0, {"at": "half"})


# Steps


def test_a_step_is_put_in_with_a_blank_line_as_the_others_have() -> None:
    item = write_item(ExerciseStep(Hold(20_000), exercise="cobra"))
    changed = OPERATIONS.insert(read(PLAIN), (1,), [item])
    assert changed.paths == ((1,),)
    assert "\n\n  - exercise: cobra\n    hold: 20s\n\n  # then these\n  - rounds: 2\n" in changed.text
    inside = OPERATIONS.insert(read(PLAIN), (1, 2), [item, item])
    assert inside.paths == ((1, 2), (1, 3))
    assert "      - {rest: 10s, name: Sip}\n      - exercise: cobra\n        hold: 20s\n      - exercise" in inside.text


def test_steps_go_with_their_comments_and_leave_the_others_alone() -> None:
    changed = OPERATIONS.remove(read(PLAIN), [(1,), (1, 0)])
    assert changed.paths == ((1,),)
    assert "warm first" in changed.text
    assert "then these" not in changed.text
    assert "slowly" not in changed.text
    assert OPERATIONS.remove(read(PLAIN), [(2,)]).paths == ((1,),)


def test_a_list_may_become_empty_and_be_filled_again() -> None:
    emptied = OPERATIONS.remove(read(PLAIN), [(0,), (1,), (2,)])
    assert emptied.text == "format: 1\nname: Back   # on Sundays\nsteps: []\n"
    assert emptied.paths == ()
    filled = OPERATIONS.insert(read(emptied.text), (0,), ["- rest: 10s\n", "- rest: 20s\n"])
    assert filled.text.endswith("steps:\n  - rest: 10s\n\n  - rest: 20s\n")
    hollow = OPERATIONS.remove(read(PLAIN), [(1, 0), (1, 1)])
    assert hollow.paths == ((1,),)
    assert "  - rounds: 2\n    steps: []\n" in hollow.text
    again = OPERATIONS.insert(read(hollow.text), (1, 0), ["- rest: 5s\n"])
    assert "    steps:\n      - rest: 5s\n\n  - name: Wall sit" in again.text


@pytest.mark.parametrize("head", ["format: 1\nname: A\n", "format: 1\nname: A", "format: 1\nname: A\nsteps:\n"])
def test_a_file_without_steps_gets_its_first(head: str) -> None:
    changed = OPERATIONS.insert(read(head), (0,), ["- rest: 10s\n"])
    assert changed.text == "format: 1\nname: A\nsteps:\n  - rest: 10s\n"


def test_rounds_without_steps_get_their_first() -> None:
    text = "format: 1\nname: A\nsteps:\n  - rounds: 2\n    rest: 5s\n"
    assert OPERATIONS.insert(read(text), (0, 0), ["- rest: 10s\n"]).text == text + "    steps:\n      - rest: 10s\n"


def test_a_list_in_brackets_over_several_lines_is_laid_out_anew() -> None:
    text = "format: 1\nname: A\nsteps: [{rest: 10s}, {exercise: plank,\n  hold: 20s}]\n"
    changed = OPERATIONS.move(read(text), [(1,)], (0,))
    assert changed.text == "format: 1\nname: A\nsteps:\n  - exercise: plank\n    hold: 20s\n\n  - rest: 10s\n"


def test_a_list_in_brackets_may_become_empty() -> None:
    text = "format: 1\nname: A\nsteps:\n  - rounds: 2\n    steps: [{rest: 10s}]   # sip\n"
    assert OPERATIONS.remove(read(text), [(0, 0)]).text == text.replace("[{rest: 10s}]", "[]")


def test_a_note_behind_an_empty_list_stays() -> None:
    head = "format: 1\nname: A\nsteps:   # what is done\n"
    assert OPERATIONS.insert(read(head), (0,), ["- rest: 10s\n"]).text == head + "  - rest: 10s\n"


def test_a_step_takes_its_comments_into_rounds_and_out_of_them() -> None:
    changed = OPERATIONS.move(read(PLAIN), [(0,)], (1, 1))
    assert changed.paths == ((0, 1),)
    assert (
        "      # warm first\n      - exercise: plank   # forearms\n        hold: 30s         # or less\n"
        in changed.text
    )
    back = OPERATIONS.move(read(changed.text), [(0, 1)], (0,))
    assert back.paths == ((0,),)
    assert read(back.text).step((0,)) == read(PLAIN).step((0,))
    out = OPERATIONS.move(read(PLAIN), [(1, 0)], (3,))
    assert out.paths == ((3,),)
    assert "  # slowly\n  - exercise: superman\n    reps: 10\n" in out.text


def test_several_steps_are_moved_at_once_in_their_order() -> None:
    changed = OPERATIONS.move(read(EXAMPLE), [(5,), (0,)], (3,))
    names = [place.text_of(place.keys[0]) for place in read(changed.text).tops]
    assert names == ["superman", "knee-to-chest", "plank", "", "1:00", "3", "push-up", "burpee"]
    assert changed.paths == ((2,), (3,))


def test_rounds_are_not_moved_into_themselves() -> None:
    with pytest.raises(Problem, match="themselves"):
        OPERATIONS.move(read(PLAIN), [(1,)], (1, 0))


def test_a_copy_stands_right_after_the_last() -> None:
    changed = OPERATIONS.duplicate(read(PLAIN), [(0,), (1,)])
    assert changed.paths == ((2,), (3,))
    assert changed.text.count("# slowly") == 2
    draft = read(changed.text)
    assert (draft.step((2,)), draft.step((3,))) == (draft.step((0,)), draft.step((1,)))


def test_steps_are_wrapped_into_rounds_and_unwrapped_again() -> None:
    wrapped = OPERATIONS.wrap(read(EXAMPLE), [(0,), (2,)])
    session, before = read(wrapped.text).session, read(EXAMPLE).session
    assert session is not None
    assert before is not None
    assert wrapped.paths == ((0,),)
    assert session.steps[0] == Rounds(3, (before.steps[0], before.steps[2]))
    assert session.steps[1] == before.steps[1]
    out = OPERATIONS.unwrap(read(wrapped.text), (0,))
    assert out.paths == ((0,), (1,))
    after = read(out.text).session
    assert after is not None
    assert after.steps[:3] == (before.steps[0], before.steps[2], before.steps[1])
    assert "# an id from the exercise catalogue" in out.text
    nothing = OPERATIONS.unwrap(read(EXAMPLE), (0,))
    assert nothing.paths == ()


def test_a_list_in_brackets_gets_lines_of_its_own() -> None:
    text = "format: 1\nname: A\nsteps: [{rest: 10s}, {exercise: plank, hold: 20s}]   # all\n"
    changed = OPERATIONS.move(read(text), [(1,)], (0,))
    assert changed.text == ("format: 1\nname: A\nsteps:\n  - {exercise: plank, hold: 20s}\n\n  - {rest: 10s}   # all\n")
    assert OPERATIONS.items_of(read(text), [(0,)]) == ["- {rest: 10s}\n"]


def test_a_file_in_braces_is_laid_out_anew() -> None:
    text = "# mine\n{format: 1, name: A, steps: [{rounds: 2, steps: [{rest: 10s}, {rest: 20s}]}]}\n"
    changed = OPERATIONS.remove(read(text), [(0, 0)])
    assert changed.text == "# mine\nformat: 1\nname: A\nsteps:\n  - rounds: 2\n    steps:\n      - rest: 20s\n"
    split = text.replace("{rest: 10s}, ", "{rest:\n 10s}, ").replace("{format: 1", "{format: 2")
    with pytest.raises(Problem, match="problems"):
        OPERATIONS.remove(read(split), [(0, 0)])
    with pytest.raises(Problem):
        OPERATIONS.items_of(read("format: 1\nname: A\nsteps: []\n"), [(0,)])


def test_paths_within_others_go_with_those() -> None:
    assert topmost([(2,), (1, 0), (0, 3, 1), (1,), (2,)]) == [(0, 3, 1), (1,), (2,)]


# The same, done to values


def at_path(items: tuple[Step, ...], path: StepPath) -> Step:
    step = items[path[0]]
    return step if len(path) == 1 else at_path(inner(step), path[1:])


def inner(step: Step) -> tuple[Step, ...]:
    assert isinstance(step, Rounds)
    return step.steps


def with_inserted(items: tuple[Step, ...], at: StepPath, new: list[Step]) -> tuple[Step, ...]:
    if len(at) == 1:
        return (*items[: at[0]], *new, *items[at[0] :])
    step = items[at[0]]
    assert isinstance(step, Rounds)
    return (*items[: at[0]], replace(step, steps=with_inserted(step.steps, at[1:], new)), *items[at[0] + 1 :])


def without(items: tuple[Step, ...], path: StepPath) -> tuple[Step, ...]:
    step = items[path[0]]
    if len(path) == 1:
        return (*items[: path[0]], *items[path[0] + 1 :])
    assert isinstance(step, Rounds)
    return (*items[: path[0]], replace(step, steps=without(step.steps, path[1:])), *items[path[0] + 1 :])


def paths_of(session: Session) -> list[StepPath]:
    return [place.path for place in read(write_session(session)).places()]


def result(changed: StepResult) -> tuple[Step, ...]:
    reading = read_document(changed.text, "x", None)
    assert reading.session is not None, reading.findings
    return reading.session.steps


@settings(max_examples=40, deadline=None)
@given(sessions, st.lists(steps(1), min_size=1, max_size=2), st.data())
def test_whatever_is_put_in_or_taken_out_reads_as_it_should(
    session: Session, new: list[Step], data: st.DataObject
) -> None:
    text = write_session(session)
    paths = paths_of(session)
    at = data.draw(st.sampled_from([*paths, (len(session.steps),)]))
    if len(at) < 4:
        changed = OPERATIONS.insert(read(text), at, [write_item(step) for step in new])
        if len(at) == 1 or not any(isinstance(step, Rounds) for step in new):
            assert result(changed) == with_inserted(session.steps, at, new)
            assert changed.paths is not None
            assert [at_path(result(changed), path) for path in changed.paths] == new
            again = OPERATIONS.remove(read(changed.text), changed.paths)
            assert result(again) == session.steps


@settings(max_examples=40, deadline=None)
@given(sessions, st.data())
def test_whatever_is_moved_is_the_same_step_in_another_place(session: Session, data: st.DataObject) -> None:
    text = write_session(session)
    paths = paths_of(session)
    path, at = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from([*paths, (len(session.steps),)]))
    emptied = len(path) > 1 and len(inner(at_path(session.steps, path[:-1]))) == 1 and path[:-1] != at[:-1]
    moved = at_path(session.steps, path)
    if at[: len(path)] == path or emptied or isinstance(moved, Rounds):
        return
    changed = OPERATIONS.move(read(text), [path], at)
    assert changed.paths is not None
    assert at_path(result(changed), changed.paths[0]) == moved
    # Moved back, all is as it was.
    home = path if path[:-1] != changed.paths[0][:-1] or path <= changed.paths[0] else (*path[:-1], path[-1] + 1)
    if home[: len(changed.paths[0])] != changed.paths[0] and len(changed.paths[0]) >= len(path):
        assert result(OPERATIONS.move(read(changed.text), changed.paths, home)) == session.steps
