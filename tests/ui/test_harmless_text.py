"""Names with bidirectional overrides turn round nothing that stands beside them, wherever the window shows them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QAction, QColor, QDesktopServices, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMessageBox, QWidget

from tests.history.runs import plank, run
from tests.ui.conftest import Front
from tests.ui.stage import Stage
from timer_app.conductor.conductor import Conductor
from timer_app.history.records import Tag, TagKind
from timer_app.problems import Problem
from timer_app.ui.look.theme import Theme, Type
from timer_app.ui.run.fit_label import FitLabel
from timer_app.ui.shell import save_on_exit
from timer_app.ui.support.messages import Messages, Notice
from timer_app.ui.support.open_externally import open_externally
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.labels import ElidedLabel, Label, menu_text
from timer_app.ui.widgets.row_list import draw_text

EVIL = "gnp\u202eevil\u2066 & co"
SHOWN = r"gnp\u202eevil\u2066 & co"
SESSION = """format: 1
name: "NAME"
about: "NAME"
tags: ["gnp\\u202eevil"]
setup: 0s
steps:
  - name: "NAME"
    hold: 20s
    sets: 2
    rest: 5s
  - name: "NAME"
    hold: 20s
""".replace("NAME", "gnp\\u202Eevil\\u2066 & co")


def texts(widget: QWidget) -> Iterator[str]:
    """Yield all that a window's labels, buttons, lists to choose from and menus say, and what it is called."""
    yield widget.windowTitle()
    for label in widget.findChildren(QLabel):
        yield label.text()
    for button in widget.findChildren(QAbstractButton):
        yield button.text()
    for action in widget.findChildren(QAction):
        yield action.text()
    for choice in widget.findChildren(QComboBox):
        yield from (choice.itemText(row) for row in range(choice.count()))


def turns_round(widget: QWidget) -> list[str]:
    return [text for text in texts(widget) if "\u202e" in text or "\u2066" in text]


def says(widget: QWidget, text: str) -> bool:
    return any(text in said.replace("&&", "&") for said in texts(widget))


def test_each_kind_of_text_shows_the_code(theme: Theme) -> None:
    ground = QWidget()
    label, short, fit, choice = Label(theme, EVIL), ElidedLabel(theme), FitLabel(theme, ground), ComboBox(theme)
    short.setText(EVIL)
    fit.setText(EVIL)
    choice.offer([(EVIL, 1)])
    assert label.text() == short.text() == fit.text() == choice.itemText(0) == SHOWN
    assert menu_text(EVIL) == SHOWN.replace("&", "&&")
    assert Label(theme, "two\nlines").text() == "two\nlines"


def test_a_row_of_a_list_shows_the_code(theme: Theme) -> None:
    def painted(text: str) -> QImage:
        image = QImage(400, 40, QImage.Format.Format_ARGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw_text(painter, QRectF(image.rect()), text, theme.font(Type.BODY), QColor("black"))
        painter.end()
        return image

    assert painted(EVIL) == painted(SHOWN)
    assert painted(EVIL) != painted(EVIL.replace("\u202e", "").replace("\u2066", ""))


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_no_page_is_turned_round(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_file("evil", SESSION)
    begun = run("first", stage.clock.wall())
    record = replace(
        begun,
        begun=replace(begun.begun, session=EVIL),
        intervals=(replace(plank(1, 60_000), exercise=None, title=EVIL),),
        tags=(Tag(TagKind.SHOES, EVIL),),
    )
    stage.journal.add_run(record)
    assert stage.journal.flush()
    stage.messages.show_problem(Problem(f"{EVIL} is missing.", f"Look for {EVIL}."))
    front = open_window()
    page = front.open_sessions()
    page.choose("evil")
    assert page.detail.title.text() == SHOWN
    history = front.open_history()
    assert says(history, SHOWN)
    assert turns_round(front.window) == []
    front.window.show_page("sessions")
    front.window.editing.edit(stage.services.library.find("evil"))
    assert says(front.window.page_widget("editor"), SHOWN)
    assert turns_round(front.window) == []
    front.open_sessions()
    page.detail.start.click()
    assert front.window.running is not None
    assert says(front.window.running, SHOWN)
    assert turns_round(front.window) == []


def test_what_is_told_after_the_window_is_plain(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, object]] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append((box.text(), box.textFormat())))
    save_on_exit._show_in_box(Problem(f"<b>{EVIL}</b>", "<img src='http://example.org/a.png'>"))
    ((text, form),) = told
    assert text == f"<b>{SHOWN}</b>\n\n<img src='http://example.org/a.png'>"
    assert str(form).endswith("PlainText")


@pytest.mark.skipif(os.name == "nt", reason="no such name is possible there")
@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_file_whose_name_is_no_text_is_run_and_found_again(open_window: Callable[[], Front], stage: Stage) -> None:
    stage.add_file(os.fsdecode(b"caf\xe9"), SESSION)
    front = open_window()
    page = front.open_sessions()
    page.choose(r"caf\xe9")
    page.detail.start.click()
    assert front.window.running is not None
    assert front.window.running.driver is not None
    front.window.running.driver.do(Conductor.stop)
    assert stage.journal.flush()
    assert len(stage.services.history.runs(session=r"caf\xe9")) == 1


@pytest.mark.skipif(os.name == "nt", reason="no such name is possible there")
def test_a_file_whose_name_is_no_text_is_opened_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    messages = Messages()
    told: list[Notice] = []
    messages.subscribe(told.append)
    open_externally(Path(os.fsdecode(b"/folder/caf\xe9 #1.yaml")), messages)
    assert [bytes(url.toEncoded().data()) for url in opened] == [b"file:///folder/caf%E9%20%231.yaml"]
    assert told[0].advice == "It is in /folder."
