"""Damaged texts in the editor: whatever is written, it finds what `timer-app check` finds, to the last word."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editing.test_draft_parser import shown
from tests.faults.test_format_mutated import CATALOGUE, MUTATORS, originals
from timer_app.definition.parser import check_session
from timer_app.editing.draft_parser import DraftReader
from timer_app.editing.edited_session import open_for_editing
from timer_app.problems import Problem

FILES = 8_000
NAME = "mutant.session.yaml"


def slips(count: int, seed: int) -> Iterator[bytes]:
    """Yield files each of which is a slip away from the one before it or from a sound one, the same for the same seed.

    As they follow one another, what was remembered of one is used for the next.
    """
    chance = random.Random(seed)
    whole = originals()
    content = b""
    for number in range(count):
        sound = chance.random() < 0.7
        content = MUTATORS[number % len(MUTATORS)](chance.choice(whole) if sound else content or b"\n", chance)
        yield content


def compare(count: int, folder: Path, seed: int) -> tuple[int, int]:
    """Compare so many files; return how many the editor opens, and how many of those it reads piece by piece."""
    file = folder / NAME
    again = DraftReader(NAME, CATALOGUE)
    opened = in_pieces = 0
    for content in slips(count, seed):
        file.write_bytes(content)
        try:
            first = open_for_editing(file, CATALOGUE, shipped=False).document.draft
        except Problem:
            continue  # not UTF-8: it is not opened at all, and says why
        draft = again.read(first.text)
        expected = check_session(content, NAME, CATALOGUE)
        assert first.findings == draft.findings == expected, content
        assert (draft.session is None) == bool(expected)
        assert shown(draft) == shown(DraftReader(NAME, CATALOGUE)._whole(first.text))
        opened += 1
        in_pieces += draft.steps_key is not None and draft.steps_node is None
    return opened, in_pieces


def test_some_damaged_texts(tmp_path: Path) -> None:
    opened, in_pieces = compare(150, tmp_path, seed=3)
    assert opened > 100
    assert in_pieces > 10


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_eight_thousand_damaged_texts(tmp_path: Path) -> None:
    opened, in_pieces = compare(FILES, tmp_path, seed=2)
    assert opened > FILES // 2
    assert in_pieces > FILES // 20, "some can still be taken apart: the mutators are not too rough"
