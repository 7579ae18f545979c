"""Keys that are held down in a window on X11, where half of the repeats come as real strokes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from timer_app.ui.desktop.key_repeat import mark_key_repeats

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
SPACE, RIGHT = 65, 114
"""Scan codes, as X11 has them."""


class Strokes(QLineEdit):
    """A field that notes what strokes reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (PRESS, RELEASE):
            self.told.append("release" if event.type() is RELEASE else "again" if event.isAutoRepeat() else "press")
        return super().event(event)


@pytest.fixture
def field(qtbot: QtBot) -> Strokes:
    made = Strokes()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def handle(field: Strokes) -> QWindow:
    window = field.windowHandle()
    assert window is not None
    return window


def stroke(field: Strokes, kind: QEvent.Type, at: int, scan: int = SPACE, *, again: bool = False) -> None:
    key = Qt.Key.Key_Space if scan == SPACE else Qt.Key.Key_Right
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, scan, 0, 0, " ", again)
    event.setTimestamp(at)
    QCoreApplication.sendEvent(handle(field), event)


def test_a_press_at_the_moment_of_its_release_is_a_repeat(field: Strokes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    mark_key_repeats(handle(field))
    stroke(field, PRESS, 1_000)
    for at in (1_660, 1_700):
        stroke(field, RELEASE, at)
        stroke(field, PRESS, at)
    stroke(field, RELEASE, 1_740)
    stroke(field, PRESS, 1_740, again=True)
    stroke(field, RELEASE, 1_750)
    assert field.told == ["press", *["release", "again"] * 3, "release"]
    assert field.text() == " " * 4


def test_a_key_that_is_pressed_again_and_again_is_not_held(field: Strokes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    mark_key_repeats(handle(field))
    for at in (1_000, 1_016, 1_032):
        stroke(field, PRESS, at)
        stroke(field, RELEASE, at + 15)
    stroke(field, PRESS, 1_047, RIGHT)
    assert field.told == ["press", "release"] * 3 + ["press"]


def test_elsewhere_than_on_x11_every_press_is_what_it_says(field: Strokes) -> None:
    mark_key_repeats(handle(field))
    stroke(field, RELEASE, 1_660)
    stroke(field, PRESS, 1_660)
    assert field.told == ["release", "press"]
