"""Work on other threads, whose owner may be destroyed before the result arrives."""

from __future__ import annotations

import threading
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from timer_app.ui.support.background_task import BackgroundTask, gui_thread_callback


def wait_for_work() -> None:
    """Wait until all work has ended, and deliver all results."""
    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.processEvents()


def test_the_result_arrives_on_the_gui_thread(qtbot: QtBot) -> None:
    owner = QObject()
    results: list[tuple[threading.Thread, threading.Thread]] = []
    work = BackgroundTask(owner, threading.current_thread, lambda by: results.append((by, threading.current_thread())))
    work.start()
    qtbot.waitUntil(lambda: bool(results))
    ((worker, screen),) = results
    assert worker is not screen
    assert screen is threading.main_thread()
    assert not work.busy


def test_started_again_meanwhile_it_runs_once_more(qtbot: QtBot) -> None:
    owner, proceed = QObject(), threading.Semaphore(0)
    worked: list[int] = []
    results: list[int] = []

    def work() -> int:
        assert proceed.acquire(timeout=10)
        worked.append(1)
        return len(worked)

    background = BackgroundTask(owner, work, results.append)
    for _start in range(3):
        background.start()
    proceed.release(5)
    qtbot.waitUntil(lambda: results == [1, 2] and not background.busy)
    assert len(worked) == 2


def test_an_exception_is_raised_on_the_gui_thread(qtbot: QtBot) -> None:
    owner = QObject()
    background: BackgroundTask[float] = BackgroundTask(owner, lambda: 1 / 0, lambda _result: None)
    with qtbot.captureExceptions() as met:
        background.start()
        qtbot.waitUntil(lambda: bool(met))
    assert [kind for kind, _error, _trace in met] == [ZeroDivisionError]
    assert not background.busy


def test_a_destroyed_owner_gets_no_result(qapp: QApplication) -> None:
    results: list[None] = []
    for _owner in range(2_000):
        owner = QObject()
        BackgroundTask(owner, lambda: None, results.append).start()
        shiboken6.delete(owner)
    wait_for_work()
    assert results == []


def test_calls_arrive_in_order_on_the_gui_thread(qtbot: QtBot) -> None:
    parent = QObject()
    owner = QObject(parent)
    calls: list[tuple[int, str, threading.Thread]] = []
    callback = gui_thread_callback(owner, lambda number, word: calls.append((number, word, threading.current_thread())))
    sending = threading.Thread(target=lambda: [callback(number, "clip") for number in range(3)])
    sending.start()
    sending.join(10)
    assert calls == []
    qtbot.waitUntil(lambda: len(calls) == 3)
    assert calls == [(number, "clip", threading.main_thread()) for number in range(3)]


def test_calls_for_a_window_that_is_being_closed_are_dropped(qapp: QApplication) -> None:
    """As from a voice that still renders while its window closes: neither a crash nor a late call."""
    calls: list[int] = []
    callbacks: list[Callable[[int], None]] = []
    ended = threading.Event()

    def render() -> None:
        while not ended.is_set():
            for callback in callbacks[-3:]:
                callback(1)

    rendering = threading.Thread(target=render)
    rendering.start()
    for _window in range(500):
        window = QObject()
        owner = QObject(window)
        callbacks.append(gui_thread_callback(owner, calls.append))
        shiboken6.delete(window)
    ended.set()
    rendering.join(10)
    wait_for_work()
    assert calls == []
