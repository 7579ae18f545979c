"""Which names are suggested to whoever types one that there is not."""

from __future__ import annotations

import pytest

from timer_app.schema.near_names import near_names

NAMES = {
    "planks by the minute": "planks-by-the-minute",
    "planks-by-the-minute": "planks-by-the-minute",
    "runner's core": "runner-core",
    "runner-core": "runner-core",
    "runner's core, advanced": "runner-core-advanced",
    "runner-core-advanced": "runner-core-advanced",
    "first core": "first-core",
    "first-core": "first-core",
    "big three": "big-three",
    "core": "my-own",
}


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("planks", ["planks-by-the-minute"]),
        ("  PLANKS by", ["planks-by-the-minute"]),
        ("plnaks", ["planks-by-the-minute"]),
        ("minute plank", ["planks-by-the-minute"]),
        ("plank-by-the-minute", ["planks-by-the-minute"]),
        ("runner", ["runner-core", "runner-core-advanced"]),
        ("core advanced", ["runner-core-advanced"]),
        ("corre", ["my-own"]),
        ("runer kore", ["runner-core"]),
        ("back core", ["runner-core", "runner-core-advanced", "first-core"]),
        ("big 3", ["big-three"]),
        ("the", ["planks-by-the-minute"]),
        ("zzz", []),
        ("a b", []),
        ("", []),
        ("core " * 20, []),
    ],
)
def test_the_likeliest_come_first(typed: str, near: list[str]) -> None:
    assert list(near_names(typed, NAMES)) == near
