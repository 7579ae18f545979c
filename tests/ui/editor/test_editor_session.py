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


class SessionEvents(QObject):
    """Records the signals of an editor session."""

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
def events(stage: Stage, qtbot: QtBot) -> SessionEvents:
    made = SessionEvents(stage)
    qtbot.addWidget(made.choice)
    return made


@pytest.fixture
def file(stage: Stage) -> Path:
    return stage.add_file("mine", TEXT)


def full(_handle: int) -> None:
    """Take no more, as a disk without room."""
    raise OSError(28, "No space left on device")


def open_file(events: SessionEvents, stage: Stage, file: Path) -> None:
    events.session.open(open_for_editing(file, stage.services.catalogue, shipped=False))


def drafts(stage: Stage) -> list[str]:
    return [kept.text for kept in UnsavedWork(stage.paths.drafts).all()]


def test_a_change_is_emitted_and_can_be_undone(events: SessionEvents, stage: Stage, file: Path) -> None:
    open_file(events, stage, file)
    events.session.change(lambda steps, draft: steps.remove(draft, [(0,)]), "Delete")
    assert events.text == TEXT.replace("  - {rest: 10s}\n", "")
    assert events.chosen == [((0,),)]
    events.session.undo()
    assert (events.text, events.chosen[-1]) == (TEXT, ((0,),))
    events.session.redo()
    events.session.type(TextEdit(len(events.text), "", "#"))
    assert [typed for _changes, typed in events.changes] == [False, False, False, True]


def test_a_change_that_fails_shows_a_message_and_changes_nothing(
    events: SessionEvents, stage: Stage, file: Path
) -> None:
    open_file(events, stage, file)
    events.session.change(lambda steps, draft: steps.set_values(draft, (9,), {"rest": "5s"}), "Change")
    assert events.text == TEXT
    assert "problems" in events.notices[-1].what


def test_without_a_session_nothing_is_done(events: SessionEvents) -> None:
    events.session.change(lambda steps, draft: steps.remove(draft, [(0,)]), "Delete")
    events.session.type(TextEdit(0, "", "a"))
    events.session.undo()
    events.session.redo()
    events.session.commit()
    events.session.save_draft()
    events.session.check_disk()
    assert events.session.save()
    assert events.session.overwrite()
    assert events.session.items([(0,)]) == []
    assert events.changes == []


def test_unsaved_work_is_kept_as_it_is_typed_and_forgotten_once_it_is_saved(
    events: SessionEvents, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# a note\n"))
    events.session.save_draft()
    qtbot.waitUntil(lambda: drafts(stage) == ["# a note\n" + TEXT])
    assert events.session.save()
    assert file.read_text() == "# a note\n" + TEXT
    qtbot.waitUntil(lambda: drafts(stage) == [])


def test_a_moment_after_the_last_change_it_is_kept_by_itself(
    events: SessionEvents, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "#"))
    events.session.type(TextEdit(0, "#", ""))
    events.session.type(TextEdit(0, "", "# b\n"))
    qtbot.waitUntil(lambda: drafts(stage) == ["# b\n" + TEXT])


def test_a_folder_that_takes_no_drafts_shows_a_message(
    events: SessionEvents, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    stage.paths.drafts.parent.mkdir(parents=True, exist_ok=True)
    stage.paths.drafts.write_text("a file in its place")
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "#"))
    events.session.save_draft()
    qtbot.waitUntil(lambda: bool(events.notices))
    assert "cannot be kept" in events.notices[-1].what
    assert events.session.save()


def test_a_draft_that_could_not_be_kept_is_kept_as_soon_as_it_can_be(
    events: SessionEvents, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    """Also where another session is open by then."""
    stage.paths.drafts.parent.mkdir(parents=True, exist_ok=True)
    stage.paths.drafts.write_text("a file in its place")
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "#"))
    events.session.save_draft()
    qtbot.waitUntil(lambda: bool(events.notices))
    notice = events.notices[-1]
    stage.paths.drafts.unlink()
    open_file(events, stage, stage.add_file("other", TEXT))
    events.session.type(TextEdit(0, "", "# other\n"))
    events.session.save_draft()
    qtbot.waitUntil(lambda: len(events.notices) == 2)
    assert events.notices[-1].replaces == notice.what
    assert sorted(drafts(stage)) == sorted(["#" + TEXT, "# other\n" + TEXT])


def test_a_session_that_can_be_saved_again_takes_the_message_back(
    events: SessionEvents, stage: Stage, file: Path
) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# mine\n"))
    with pytest.MonkeyPatch.context() as disk:
        disk.setattr("timer_app.atomic_write.os.fsync", full)
        assert not events.session.save()
    assert events.session.save()
    assert events.notices[1].replaces == events.notices[0].what


def test_another_program_s_change_is_noticed_by_itself_and_once(
    events: SessionEvents, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("theirs\n")
    qtbot.waitUntil(lambda: bool(events.noticed))
    events.session.check_disk()
    assert len(events.noticed) == 1
    assert file.read_text() == "theirs\n"


def test_theirs_can_be_taken_and_undone(events: SessionEvents, stage: Stage, file: Path) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("# theirs\n")
    assert not events.session.save()
    events.answer("Take what is there")
    assert events.text == "# theirs\n"
    events.session.undo()
    assert events.text == "# mine\n" + TEXT


def test_mine_can_be_saved_with_theirs_beside_it(events: SessionEvents, stage: Stage, file: Path) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("# theirs\n")
    events.session.save()
    events.answer("Save mine")
    assert file.read_text() == "# mine\n" + TEXT
    assert file.with_name("mine-other.session.yaml").read_text() == "# theirs\n"


def test_a_deleted_file_is_saved_again_or_left_deleted(events: SessionEvents, stage: Stage, file: Path) -> None:
    open_file(events, stage, file)
    file.unlink()
    events.session.check_disk()
    events.answer("Save it again")
    assert file.read_text() == TEXT
    file.unlink()
    events.session.check_disk()
    events.answer("Leave it deleted")
    assert not file.exists()
    assert events.session.document is not None
    assert events.session.document.unsaved


def test_a_full_disk_leaves_the_session_open(events: SessionEvents, stage: Stage) -> None:
    stage.paths.sessions.parent.mkdir(parents=True, exist_ok=True)
    stage.paths.sessions.write_text("a file in its place")
    events.session.open(new_for_editing(TEXT, stage.services.catalogue))
    assert not events.session.save()
    assert "cannot be saved" in events.notices[-1].what
    assert events.text == TEXT


def test_leaving_what_is_saved_asks_nothing(events: SessionEvents, stage: Stage, file: Path) -> None:
    open_file(events, stage, file)
    events.close_prompt.close()
    assert events.left == ["mine"]
    assert events.session.edited is None


def test_leaving_asks_what_becomes_of_what_is_not_saved(
    events: SessionEvents, stage: Stage, file: Path, qtbot: QtBot
) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# mine\n"))
    events.close_prompt.close()
    assert events.left == []
    events.answer("Keep editing")
    assert events.session.edited is not None
    events.close_prompt.close()
    events.answer("Save")
    assert events.left == ["mine"]
    assert file.read_text() == "# mine\n" + TEXT


def test_discarded_changes_can_be_restored(events: SessionEvents, stage: Stage, file: Path) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# mine\n"))
    done: list[bool] = []
    events.close_prompt.close(lambda: done.append(True))
    events.answer("Don't save")
    assert (done, events.left, file.read_text()) == ([True], [], TEXT)
    back: list[object] = []
    events.close_prompt.restore_requested.connect(back.append)
    offer = events.notices[-1].act
    assert offer is not None
    offer()
    assert len(back) == 1


def test_leaving_waits_where_saving_did_not_work(events: SessionEvents, stage: Stage, file: Path) -> None:
    open_file(events, stage, file)
    events.session.type(TextEdit(0, "", "# mine\n"))
    file.write_text("# theirs\n")
    events.close_prompt.close()
    events.answer("Save")
    assert events.left == []
    events.answer("Decide later")
    assert isinstance(events.noticed[-1], Problem)
    assert events.text == "# mine\n" + TEXT
