from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.stage import Stage
from timer_app.definition.text_edit import TextEdit
from timer_app.editing.autosave import UnsavedWork
from timer_app.editing.edited_session import new_for_editing, open_for_editing
from timer_app.editing.session_file import ChangedMeanwhile
from timer_app.problems import Problem
from timer_app.ui.editor.close_prompt import ClosePrompt
from timer_app.ui.editor.editor_session import EditorSession
from timer_app.ui.editor.problem_bar import ChoiceBar
from timer_app.ui.support.messages import Notice

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")

TEXT = "format: 1\nname: Mine\nsteps:\n  - {rest: 10s}\n  - {rest: 20s}\n"


class Heard(QObject):
    """Everything that a desk has told."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.session = EditorSession(stage.services)
        self.changes: list[tuple[tuple[TextEdit, ...], bool]] = []
        self.chosen: list[object] = []
        self.noticed: list[ChangedMeanwhile] = []
        self.notices: list[Notice] = []
        self.choice = ChoiceBar(stage.services.theme)
        self.close_prompt = ClosePrompt(stage.services, self.session, self.choice)
        self.left: list[str] = []
        self.session.changed.connect(lambda changes, typed: self.changes.append((changes, typed)))
        self.session.chosen.connect(self.chosen.append)
        self.session.disk_changed.connect(self.noticed.append)
        self.close_prompt.closed.connect(self.left.append)
        stage.messages.subscribe(self.notices.append)

    @property
    def text(self) -> str:
        assert self.session.document is not None
        return self.session.document.text

    def answer(self, words: str) -> None:
        next(button for button in self.choice.answers if button.text() == words).click()


@pytest.fixture
def heard(stage: Stage, qtbot: QtBot) -> Heard:
    made = Heard(stage)
    qtbot.addWidget(made.choice)
    return made


@pytest.fixture
def file(stage: Stage) -> Path:
    return stage.add_file("mine", TEXT)


def full(_handle: int) -> None:
    """Take no more, as a disk without room."""
    raise OSError(28, "No space left on device")


def open_file(heard: Heard, stage: Stage, file: Path) -> None:
    heard.session.open(open_for_editing(file, stage.services.catalogue, shipped=False))


def drafts(stage: Stage) -> list[str]:
    return [kept.text for kept in UnsavedWork(stage.paths.drafts).all()]


def test_what_is_done_is_told_and_can_be_undone(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.session.change(lambda steps, draft: steps.remove(draft, [(0,)]), "Delete")
    assert heard.text == TEXT.replace("  - {rest: 10s}\n", "")
    assert heard.chosen == [((0,),)]
    heard.session.undo()
    assert (heard.text, heard.chosen[-1]) == (TEXT, ((0,),))
    heard.session.redo()
    heard.session.type(TextEdit(len(heard.text), "", "#"))
    assert [typed for _changes, typed in heard.changes] == [False, False, False, True]


def test_what_cannot_be_done_is_told_and_changes_nothing(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.session.change(lambda steps, draft: steps.set_values(draft, (9,), {"rest": "5s"}), "Change")
    assert heard.text == TEXT
    assert "problems" in heard.notices[-1].what


def test_an_empty_desk_does_nothing(heard: Heard) -> None:
    heard.session.change(lambda steps, draft: steps.remove(draft, [(0,)]), "Delete")
    heard.session.type(TextEdit(0, "", "a"))
    heard.session.undo()
    heard.session.redo()
    heard.session.commit()
    heard.session.save_draft()
    heard.session.check_disk()
    assert heard.session.save()
    assert heard.session.overwrite()
    assert heard.session.items([(0,)]) == []
    assert heard.changes == []


def test_unsaved_work_is_kept_as_it_is_typed_and_forgotten_once_it_is_saved(
    heard: Heard, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# a note\n"))
    heard.session.save_draft()
    qtbot.waitUntil(lambda: drafts(stage) == ["# a note\n" + TEXT])
    assert heard.session.save()
    assert file.read_text() == "# a note\n" + TEXT
    qtbot.waitUntil(lambda: drafts(stage) == [])


def test_a_moment_after_the_last_change_it_is_kept_by_itself(
    heard: Heard, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "#"))
    heard.session.type(TextEdit(0, "#", ""))
    heard.session.type(TextEdit(0, "", "# b\n"))
    qtbot.waitUntil(lambda: drafts(stage) == ["# b\n" + TEXT])


def test_a_folder_that_takes_no_drafts_is_told(heard: Heard, stage: Stage, file: Path, qtbot: QtBot) -> None:
    stage.paths.drafts.parent.mkdir(parents=True, exist_ok=True)
    stage.paths.drafts.write_text("a file in its place")
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "#"))
    heard.session.save_draft()
    qtbot.waitUntil(lambda: bool(heard.notices))
    assert "cannot be kept" in heard.notices[-1].what
    assert heard.session.save()


def test_a_draft_that_could_not_be_kept_is_kept_as_soon_as_it_can_be(
    heard: Heard, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    """Also where another session is on the desk by then."""
    stage.paths.drafts.parent.mkdir(parents=True, exist_ok=True)
    stage.paths.drafts.write_text("a file in its place")
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "#"))
    heard.session.save_draft()
    qtbot.waitUntil(lambda: bool(heard.notices))
    told = heard.notices[-1]
    stage.paths.drafts.unlink()
    open_file(heard, stage, stage.add_file("other", TEXT))
    heard.session.type(TextEdit(0, "", "# other\n"))
    heard.session.save_draft()
    qtbot.waitUntil(lambda: len(heard.notices) == 2)
    assert heard.notices[-1].replaces == told.what
    assert sorted(drafts(stage)) == sorted(["#" + TEXT, "# other\n" + TEXT])


def test_a_session_that_can_be_saved_again_takes_the_message_back(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# mine\n"))
    with pytest.MonkeyPatch.context() as disk:
        disk.setattr("timer_app.atomic_write.os.fsync", full)
        assert not heard.session.save()
    assert heard.session.save()
    assert heard.notices[1].replaces == heard.notices[0].what


def test_another_program_s_change_is_noticed_by_itself_and_once(
    heard: Heard, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("theirs\n")
    qtbot.waitUntil(lambda: bool(heard.noticed))
    heard.session.check_disk()
    assert len(heard.noticed) == 1
    assert file.read_text() == "theirs\n"


def test_theirs_can_be_taken_and_undone(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("# theirs\n")
    assert not heard.session.save()
    heard.answer("Take what is there")
    assert heard.text == "# theirs\n"
    heard.session.undo()
    assert heard.text == "# mine\n" + TEXT


def test_mine_can_be_saved_with_theirs_beside_it(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("# theirs\n")
    heard.session.save()
    heard.answer("Save mine")
    assert file.read_text() == "# mine\n" + TEXT
    assert file.with_name("mine-other.session.yaml").read_text() == "# theirs\n"


def test_a_deleted_file_is_saved_again_or_left_deleted(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    file.unlink()
    heard.session.check_disk()
    heard.answer("Save it again")
    assert file.read_text() == TEXT
    file.unlink()
    heard.session.check_disk()
    heard.answer("Leave it deleted")
    assert not file.exists()
    assert heard.session.document is not None
    assert heard.session.document.unsaved


def test_a_disk_that_takes_nothing_leaves_the_work_on_the_desk(heard: Heard, stage: Stage) -> None:
    stage.paths.sessions.parent.mkdir(parents=True, exist_ok=True)
    stage.paths.sessions.write_text("a file in its place")
    heard.session.open(new_for_editing(TEXT, stage.services.catalogue))
    assert not heard.session.save()
    assert "cannot be saved" in heard.notices[-1].what
    assert heard.text == TEXT


def test_leaving_what_is_saved_asks_nothing(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.close_prompt.close()
    assert heard.left == ["mine"]
    assert heard.session.edited is None


def test_leaving_asks_what_becomes_of_what_is_not_saved(heard: Heard, stage: Stage, file: Path, qtbot: QtBot) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# mine\n"))
    heard.close_prompt.close()
    assert heard.left == []
    heard.answer("Keep editing")
    assert heard.session.edited is not None
    heard.close_prompt.close()
    heard.answer("Save")
    assert heard.left == ["mine"]
    assert file.read_text() == "# mine\n" + TEXT


def test_what_was_thrown_away_can_be_brought_back(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# mine\n"))
    done: list[bool] = []
    heard.close_prompt.close(lambda: done.append(True))
    heard.answer("Don't save")
    assert (done, heard.left, file.read_text()) == ([True], [], TEXT)
    back: list[object] = []
    heard.close_prompt.restore_requested.connect(back.append)
    offer = heard.notices[-1].act
    assert offer is not None
    offer()
    assert len(back) == 1


def test_leaving_waits_where_saving_did_not_work(heard: Heard, stage: Stage, file: Path) -> None:
    open_file(heard, stage, file)
    heard.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("# theirs\n")
    heard.close_prompt.close()
    heard.answer("Save")
    assert heard.left == []
    heard.answer("Decide later")
    assert isinstance(heard.noticed[-1], Problem)
    assert heard.text == "# mine\n" + TEXT
