"""Texts made safe for an engine, and the voice for a language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.sound.voice_selection import LONGEST, VoiceInfo, by_language, speakable, voice_for


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Plank", "Plank"),
        ("  Knees\n over\tankles ", "Knees over ankles"),
        ("", ""),
        ("…", ""),
        ("- - -", ""),
        ("a\0b", "a b"),
        ("three\ud800", "three"),
        ("<break time='9s'/>now", "break time='9s'/ now"),
        ("[[slnc 9000]] now", "slnc 9000 now"),
        ("Seitstu\u0308tz", "Seitstütz"),
        ("пять", "пять"),
        ("五", "五"),
    ],
)
def test_texts_are_made_speakable(text: str, spoken: str) -> None:
    assert speakable(text) == spoken


def test_a_long_text_is_cut_at_a_word() -> None:
    spoken = speakable("breathe slowly " * 100)
    assert spoken.endswith(("breathe", "slowly"))
    assert LONGEST - 8 <= len(spoken) <= LONGEST
    assert len(speakable("a" * 1_000)) == LONGEST


@given(st.text(alphabet=st.characters(), max_size=600))
def test_whatever_is_written_what_is_sent_is_clean(text: str) -> None:
    spoken = speakable(text)
    assert len(spoken) <= LONGEST
    assert spoken == spoken.strip()
    assert all(unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn") for letter in spoken)
    assert spoken == "" or any(letter.isalnum() for letter in spoken)
    spoken.encode()


VOICES = (
    VoiceInfo("caribbean", "English (Caribbean)", ("en-029",)),
    VoiceInfo("british", "English (Great Britain)", ("en-gb",)),
    VoiceInfo("american", "English (America)", ("en-US",)),
    VoiceInfo("german", "German", ("de",)),
    VoiceInfo("dumb", "No language at all"),
)


@pytest.mark.parametrize(
    ("language", "default", "chosen"),
    [
        ("en", "british", "british"),
        ("en", "german", "caribbean"),
        ("en-US", "british", "american"),
        ("en_us", "", "american"),
        ("en-AU", "american", "american"),
        ("de-AT", "british", "german"),
        ("DE", "", "german"),
        ("fr", "british", None),
    ],
)
def test_the_voice_for_a_language(language: str, default: str, chosen: str | None) -> None:
    voice = voice_for(language, VOICES, default)
    assert (voice.id if voice else None) == chosen


def test_voices_of_the_requested_languages_come_first() -> None:
    first, others = by_language(VOICES, {"en-GB", "fr"})
    assert [voice.id for voice in first] == ["caribbean", "american", "british"]
    assert [voice.id for voice in others] == ["dumb", "german"]
