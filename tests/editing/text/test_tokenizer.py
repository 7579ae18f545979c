from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.editing.text.tokenizer import START, Span, State, TokenKind, tokenize

KNOWN = {"plank", "cat-cow"}


def inks(text: str) -> list[list[str]]:
    """Return for each line what its parts are, without the punctuation: `key hold`, `value 30s`."""
    state, out = START, []
    for line in text.split("\n"):
        spans, state = tokenize(line, state, KNOWN)
        out.append(
            [f"{span.kind} {line[span.start : span.end]}" for span in spans if span.kind is not TokenKind.PUNCTUATION]
        )
    return out


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("", []),
        ("   ", []),
        ("hold: 30s", ["key hold", "value 30s"]),
        ("  - exercise: plank", ["dash -", "key exercise", "exercise plank"]),
        ("exercise: plnk  # why", ["key exercise", "unknown plnk", "comment # why"]),
        ("- # nothing yet", ["dash -", "comment # nothing yet"]),
        ("- - a", ["dash -", "dash -", "text a"]),
        ("-", ["dash -"]),
        ("# all of it: x", ["comment # all of it: x"]),
        ("at: -10s", ["key at", "value -10s"]),
        ("each_side: true", ["key each_side", "value true"]),
        ("name: Wall: sit", ["key name", "text Wall", "text :", "text sit"]),
        ("name: child's C#", ["key name", "text child's C#"]),
        ("\"name\" : 'it''s' # x", ['key "name"', "quoted 'it''s'", "comment # x"]),
        (r'line: "a \" b"', ["key line", r'quoted "a \" b"']),
        ("tags: [core, back]", ["key tags", "text core", "text back"]),
        ("- {exercise: cat-cow, reps: 8}", ["dash -", "key exercise", "exercise cat-cow", "key reps", "value 8"]),
        ("tempo: {lift: 1s, lower:}", ["key tempo", "key lift", "value 1s", "key lower"]),
        ("]}", []),
        ("\ta: b", ["key a", "text b"]),
    ],
)
def test_the_parts_of_a_line(line: str, parts: list[str]) -> None:
    assert inks(line) == [parts]


def test_a_text_in_a_block_ends_where_its_indentation_does() -> None:
    lines = inks("about: >- # long\n  hold: 30s\n\n  # not a comment\nhold: 30s")
    assert lines[0] == ["key about", "comment # long"]
    assert lines[1:4] == [["block hold: 30s"], [], ["block # not a comment"]]
    assert lines[4] == ["key hold", "value 30s"]


def test_a_quote_goes_on_over_lines_that_are_indented() -> None:
    assert inks('name: "a\n  b: c\n  d" # e') == [
        ["key name", 'quoted "a'],
        ["quoted b: c"],
        ['quoted d"', "comment # e"],
    ]


def test_a_quote_that_is_not_closed_ends_with_its_step() -> None:
    assert inks("  - name: 'a\n    hold: 30s\n  - rest: 5s")[1:] == [
        ["key hold", "value 30s"],
        ["dash -", "key rest", "value 5s"],
    ]


def test_braces_go_on_over_lines_that_are_indented() -> None:
    lines = inks("steps:\n  - {exercise: plank,\n     hold: 30s}\n  - rest: 5s")
    assert lines[2] == ["key hold", "value 30s"]
    assert lines[3] == ["dash -", "key rest", "value 5s"]


def test_brackets_that_are_not_closed_end_with_their_step() -> None:
    assert inks("  - {exercise: plank\n  - rest: 5s")[1] == ["dash -", "key rest", "value 5s"]


@pytest.mark.parametrize("state", [START, State('"', indent=4), State("|", indent=2), State("", depth=3, indent=7)])
def test_a_state_is_known_by_its_number(state: State) -> None:
    assert State.of(state.number) == state
    assert State.of(-1) == START


@given(st.text(st.sampled_from("ab:-#{}[],'\"|> \t\\😀"), max_size=40), st.integers(-1, 100_000))
def test_any_line_is_taken_apart_in_order(line: str, number: int) -> None:
    spans, state = tokenize(line, State.of(number), KNOWN)
    assert all(span.start < span.end <= len(line) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert State.of(state.number) == state
    between = [Span(0, 0, TokenKind.TEXT), *spans, Span(len(line), len(line), TokenKind.TEXT)]
    gaps = [line[one.end : other.start] for one, other in pairwise(between)]
    assert all(not gap.strip(" \t") for gap in gaps)


def test_the_shipped_sessions_end_in_the_first_state() -> None:
    for file in (Path(__file__).parents[3] / "sessions").iterdir():
        state = START
        for line in file.read_text(encoding="utf-8").split("\n"):
            _spans, state = tokenize(line, state, KNOWN)
        assert state.depth == 0, file
        assert state.within in ("", "|"), file


def test_a_long_line_is_taken_apart_in_one_go() -> None:
    spans, _state = tokenize("a" + " " * 200_000 + "b", START, KNOWN)
    assert [(span.start, span.end) for span in spans] == [(0, 200_002)]
