"""Work off the screen's thread, whose owner may be gone before the answer is there."""

from __future__ import annotations

import threading
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from timer_app.ui.support.background_task import BackgroundTask, carrier


def settle() -> None:
    """Let all work end and all answers come."""
    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.processEvents()


def test_the_answer_comes_on_the_screens_thread(qtbot: QtBot) -> None:
    owner = QObject()
    answers: list[tuple[threading.Thread, threading.Thread]] = []
    work = BackgroundTask(owner, threading.current_thread, lambda by: answers.append((by, threading.current_thread())))
    work.ask()
    qtbot.waitUntil(lambda: bool(answers))
    ((worker, screen),) = answers
    assert worker is not screen
    assert screen is threading.main_thread()
    assert not work.busy


def test_asked_again_meanwhile_it_works_once_more(qtbot: QtBot) -> None:
    owner, go_on = QObject(), threading.Semaphore(0)
    worked: list[int] = []
    answers: list[int] = []

    def work() -> int:
        assert go_on.acquire(timeout=10)
        worked.append(1)
        return len(worked)

    background = BackgroundTask(owner, work, answers.append)
    for _asked in range(3):
        background.ask()
    go_on.release(5)
    qtbot.waitUntil(lambda: answers == [1, 2] and not background.busy)
    assert len(worked) == 2


def test_what_the_work_raises_is_raised_on_the_screens_thread(qtbot: QtBot) -> None:
    owner = QObject()
    background: BackgroundTask[float] = BackgroundTask(owner, lambda: 1 / 0, lambda _answer: None)
    with qtbot.captureExceptions() as met:
        background.ask()
        qtbot.waitUntil(lambda: bool(met))
    assert [kind for kind, _error, _trace in met] == [ZeroDivisionError]
    assert not background.busy


def test_an_owner_that_goes_meanwhile_gets_no_answer(qapp: QApplication) -> None:
    answers: list[None] = []
    for _owner in range(2_000):
        owner = QObject()
        BackgroundTask(owner, lambda: None, answers.append).ask()
        shiboken6.delete(owner)
    settle()
    assert answers == []


def test_news_comes_in_order_and_on_the_screens_thread(qtbot: QtBot) -> None:
    parent = QObject()
    owner = QObject(parent)
    came: list[tuple[int, str, threading.Thread]] = []
    tell = carrier(owner, lambda number, word: came.append((number, word, threading.current_thread())))
    sending = threading.Thread(target=lambda: [tell(number, "clip") for number in range(3)])
    sending.start()
    sending.join(10)
    assert came == []
    qtbot.waitUntil(lambda: len(came) == 3)
    assert came == [(number, "clip", threading.main_thread()) for number in range(3)]


def test_news_for_a_window_that_is_being_closed_is_lost_in_peace(qapp: QApplication) -> None:
    """As from a voice that goes on rendering while its window goes: neither a crash nor a late answer."""
    came: list[int] = []
    tellers: list[Callable[[int], None]] = []
    ended = threading.Event()

    def render() -> None:
        while not ended.is_set():
            for tell in tellers[-3:]:
                tell(1)

    rendering = threading.Thread(target=render)
    rendering.start()
    for _window in range(500):
        window = QObject()
        owner = QObject(window)
        tellers.append(carrier(owner, came.append))
        shiboken6.delete(window)
    ended.set()
    rendering.join(10)
    settle()
    assert came == []
