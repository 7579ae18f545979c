"""What keys do to lines. In the texts `|` is the caret, and `[` where a selection began."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.definition.text_edit import TextEdit
from timer_app.editing.text.line_commands import (
    break_line,
    home,
    indent,
    move_lines,
    outdent,
    outdent_before_caret,
    toggle_comment,
)

Key = Callable[[str, int, int], TextEdit | None]
up, down = partial(move_lines, up=True), partial(move_lines, up=False)


def press(key: Key, marked: str) -> str | None:
    """Return the text with its marks after a key; None where it does nothing."""
    plain = marked.replace("[", "").replace("|", "")
    caret = marked.replace("[", "").index("|")
    anchor = marked.replace("|", "").index("[") if "[" in marked else caret
    edit = key(plain, anchor, caret)
    if edit is None:
        return None
    assert edit.selection is not None
    text, (anchor, caret) = edit.apply(plain), edit.selection
    if anchor == caret:
        return f"{text[:caret]}|{text[caret:]}"
    marks = sorted([(anchor, "["), (caret, "|")], reverse=True)
    for offset, mark in marks:
        text = f"{text[:offset]}{mark}{text[offset:]}"
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: b|", "a: b\n|"),
        ("steps:|", "steps:\n  |"),
        ("steps: # in order|", "steps: # in order\n  |"),
        ("about: >-|", "about: >-\n  |"),
        ("  - exercise: plank|", "  - exercise: plank\n    |"),
        ("  - exercise: plank| # x", "  - exercise: plank\n    |# x"),
        ("    say:|", "    say:\n      |"),
        ("    hold: 1:|00", "    hold: 1:\n      |00"),
        ('    name: "a:|"', '    name: "a:\n    |"'),
        ("  |", "\n  |"),
        ("x\n    |hold: 3s", "x\n\n    |hold: 3s"),
        ("a: [b|c", "a: \n  |c"),
    ],
)
def test_enter_goes_on_in_the_column_that_fits(before: str, after: str) -> None:
    assert press(break_line, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|a", "  |a"),
        ("a|", "a |"),
        ("ab|", "ab  |"),
        ("a[b|c", "a |c"),
        ("[a\n\n  b|\nc", "[  a\n\n    b|\nc"),
        ("|a\nb[", "|  a\n  b["),
        ("a[b\n|c", "  a[b\n|c"),
    ],
)
def test_tab_indents(before: str, after: str) -> None:
    assert press(indent, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    a|", "  a|"),
        (" |a", "|a"),
        ("  | a", "| a"),
        ("[    a\n  b|", "[  a\nb|"),
        ("a|", None),
        ("\n|\n", None),
    ],
)
def test_shift_and_tab_take_an_indentation_back(before: str, after: str | None) -> None:
    assert press(outdent, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    |a", "  |a"),
        ("a\n   |", "a\n  |"),
        (" |a", None),
        ("  a|", None),
        ("[    |a", None),
        ("\t |a", None),
    ],
)
def test_backspace_takes_a_step_back(before: str, after: str | None) -> None:
    assert press(outdent_before_caret, before) == after


@pytest.mark.parametrize(("caret", "expected"), [(2, 4), (4, 2), (7, 4), (8, 8), (9, 11), (11, 9)])
def test_home_is_the_first_letter_and_then_the_beginning(caret: int, expected: int) -> None:
    assert home("a\n  bcd\n\n  ", caret) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  hold: 3s|", "  # hold: 3s|"),
        ("  # hold: 3s|", "  hold: 3s|"),
        ("  #hold: 3s|", "  hold: 3s|"),
        ("[- a\n\n    b\n  # c|", "[# - a\n\n#     b\n#   # c|"),
        ("[  # a\n# b|", "[  a\nb|"),
        ("[a\n|b", "[# a\n|b"),
        ("|\n  \n", None),
    ],
)
def test_a_comment_comes_and_goes(before: str, after: str | None) -> None:
    assert press(toggle_comment, before) == after


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        (up, "a\nb|", "b|\na"),
        (up, "x\na\n[b\nc|\nd", "x\n[b\nc|\na\nd"),
        (up, "a|\nb", None),
        (down, "a|\nb", "b\na|"),
        (down, "[a\n|b\nc", "b\n[a\n|c"),
        (down, "a\nb|", None),
        (down, "a|\n", "\na|"),
    ],
)
def test_lines_change_places(key: Key, before: str, after: str | None) -> None:
    assert press(key, before) == after


@given(
    st.text("ab #:-\n", max_size=30),
    st.data(),
    st.sampled_from([break_line, indent, outdent, outdent_before_caret, toggle_comment, up, down]),
)
def test_every_edit_fits_its_text(text: str, data: st.DataObject, key: Key) -> None:
    anchor, caret = (data.draw(st.integers(0, len(text))) for _end in range(2))
    edit = key(text, anchor, caret)
    if edit is not None:
        after = edit.apply(text)
        assert edit.selection is not None
        assert all(0 <= offset <= len(after) for offset in edit.selection)
        if key in (up, down):
            assert sorted(after.split("\n")) == sorted(text.split("\n"))
