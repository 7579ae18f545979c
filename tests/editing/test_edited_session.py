from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from timer_app.editing.autosave import UnsavedWork
from timer_app.editing.edited_session import EditedSession, new_for_editing, open_for_editing, recover_unsaved
from timer_app.editing.session_file import ChangedMeanwhile
from timer_app.editing.trash import Trash
from timer_app.problems import Problem

TEXT = "format: 1\nname: Back on Sunday\nsteps:\n  - rest: 10s\n"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "sessions"


@pytest.fixture
def file(own: Path) -> Path:
    own.mkdir()
    path = own / "sunday.session.yaml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())
    return path


def change(edited: EditedSession, old: str = "10s", new: str = "20s") -> None:
    edited.document.set_text(edited.document.text.replace(old, new), "Change")


def test_an_own_file_is_saved_where_it_is_under_whatever_title(file: Path, own: Path) -> None:
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    assert (edited.stem, edited.title, edited.can_save) == ("sunday", "Back on Sunday", False)
    change(edited, "Back on Sunday", "Back on Monday")
    assert (edited.stem, edited.title, edited.can_save) == ("sunday", "Back on Monday", True)
    assert edited.save(own) == file
    assert file.read_bytes() == TEXT.replace("Sunday", "Monday").replace("\n", "\r\n").encode()
    assert not edited.can_save
    change(edited)
    edited.save(own)
    assert b"20s" in file.read_bytes()


def test_a_shipped_session_is_saved_as_a_copy_of_the_same_name(tmp_path: Path, own: Path) -> None:
    shipped = tmp_path / "shipped" / "runner-core.session.yaml"
    shipped.parent.mkdir()
    shipped.write_text(TEXT)
    edited = open_for_editing(shipped, CATALOGUE, shipped=True)
    assert (edited.file, edited.origin, edited.stem, edited.can_save) == (None, shipped, "runner-core", False)
    change(edited)
    assert edited.save(own) == own / "runner-core.session.yaml"
    assert shipped.read_text() == TEXT
    again = open_for_editing(shipped, CATALOGUE, shipped=True)
    change(again)
    assert again.save(own) == own / "back-on-sunday.session.yaml"


def test_a_new_session_gets_a_name_of_its_own(own: Path, file: Path) -> None:
    edited = new_for_editing(TEXT, CATALOGUE)
    assert (edited.file, edited.stem, edited.can_save, edited.document.unsaved) == (None, "back-on-sunday", True, False)
    assert edited.save(own, {"back-on-sunday"}) == own / "back-on-sunday-2.session.yaml"
    assert new_for_editing(TEXT, CATALOGUE).save(own, {"back-on-sunday"}).name == "back-on-sunday-3.session.yaml"
    assert new_for_editing("", CATALOGUE).title == "New session"
    assert new_for_editing("format: 1\nname: ''\n", CATALOGUE).stem == "new-session"


def test_what_another_program_wrote_is_noticed_and_not_written_over(file: Path, own: Path) -> None:
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    assert edited.check_disk() is None
    change(edited)
    file.write_text("theirs\n")
    noticed = edited.check_disk()
    assert noticed is not None
    assert noticed.content is not None
    with pytest.raises(ChangedMeanwhile):
        edited.save(own)
    assert file.read_text() == "theirs\n"
    edited.accept_disk_content(noticed.content)
    assert (edited.document.text, edited.can_save, edited.check_disk()) == ("theirs\n", False, None)
    edited.document.undo()
    assert "20s" in edited.document.text
    assert edited.save(own) == file


def test_mine_may_win_and_theirs_is_kept_beside_it(file: Path, own: Path) -> None:
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    change(edited)
    file.write_text("theirs\n")
    assert edited.save_over(own) == file
    assert "20s" in file.read_text()
    assert (own / "sunday-other.session.yaml").read_text() == "theirs\n"


def test_a_file_that_was_deleted_is_made_again_if_wanted(file: Path, own: Path) -> None:
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    file.unlink()
    noticed = edited.check_disk()
    assert noticed is not None
    assert noticed.content is None
    assert edited.save_over(own) == file
    file.unlink()
    edited.detach_file()
    assert (edited.can_save, edited.check_disk()) == (True, None)
    assert edited.save(own) == own / "back-on-sunday.session.yaml"


def test_a_file_that_cannot_be_looked_at_is_left_for_saving_to_tell(file: Path, own: Path) -> None:
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    file.write_bytes(b"\xff\xfe\x00")
    assert edited.check_disk() is None
    with pytest.raises(Problem):
        edited.save(own)


def test_work_that_was_not_saved_is_there_again(file: Path, own: Path, tmp_path: Path) -> None:
    drafts = UnsavedWork(tmp_path / "drafts")
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    change(edited)
    drafts.save(edited.unsaved(NOON))
    (kept,) = drafts.all()
    again = recover_unsaved(kept, CATALOGUE)
    assert (again.key, again.document.text, again.can_save) == (edited.key, edited.document.text, True)
    again.document.undo()
    assert (again.document.text, again.can_save) == (TEXT, False)
    again.document.redo()
    assert again.save(own) == file
    assert b"20s\r\n" in file.read_bytes()


def test_recovered_work_does_not_write_over_what_came_after_it(file: Path, own: Path) -> None:
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    change(edited)
    kept = edited.unsaved(NOON)
    file.write_text("theirs\n")
    with pytest.raises(ChangedMeanwhile):
        recover_unsaved(kept, CATALOGUE).save(own)
    file.unlink()
    with pytest.raises(ChangedMeanwhile):
        recover_unsaved(kept, CATALOGUE).save(own)


def test_recovered_work_is_there_whatever_its_file_is_by_now(file: Path, own: Path) -> None:
    edited = open_for_editing(file, CATALOGUE, shipped=False)
    change(edited)
    kept = edited.unsaved(NOON)
    file.unlink()
    file.mkdir()
    again = recover_unsaved(kept, CATALOGUE)
    assert again.document.text == edited.document.text
    with pytest.raises(Problem, match="it is a folder"):
        again.save(own)


def test_a_new_session_that_was_not_saved_is_there_again(own: Path) -> None:
    edited = new_for_editing(TEXT, CATALOGUE)
    change(edited)
    again = recover_unsaved(edited.unsaved(NOON), CATALOGUE)
    assert (again.file, again.document.text, again.can_save) == (None, edited.document.text, True)
    assert again.save(own) == own / "back-on-sunday.session.yaml"


def test_a_deleted_file_can_be_put_back(file: Path, tmp_path: Path) -> None:
    trash = Trash(tmp_path / "deleted")
    deleted = trash.delete(file, NOON)
    assert not file.exists()
    assert deleted.kept.read_bytes() == TEXT.replace("\n", "\r\n").encode()
    assert trash.restore(deleted) == file
    deleted = trash.delete(file, NOON)
    file.write_text("another\n")
    assert trash.restore(deleted) == file.with_name("sunday-2.session.yaml")
    assert file.read_text() == "another\n"
    with pytest.raises(Problem, match="cannot be put back"):
        trash.restore(deleted)
    with pytest.raises(Problem, match="cannot be deleted"):
        trash.delete(file.with_name("none.session.yaml"), NOON)


def test_deleted_files_are_kept_for_thirty_days(file: Path, tmp_path: Path) -> None:
    trash = Trash(tmp_path / "deleted")
    deleted = trash.delete(file, NOON)
    stranger = tmp_path / "deleted" / "notes.txt"
    stranger.write_text("mine")
    file.write_text(TEXT)
    trash.delete(file, NOON + timedelta(days=30))
    assert deleted.kept.exists()
    file.write_text(TEXT)
    trash.delete(file, NOON + timedelta(days=31))
    assert not deleted.kept.exists()
    assert stranger.exists()
