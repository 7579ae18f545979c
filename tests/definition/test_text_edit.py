from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.definition.text_edit import TextEdit, difference

TEXTS = st.text("ab\n😀", max_size=12)


@given(TEXTS, TEXTS)
def test_a_difference_leads_from_the_old_text_to_the_new_and_back(old: str, new: str) -> None:
    change = difference(old, new)
    if change is None:
        assert old == new
    else:
        assert change.apply(old) == new
        assert change.inverse.apply(new) == old


def test_a_difference_is_no_larger_than_it_must_be() -> None:
    assert difference("hold: 30s\n", "hold: 45s\n") == TextEdit(6, "30", "45")
    assert difference("aa", "aaa") == TextEdit(2, "", "a")


def test_its_ends_are_those_before_and_after() -> None:
    change = TextEdit(3, "ab", "xyz")
    assert (change.end, change.end_after) == (5, 6)


def test_a_trimmed_edit_replaces_nothing_by_the_same() -> None:
    assert TextEdit(3, "abc", "axc", (3, 6)).trimmed == TextEdit(4, "b", "x")
    assert TextEdit(3, "abc", "abc", (3, 6)).trimmed is None


def test_a_change_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        TextEdit(0, "a", "b").apply("xa")
