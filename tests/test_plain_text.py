"""Text of others, as a terminal and the window can show it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.plain_text import plain_line, plain_text

BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Planks \u00b7 caf\u00e9 \u2026 \u30d7\u30e9\u30f3\u30af",
            "Planks \u00b7 caf\u00e9 \u2026 \u30d7\u30e9\u30f3\u30af",
        ),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("over\rwritten\b", r"over\rwritten\x08"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\u2066a\u2069", r"\u2066a\u2069"),
        ("pl\u200bank\ufeff", r"pl\u200bank\ufeff"),
        ("a\u2028b", r"a\u2028b"),
        ("caf\udce9", r"caf\xe9"),
        ("half \ud83d", r"half \ud83d"),
    ],
)
def test_what_would_be_obeyed_is_shown_by_its_code(text: str, shown: str) -> None:
    assert plain_text(text) == plain_line(text) == shown


def test_only_a_text_of_lines_keeps_its_lines() -> None:
    assert plain_text("one\n\ttwo\r\n") == "one\n\ttwo\\r\n"
    assert plain_line("one\n\ttwo") == r"one\n\ttwo"


@pytest.mark.parametrize(
    "text", ["\u05d0\u05d1\u200f (3)", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\U0001f469\u200d\U0001f467"]
)
def test_what_languages_and_joined_emoji_need_stays(text: str) -> None:
    assert plain_line(text) == text


@given(st.text(st.characters(codec=None, categories=None) | st.sampled_from([chr(code) for code in BIDI])))
def test_no_control_character_no_override_and_no_half_character_is_left(text: str) -> None:
    shown = plain_line(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or ord(char) in BIDI for char in shown)
    assert plain_line(shown) == shown
    assert shown.encode() == plain_text(shown).encode()
