"""What can be written where. In the texts `|` is the caret."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE
from timer_app.definition import format_fields
from timer_app.definition.parser import check_session
from timer_app.editing.text.caret_context import find_context
from timer_app.editing.text.completion import Completion, complete

SESSIONS = Path(__file__).parents[3] / "sessions"
SESSION = [key.name for key in format_fields.SESSION_KEYS]
ANY_STEP = ["about", "sets", "rest", "each_side", "setup", "say"]
WORK = ["hold", "reps", "until_done", "amrap"]
PLANK = "steps:\n  - exercise: plank\n    "


def ask(marked: str) -> Completion | None:
    offset = marked.index("|")
    return complete(marked.replace("|", "", 1), offset, CATALOGUE)


def words(marked: str) -> list[str]:
    completion = ask(marked)
    return [] if completion is None else [choice.word for choice in completion.choices]


def taken(marked: str, word: str) -> str:
    """Return the text after a choice was taken, with the caret."""
    completion = ask(marked)
    assert completion is not None
    choice = next(choice for choice in completion.choices if choice.word == word)
    text = marked.replace("|", "", 1)
    return f"{text[: completion.start]}{choice.word}{choice.after}|{text[completion.end :]}"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("|", SESSION),
        ("|\nformat: 1\nsteps:\n  - rest: 3s\n", [word for word in SESSION if word not in ("format", "steps")]),
        ("format: 1\n|\nname: x", [word for word in SESSION if word not in ("format", "name")]),
        ("# a session\nle|", ["level"]),
        ("steps:\n- exercise: plank\n|", [word for word in SESSION if word != "steps"]),
        ("steps:\n  - exercise: plank\n# x\nse|", ["setup"]),
    ],
)
def test_the_keys_of_a_session_that_are_not_there_yet(marked: str, expected: list[str]) -> None:
    completion = ask(marked)
    assert completion is not None
    assert sorted(words(marked)) == sorted(expected)
    assert completion.eager


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{PLANK}|", ["about", *WORK, "sets", "rest", "each_side", "setup", "say"]),
        ("steps:\n- exercise: plank\n  |", ["about", *WORK, "sets", "rest", "each_side", "setup", "say"]),
        (f"{PLANK}hold: 30s\n    |", ANY_STEP),
        (f"{PLANK}|\n    hold: 30s\n\n    sets: 2\n  - rest: 5s", ["about", "rest", "each_side", "setup", "say"]),
        (
            f"{PLANK}|\n    say:\n    - {{at: half, line: x}}\n    hold: 30s",
            ["about", "sets", "rest", "each_side", "setup"],
        ),
        (f"{PLANK}reps: 5\n    |", ["about", "rep", "tempo", *ANY_STEP[1:]]),
        (f"{PLANK}reps: 5\n    rep: 3s\n    |", ["about", "last_rep_hold", *ANY_STEP[1:]]),
        ("steps:\n  - exercise: superman # x\n    reps: 5\n    l|", ["last_rep_hold"]),
        ("steps:\n  - name: Mine\n    reps: 5\n    l|", []),
        (f"{PLANK}each_side: true\n    s|", ["sets", "setup", "switch", "say", "first_side", "each_side"][:-1]),
        (f"{PLANK}each_side: false\n    sw|", []),
        ("steps:\n  - rest: 30s\n    |", ["name", "say"]),
        ("steps:\n  - rest: 30s\n    hold: 3s\n    e|", ["exercise", "each_side"]),
        ("steps:\n  - rounds: 3\n    |", ["rest", "shuffle", "steps"]),
        ("steps:\n  - rounds: 3\n    steps:\n      - rest: 5s\n        |", ["name", "say"]),
        (f"{PLANK}say:\n      - at: half\n        |", ["line"]),
        (f"{PLANK}say:\n      - {{at: half, |}}", ["line"]),
        ("steps:\n  - exercise: superman\n    reps: 5\n    tempo: {lift: 1s, |}", ["hold", "lower"]),
        ("steps:\n  - exercise: superman\n    reps: 5\n    tempo:\n      |", ["lift", "hold", "lower"]),
        ("steps:\n  - {exercise: plank, |, sets: 2}", ["about", *WORK, "rest", "each_side", "setup", "say"]),
        ("steps:\n  - {exercise: plank, hold: 3s, |", ANY_STEP),
        ("steps:\n  - {exercise: plank,\n     ho|", ["hold"]),
        ("steps:\n  - {name: 'a, b', ho|", ["hold"]),
        ("steps:\n  - {name: a, say: [{at: half}, {line: x, |}]}", ["at"]),
        ("steps: [{exercise: plank, ho|}]", ["hold"]),
        ("steps:\n  - {exercise: plank, # as long as it feels good\n     ho|", ["hold"]),
        ("{na|", ["name", "language"][:1]),
    ],
)
def test_the_keys_of_what_the_caret_is_in(marked: str, expected: list[str]) -> None:
    assert sorted(words(marked)) == sorted(expected)


def test_a_step_can_begin_in_every_way() -> None:
    assert words("steps:\n  - |")[:4] == ["exercise", "rest", "rounds", "name"]
    assert {"hold", "reps", "sets"} < set(words("steps:\n  - |"))
    assert words("steps:\n  -\n    ex|") == ["exercise"]


def test_a_list_offers_to_begin_an_item() -> None:
    assert words("steps:\n  |") == ["- exercise", "- rest", "- rounds", "- name"]
    assert words("steps:\n  - rest: 5s\n  -|") == ["- exercise", "- rest", "- rounds", "- name"]
    assert words(f"{PLANK}say:\n      |") == ["- at"]
    assert taken("steps:\n  ro|", "- rounds") == "steps:\n  - rounds: |"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{PLANK}first_side: |", ["left", "right"]),
        ("level: be|", ["beginner"]),
        (f"{PLANK}each_side: |", ["true", "false"]),
        (f"{PLANK}until_done: |", ["true"]),
        ("format: |", ["1"]),
        ("language: |", ["de", "en", "es"]),
        (f"{PLANK}hold: 1|", ["10s", "1:00", "1:30"]),
        (f"{PLANK}say:\n      - at: h|", ["half"]),
        ("steps:\n  - exercise: superman\n    tempo: {hold: |", ["1s", "2s", "3s"]),
        ("steps:\n  - {exercise: plank, hold: 4|}", ["45s"]),
        ("name: |", []),
        ("nonsense: |", []),
        ("tags: [|", []),
    ],
)
def test_the_values_of_a_key(marked: str, expected: list[str]) -> None:
    assert words(marked) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pl", ["plank", "side-plank"]),
        ("child's po", ["childs-pose"]),
        ("pose", ["childs-pose"]),
        ("Knee to", ["knee-to-chest"]),
        ("dog b", ["bird-dog"]),
        ("zzz", []),
    ],
)
def test_exercises_are_found_by_id_and_by_name(typed: str, expected: list[str]) -> None:
    assert words(f"steps:\n  - exercise: {typed}|") == expected
    assert words(f"steps:\n  - {{exercise: {typed}|}}") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "# na|",
        "level: gentle # re|",
        "level: # |",
        'level: "ge|',
        "about: >-\n  na|",
        "about: >\n  a:\n    na|",
        "about: |some words",
        "two words|",
        "steps:\n  - exercise: plank\n   ho|",
        "steps:\n  - exercise: plank\n     ho|",
        "steps:\n  - - ho|",
        "steps:\n  - 'a'\n   - ho|",
        "- ho|",
        "hold: {a|",
        "steps: {ex|",
        "steps:\n  - {hold: 3s : 1|",
        "steps:\n  - {exercise: plank} ho|",
        'steps:\n  - {name: "ho|',
        "steps:\n  - {exercise: plank, # ho|",
        "steps:\n  - {two words|",
        "steps:\n  - [|",
        "steps: x\n  - ho|",
        "tags: [a,\n  ho|",
        "\tho|",
    ],
)
def test_nothing_is_offered_where_nothing_is_known(marked: str) -> None:
    assert words(marked) == []


def test_what_stands_behind_the_caret_is_replaced() -> None:
    assert taken("na|me: x", "name") == "name|: x"
    assert taken(f"{PLANK}ho|", "hold") == f"{PLANK}hold: |"
    assert taken("steps:\n  - {exercise: p|lanx, hold: 3s}", "plank") == "steps:\n  - {exercise: plank|, hold: 3s}"
    assert taken(f"{PLANK}say|", "say") == f"{PLANK}say:\n      - |"
    assert taken("steps:\n  - {name: x, sa|}", "say") == "steps:\n  - {name: x, say: |}"


def test_a_word_that_is_complete_needs_no_list() -> None:
    assert ask("level: gentle|") is None
    assert ask("name|: x") is None
    assert words("steps:\n  - exercise: plank|") == ["plank", "side-plank"]
    assert words(f"{PLANK}hold|") == ["hold"]


def test_the_choices_are_explained() -> None:
    def about(marked: str, word: str) -> str:
        completion = ask(marked)
        assert completion is not None
        return next(choice.about for choice in completion.choices if choice.word == word)

    assert about("|", "name") == "What the session is called."
    assert about("|", "setup") == "Time to get into position before each exercise. Left out: 10s."
    assert about(f"{PLANK}|", "each_side").endswith("Left out: false.")
    assert about("steps:\n  - exercise: |", "superman") == "Superman. The trunk."
    assert about("setup: |", "10s") == "The same as leaving it out."
    assert about("setup: |", "0") == ""
    assert about(f"{PLANK}hold: |", "1:30") == "90 seconds."
    assert about(f"{PLANK}say:\n      - at: |", "half") == "Half way."
    assert about(f"{PLANK}say:\n      - at: |", "-10s") == "10 seconds before the end."
    assert about("level: |", "gentle") == ""


@pytest.mark.parametrize(("marked", "eager"), [("le|", True), ("level: g|", True), (f"{PLANK}hold: 3|", False)])
def test_only_words_are_shown_without_being_asked_for(marked: str, *, eager: bool) -> None:
    completion = ask(marked)
    assert completion is not None
    assert completion.eager is eager


PIECES = st.sampled_from(
    ["a", "exercise", "steps", ":", " ", "  ", "- ", "\n", "{", "}", "[", "]", ",", '"', "'", "#", "|", "tempo: {"]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
def test_any_text_can_be_asked_about(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    completion = complete(text, offset, CATALOGUE)
    if completion is not None:
        assert completion.choices
        assert completion.start <= offset <= completion.end
        assert completion.end <= len(text)
    around = find_context(text, offset)
    assert around is None or around.start <= offset


@pytest.mark.parametrize("file", sorted(SESSIONS.iterdir()), ids=lambda file: file.name.partition(".")[0])
def test_every_key_of_the_shipped_sessions_would_have_been_offered(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        words_before, colon, _rest = line.partition(":")
        key = words_before.strip(" -")
        if not colon or not key.isidentifier() or (line.startswith("  ") and lines[number - 1].endswith(">-")):
            continue
        before = "\n".join([*lines[:number], words_before[: len(words_before) - len(key)]])
        after = "\n".join(["", *lines[number + 1 :]])
        completion = complete(before + after, len(before), CATALOGUE)
        assert completion is not None, f"{number + 1}: {line}"
        assert key in [choice.word for choice in completion.choices], f"{number + 1}: {line}"


def test_what_is_offered_for_a_step_is_no_problem() -> None:
    text = f"format: 1\nname: x\n{PLANK}"
    for _round in range(12):
        completion = complete(text, len(text), CATALOGUE)
        assert completion is not None
        choice = next(choice for choice in completion.choices if choice.word != "say")
        text += choice.word + choice.after
        values = complete(text, len(text), CATALOGUE)
        text += (values.choices[-1].word if values is not None else "Words") + "\n    "
        wrong = [finding.problem for finding in check_session(text, "x", CATALOGUE)]
        assert not [problem for problem in wrong if "missing" not in problem]
        if words(f"{text}|") == ["say"]:
            return
    raise AssertionError(text)
