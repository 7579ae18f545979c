from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from timer_app.editing.autosave import Unsaved, UnsavedWork
from timer_app.editing.session_file import ChangedMeanwhile, check_unchanged, new_content, read_content, save_content
from timer_app.problems import Problem, UnreadableFile

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.session.yaml"


@pytest.mark.parametrize("raw", [b"a: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"\xef\xbb\xbfa: 1\r\nb: 2", b"a: 1\rb: 2\r\nc"])
def test_what_is_not_changed_is_written_as_it_was(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    content = read_content(file)
    assert "\r" not in content.text
    assert content.with_text(content.text).raw == raw


def test_a_changed_text_keeps_the_ends_of_its_lines_and_its_mark(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_content(file).with_text("a: 3\nb: 2\n").raw == b"\xef\xbb\xbfa: 3\r\nb: 2\r\n"
    file.write_bytes(b"a: 1\nb: 2\r\nc\n")
    assert read_content(file).with_text("a: 3\n").raw == b"a: 3\n"


def test_a_file_that_cannot_be_edited_says_why(file: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        read_content(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile):
        read_content(file)
    file.write_bytes(b"#" * 300_000)
    with pytest.raises(Problem, match="larger than 256 KiB"):
        read_content(file)


def test_a_file_is_saved_only_over_what_is_known_of_it(file: Path) -> None:
    first = new_content("a: 1\n")
    save_content(first, file, None)
    assert file.read_bytes() == b"a: 1\n"
    second = first.with_text("a: 2\n")
    save_content(second, file, first)
    file.write_bytes(b"a: 9\n")
    with pytest.raises(ChangedMeanwhile, match="changed by another program") as raised:
        save_content(first, file, second)
    assert raised.value.content == new_content("a: 9\n")
    assert file.read_bytes() == b"a: 9\n"
    file.unlink()
    with pytest.raises(ChangedMeanwhile, match="deleted") as gone:
        check_unchanged(file, second)
    assert gone.value.content is None
    check_unchanged(file, None)


def test_a_file_that_came_meanwhile_is_not_written_over(file: Path) -> None:
    file.write_bytes(b"theirs\n")
    with pytest.raises(ChangedMeanwhile):
        save_content(new_content("mine\n"), file, None)


def test_a_disk_that_takes_nothing_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be saved"):
        save_content(new_content("x"), tmp_path / "file" / "x.session.yaml", None)


def draft(**other: object) -> bytes:
    usual = {"version": 1, "title": "A", "text": "x", "at": "2026-11-26", "file": None, "origin": None, "on_disk": None}
    return json.dumps(usual | other).encode()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed on Windows")
@pytest.mark.parametrize("at", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_time_far_off_costs_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, zone: str) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        (tmp_path / "a.draft.json").write_bytes(draft(at=at))
        (tmp_path / "b.draft.json").write_bytes(draft())
        assert {work.key for work in UnsavedWork(tmp_path).all()} == {"a", "b"}
    time.tzset()


def test_a_folder_of_unsaved_work_that_cannot_be_looked_into_is_empty(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert UnsavedWork(tmp_path / "file").all() == ()


def test_unsaved_work_knows_a_file_whose_name_is_not_utf_8(tmp_path: Path) -> None:
    drafts = UnsavedWork(tmp_path)
    kept = Unsaved("a", "Back", "x", NOON, Path("/home/caf\udce9.session.yaml"))
    drafts.save(kept)
    assert drafts.all() == (kept,)


def test_unsaved_work_is_kept_until_it_is_forgotten(tmp_path: Path) -> None:
    drafts = UnsavedWork(tmp_path / "drafts")
    assert drafts.all() == ()
    older = Unsaved("a", "Back", "format: 1 😀\n", NOON)
    newer = Unsaved("b", "Hips", "x", NOON.replace(hour=13), tmp_path / "hips.session.yaml", tmp_path / "s.yaml", "y")
    drafts.save(older)
    drafts.save(newer)
    assert UnsavedWork(tmp_path / "drafts").all() == (newer, older)
    drafts.save(Unsaved("a", "Back", "changed", NOON))
    assert [work.text for work in drafts.all()] == ["x", "changed"]
    drafts.delete("b")
    drafts.delete("b")
    assert [work.key for work in drafts.all()] == ["a"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 2}',
        b'{"version": 1, "title": 3, "text": "x", "file": null, "origin": null, "on_disk": null, "at": "2026-11-26"}',
        b'{"version": 1, "title": "A", "text": "x", "file": null, "origin": null, "on_disk": null, "at": "today"}',
        draft(text="half a \ud83d"),
        draft(on_disk="half a \ud83d"),
        draft(file="/home/half a \ud83d"),
        draft(file="/home/a\0b"),
        draft(text=["x"]),
        b"[" * 100_000,
        b'{"version": 1, "title": ' + b"[" * 100_000,
    ],
)
def test_kept_work_that_cannot_be_read_stays_where_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.draft.json").write_bytes(content)
    assert UnsavedWork(tmp_path).all() == ()
    assert (tmp_path / "a.draft.json").read_bytes() == content
