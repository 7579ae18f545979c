"""What was not saved when the program ended: offered with the next start, whatever the drafts look like."""

import json
import os
from collections.abc import Callable

import pytest

from tests.ui.conftest import Front
from tests.ui.stage import Stage


def draft(**other: object) -> bytes:
    usual = {"version": 1, "title": "Back", "text": "x", "at": "2026-03-01", "file": None, "origin": None}
    return json.dumps({**usual, "on_disk": None, **other}).encode()


@pytest.mark.parametrize("content", [b"[" * 100_000, draft(text="\ud83d"), draft(file="a\0b"), b"", draft(at="never")])
def test_a_draft_that_cannot_be_read_keeps_nothing_from_starting(
    open_window: Callable[[], Front], stage: Stage, content: bytes
) -> None:
    stage.paths.drafts.mkdir(parents=True)
    (stage.paths.drafts / "a.draft.json").write_bytes(content)
    (stage.paths.drafts / "b.draft.json").write_bytes(draft(title="Hips"))
    assert asked(open_window()) == ["You were changing “Hips” (13 days ago), and it is not saved yet."]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_draft_of_a_year_far_off_is_offered(open_window: Callable[[], Front], stage: Stage, at: str) -> None:
    stage.paths.drafts.mkdir(parents=True)
    file = stage.paths.drafts / "a.draft.json"
    file.write_bytes(draft(at=at))
    now = stage.clock.wall().timestamp()
    os.utime(file, (now, now))
    assert asked(open_window()) == ["You were changing “Back” (today), and it is not saved yet."]


def asked(front: Front) -> list[str]:
    """Return what the window asks about when it has looked for it."""
    front.qtbot.waitUntil(lambda: bool(front.window.banners.banners))
    return [banner.notice.what for banner in front.window.banners.banners]
