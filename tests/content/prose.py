"""What a text must be like before a person sees or hears it."""

from __future__ import annotations

import re

AMERICAN = re.compile(
    r"\b(?:colors?|centers?|fibers?|favorites?|gray|behaviors?|toward|\w*(?:stabil|mobil|organ|minim)iz\w*)\b",
    re.IGNORECASE,
)
PROMISES = re.compile(r"\b(?:diagnos\w*|cure[sd]?|heal[s]?|treat(?:s|ed|ment)?|guarantee\w*|therapy)\b", re.IGNORECASE)
UNSPEAKABLE = re.compile(r"[0-9()\[\]/&%@#*_<>:]|\b(?:e\.g|i\.e|etc|approx|sec|min|reps)\b", re.IGNORECASE)


def flaws(text: str) -> list[str]:
    """Return what is wrong with a text of one or more sentences."""
    wrong = []
    if not text.endswith("."):
        wrong.append("does not end with a full stop")
    return wrong + untidy(text)


def untidy(text: str) -> list[str]:
    """Return what is wrong with any text, a sentence or not."""
    wrong = []
    if "  " in text or text != text.strip():
        wrong.append("has stray blanks")
    if re.search("[—–]| - |\\.\\.|…|!", text):
        wrong.append("has dashes, dots or shouting in it")
    if not text[:1].isupper() and not text[:1].isdigit():
        wrong.append("does not begin with a capital")
    wrong += [f"spells {word}" for word in AMERICAN.findall(text)]
    wrong += [f"promises ({word})" for word in PROMISES.findall(text)]
    return wrong


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text.strip())
