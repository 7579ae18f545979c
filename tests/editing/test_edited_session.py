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
    made = own / "sunday.session.yaml"
    made.write_bytes(TEXT.replace("\n", "\r\n").encode())
    return made


def change(work: EditedSession, old: str = "10s", new: str = "20s") -> None:
    work.document.set_text(work.document.text.replace(old, new), "Change")


def test_an_own_file_is_saved_where_it_is_under_whatever_title(file: Path, own: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    assert (work.stem, work.title, work.can_save) == ("sunday", "Back on Sunday", False)
    change(work, "Back on Sunday", "Back on Monday")
    assert (work.stem, work.title, work.can_save) == ("sunday", "Back on Monday", True)
    assert work.save(own) == file
    assert file.read_bytes() == TEXT.replace("Sunday", "Monday").replace("\n", "\r\n").encode()
    assert not work.can_save
    change(work)
    work.save(own)
    assert b"20s" in file.read_bytes()


def test_a_shipped_session_is_saved_as_a_copy_of_the_same_name(tmp_path: Path, own: Path) -> None:
    shipped = tmp_path / "shipped" / "runner-core.session.yaml"
    shipped.parent.mkdir()
    shipped.write_text(TEXT)
    work = open_for_editing(shipped, CATALOGUE, shipped=True)
    assert (work.file, work.origin, work.stem, work.can_save) == (None, shipped, "runner-core", False)
    change(work)
    assert work.save(own) == own / "runner-core.session.yaml"
    assert shipped.read_text() == TEXT
    again = open_for_editing(shipped, CATALOGUE, shipped=True)
    change(again)
    assert again.save(own) == own / "back-on-sunday.session.yaml"


def test_a_new_session_gets_a_name_of_its_own(own: Path, file: Path) -> None:
    work = new_for_editing(TEXT, CATALOGUE)
    assert (work.file, work.stem, work.can_save, work.document.unsaved) == (None, "back-on-sunday", True, False)
    assert work.save(own, {"back-on-sunday"}) == own / "back-on-sunday-2.session.yaml"
    assert new_for_editing(TEXT, CATALOGUE).save(own, {"back-on-sunday"}).name == "back-on-sunday-3.session.yaml"
    assert new_for_editing("", CATALOGUE).title == "New session"
    assert new_for_editing("format: 1\nname: ''\n", CATALOGUE).stem == "new-session"


def test_what_another_program_wrote_is_noticed_and_not_written_over(file: Path, own: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    assert work.look_at_disk() is None
    change(work)
    file.write_text("theirs\n")
    noticed = work.look_at_disk()
    assert noticed is not None
    assert noticed.content is not None
    with pytest.raises(ChangedMeanwhile):
        work.save(own)
    assert file.read_text() == "theirs\n"
    work.accept_disk_content(noticed.content)
    assert (work.document.text, work.can_save, work.look_at_disk()) == ("theirs\n", False, None)
    work.document.undo()
    assert "20s" in work.document.text
    assert work.save(own) == file


def test_mine_may_win_and_theirs_is_kept_beside_it(file: Path, own: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    change(work)
    file.write_text("theirs\n")
    assert work.save_over(own) == file
    assert "20s" in file.read_text()
    assert (own / "sunday-other.session.yaml").read_text() == "theirs\n"


def test_a_file_that_was_deleted_is_made_again_if_wanted(file: Path, own: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    file.unlink()
    noticed = work.look_at_disk()
    assert noticed is not None
    assert noticed.content is None
    assert work.save_over(own) == file
    file.unlink()
    work.detach_file()
    assert (work.can_save, work.look_at_disk()) == (True, None)
    assert work.save(own) == own / "back-on-sunday.session.yaml"


def test_a_file_that_cannot_be_looked_at_is_left_for_saving_to_tell(file: Path, own: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    file.write_bytes(b"\xff\xfe\x00")
    assert work.look_at_disk() is None
    with pytest.raises(Problem):
        work.save(own)


def test_work_that_was_not_saved_is_there_again(file: Path, own: Path, tmp_path: Path) -> None:
    drafts = UnsavedWork(tmp_path / "drafts")
    work = open_for_editing(file, CATALOGUE, shipped=False)
    change(work)
    drafts.save(work.unsaved(NOON))
    (kept,) = drafts.all()
    again = recover_unsaved(kept, CATALOGUE)
    assert (again.key, again.document.text, again.can_save) == (work.key, work.document.text, True)
    again.document.undo()
    assert (again.document.text, again.can_save) == (TEXT, False)
    again.document.redo()
    assert again.save(own) == file
    assert b"20s\r\n" in file.read_bytes()


def test_recovered_work_does_not_write_over_what_came_after_it(file: Path, own: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    change(work)
    kept = work.unsaved(NOON)
    file.write_text("theirs\n")
    with pytest.raises(ChangedMeanwhile):
        recover_unsaved(kept, CATALOGUE).save(own)
    file.unlink()
    with pytest.raises(ChangedMeanwhile):
        recover_unsaved(kept, CATALOGUE).save(own)


def test_recovered_work_is_there_whatever_its_file_is_by_now(file: Path, own: Path) -> None:
    work = open_for_editing(file, CATALOGUE, shipped=False)
    change(work)
    kept = work.unsaved(NOON)
    file.unlink()
    file.mkdir()
    again = recover_unsaved(kept, CATALOGUE)
    assert again.document.text == work.document.text
    with pytest.raises(Problem, match="it is a folder"):
        again.save(own)


def test_a_new_session_that_was_not_saved_is_there_again(own: Path) -> None:
    work = new_for_editing(TEXT, CATALOGUE)
    change(work)
    again = recover_unsaved(work.unsaved(NOON), CATALOGUE)
    assert (again.file, again.document.text, again.can_save) == (None, work.document.text, True)
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
