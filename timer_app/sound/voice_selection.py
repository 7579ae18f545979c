"""Choose the voice for a language, and make texts safe for a speech engine."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct

LONGEST: Final = 400
"""The most characters of one spoken text: some 30 seconds at an ordinary pace."""

# Angle brackets begin mark-up for Windows' engine, double square ones commands for that of macOS.
_MARKUP: Final = str.maketrans({"<": " ", ">": " ", "[": " ", "]": " "})


class VoiceInfo(Struct, frozen=True):
    """One voice of the computer: the engine's own id, its display name, and BCP 47 tags of its languages."""

    id: str
    name: str
    languages: tuple[str, ...] = ()


def speakable(text: str) -> str:
    """Return `text` as an engine can take it, empty when there is nothing in it to say.

    Control characters, lone surrogates and mark-up become spaces, spaces are joined, and what goes beyond `LONGEST`
    characters is cut at a word. A text with no letter and no digit is empty.
    """
    normal = unicodedata.normalize("NFC", text).translate(_MARKUP)
    plain = "".join(" " if unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") else letter for letter in normal)
    words = " ".join(plain.split())
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition(" ")[0] or words[:LONGEST]
    return words if any(letter.isalnum() for letter in words) else ""


def voice_for(language: str, voices: Sequence[VoiceInfo], default: str = "") -> VoiceInfo | None:
    """Return the voice for a BCP 47 `language`, or None when there is none.

    A voice of that very tag comes first; then the engine's `default`, by its id, where it speaks the language; then the
    language without a region, and last any region of it.
    """
    exact_tag = _parts(language)

    def speaking(tag: tuple[str, ...]) -> Iterator[VoiceInfo]:
        return (voice for voice in voices if any(_parts(own)[: len(tag)] == tag for own in voice.languages))

    exact = (voice for voice in voices if exact_tag in map(_parts, voice.languages))
    usual = (voice for voice in speaking(exact_tag[:1]) if voice.id == default)
    plain = (voice for voice in voices if exact_tag[:1] in map(_parts, voice.languages))
    return next(chain(exact, usual, plain, speaking(exact_tag), speaking(exact_tag[:1])), None)


def by_language(voices: Sequence[VoiceInfo], languages: Collection[str]) -> tuple[list[VoiceInfo], list[VoiceInfo]]:
    """Return the voices that speak one of the BCP 47 `languages`, of any region, and the others.

    Each are in the order of their languages, and then of their names.
    """
    first = {_parts(tag)[0] for tag in languages}
    ordered = sorted(voices, key=lambda voice: (voice.languages[:1], voice.name.casefold()))
    speaking = [voice for voice in ordered if any(_parts(tag)[0] in first for tag in voice.languages)]
    return speaking, [voice for voice in ordered if voice not in speaking]


def _parts(tag: str) -> tuple[str, ...]:
    return tuple(tag.casefold().replace("_", "-").split("-"))
