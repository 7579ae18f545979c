"""The dialogs that ask for a file: where they begin, and that what is on their buttons can be seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Front
from timer_app.settings import Appearance, Settings
from timer_app.ui.look.theme import Theme


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_icons_of_the_dialog_show(qtbot: QtBot, theme: Theme, appearance: Appearance) -> None:
    theme.use(Settings(appearance=appearance))
    dialog = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.resize(800, 520)
    dialog.ensurePolished()
    dialog.grab()
    buttons = dialog.findChildren(QToolButton)
    named = {"backButton", "toParentButton", "newFolderButton", "listModeButton", "detailModeButton"}
    assert named <= {button.objectName() for button in buttons}
    for button in buttons:
        if button.objectName() not in named:
            continue
        button.setEnabled(True)
        picture = button.grab().toImage()
        middle = picture.rect().center()
        ground = picture.pixelColor(8, middle.y()).lightness()
        inside = [
            abs(picture.pixelColor(middle.x() + x, middle.y() + y).lightness() - ground)
            for x in range(-8, 8)
            for y in range(-8, 8)
        ]
        assert sum(difference > 60 for difference in inside) > 20, button.objectName()


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(folder))
    return folder


def test_a_history_goes_to_the_documents_or_where_the_last_one_went(
    open_window: Callable[[], Front],
    documents: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    answers = {"save": "", "open": ""}

    def ask(kind: str) -> Callable[..., tuple[str, str]]:
        def answer(_parent: object, _title: str, begin: str, _forms: str) -> tuple[str, str]:
            asked.append(begin)
            return answers[kind], ""

        return answer

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask("save"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask("open"))
    front = open_window()
    tools = front.open_history().tools
    tools.export_action.trigger()
    tools.import_action.trigger()
    stick = tmp_path / "stick"
    stick.mkdir()
    answers["save"] = str(stick / "mine.json")
    tools.export_action.trigger()
    front.qtbot.waitUntil((stick / "mine.json").exists)
    answers["save"] = ""
    tools.export_action.trigger()
    tools.import_action.trigger()
    (stick / "mine.json").unlink()
    stick.rmdir()
    tools.export_action.trigger()
    documents.rmdir()
    tools.export_action.trigger()
    assert asked == [
        str(documents / "history.json"),
        str(documents),
        str(documents / "history.json"),
        str(stick / "history.json"),
        str(stick),
        str(documents / "history.json"),
        str(Path.home() / "history.json"),
    ]
