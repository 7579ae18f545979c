"""A person at a real window: looks at what is on the screen, and presses keys and buttons through the X server.

Run as a program, it opens the app on the display at hand with its clock sped up, goes through one journey, and exits
with 0, or with 1 and what was not there. Every stroke and click is sent by xdotool, as from a keyboard and a mouse.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QWidget

from timer_app.app import open_window
from timer_app.clock import SpedClock, SystemClock
from timer_app.context import AppContext
from timer_app.paths import user_paths
from timer_app.problems import Problem

PATIENCE = 15_000
"""How long the person waits for something to be there, in milliseconds."""

Condition = Callable[[], object]
Stage = tuple[str, Condition]
Journey = Generator[Stage, None, None]


def press(*keys: str) -> None:
    """Press keys on the keyboard, one after the other."""
    subprocess.run(["xdotool", "key", "--delay", "40", *keys], check=True, timeout=10)


def hold(key: str, seconds: float) -> subprocess.Popen[bytes]:
    """Hold a key down for a while; the window must go on meanwhile."""
    return subprocess.Popen(["xdotool", "keydown", key, "sleep", str(seconds), "keyup", key])


def type_text(text: str) -> None:
    """Type a text."""
    subprocess.run(["xdotool", "type", "--delay", "40", text], check=True, timeout=10)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Move the mouse onto a widget and press its left button."""
    # The screen counts its own pixels, of which larger text makes several to a logical one.
    point = widget.mapToGlobal(at or widget.rect().center()) * widget.devicePixelRatio()
    where = (str(point.x()), str(point.y()))
    subprocess.run(["xdotool", "mousemove", "--sync", *where, "click", "1"], check=True, timeout=10)


def sit_down() -> None:
    """Give the window the keyboard, as a window manager would."""
    subprocess.run(["xdotool", "windowfocus", "--sync", str(int(window().winId()))], check=True, timeout=10)


def known_as(name: str) -> bool:
    """Whether a desktop would know the window as that of the entry by this name: by its class and its instance."""
    found = (
        subprocess.run(["xdotool", "search", by, f"^{name}$"], capture_output=True, text=True, timeout=10, check=False)
        for by in ("--class", "--classname")
    )
    return all(str(int(window().winId())) in done.stdout.split() for done in found)


def window() -> QWidget:
    """The program's window."""
    return next(widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget.isWindow())


def button(name: str) -> QAbstractButton | None:
    """A visible button by the name that a screen reader says."""
    for found in window().findChildren(QAbstractButton):
        if found.isVisible() and name in (found.accessibleName() or found.text()).replace("&", ""):
            return found
    return None


def enabled(name: str) -> bool:
    """Whether a button by this name can be pressed."""
    found = button(name)
    return found is not None and found.isEnabled()


def chosen(name: str) -> bool:
    """Whether a button by this name is pressed down."""
    found = button(name)
    return found is not None and found.isChecked()


def reads(text: str) -> bool:
    """Whether a text is to be read on the page."""
    return any(label.isVisible() and text in label.text() for label in window().findChildren(QLabel))


def says(text: str) -> bool:
    """Whether a text stands on the page by itself."""
    return any(label.isVisible() and label.text() == text for label in window().findChildren(QLabel))


def row(text: str) -> tuple[QListView, QPoint] | None:
    """Where a row with a text is to be seen in a list."""
    for view in window().findChildren(QListView):
        model = view.model()
        if not view.isVisible() or model is None:
            continue
        for number in range(model.rowCount()):
            index = model.index(number, 0)
            point = view.visualRect(index).center()
            if text in str(index.data()) and view.viewport().rect().contains(point):
                return view, point
    return None


def click_row(text: str) -> None:
    found = row(text)
    assert found is not None, f"no row with {text!r}"
    view, point = found
    click(view.viewport(), point)


class Person(QObject):
    """Goes through a journey: does something, then waits until the screen answers."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._journey = journey
        self._condition: Condition = lambda: True
        self._what = "the window"
        self._waited = 0
        self._timer = QTimer(self, interval=50)
        self._timer.timeout.connect(self._look)
        self.failure = ""

    def begin(self) -> None:
        self._timer.start()

    def _look(self) -> None:
        self._waited += self._timer.interval()
        if self._condition():
            self._waited = 0
            try:
                self._what, self._condition = next(self._journey)
            except StopIteration:
                self._leave("")
        elif self._waited > PATIENCE:
            self._leave(f"waited in vain for {self._what}")

    def _leave(self, failure: str) -> None:
        self.failure = failure
        self._timer.stop()
        if failure:
            window().grab().save(str(Path(sys.argv[2]) / "journey-failed.png"))
            # What is not saved would be asked about.
            QApplication.exit()
        window().close()


def open_for(journey: Journey, folder: Path, speed: float) -> str:
    """Open the app for a person on a journey. Returns what went wrong, or nothing."""
    troubles: list[str] = []

    def tell(problem: Problem) -> None:
        troubles.append(str(problem))

    context = AppContext(user_paths(folder), SpedClock(SystemClock(), speed), tell)
    person = Person(journey)
    # The person sits down once the window's own event loop runs.
    begun = QApplication.exec

    def exec_with_person(_application: QApplication) -> int:
        person.begin()
        return begun()

    QApplication.exec = exec_with_person  # type: ignore[method-assign,assignment]
    try:
        open_window(context)
    finally:
        QApplication.exec = begun  # type: ignore[method-assign]
        context.close()
    return person.failure or "; ".join(troubles)


def planks() -> Journey:
    """Choose Planks by the minute, start, pause, go on, skip to the end, rate it, and find it in the history."""
    yield "its name for desktops", lambda: known_as("io.github.guided_session_timer.GuidedSessionTimer")
    yield "the list of sessions", lambda: row("Big three")
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    press("ctrl+f")
    yield "the search", lambda: isinstance(QApplication.focusWidget(), QLineEdit)
    type_text("planks")
    yield "what was found", lambda: row("Planks by the minute") and not row("Big three")
    click_row("Planks by the minute")
    yield "its page", lambda: reads("Planks by the minute") and button("Start")
    click(button("Start") or window())
    yield "the running session", lambda: reads("Plank") and button("Pause")
    press("space")
    yield "the pause", lambda: button("Go on") or reads("Paused")
    press("space")
    yield "the session going on", lambda: button("Pause")
    for number in range(6):
        press("Right")
        yield f"the end of interval {number + 1}", lambda: True
    yield "the finish page", lambda: reads("How hard was it?") and button("Done")
    press("6")
    yield "the rating", lambda: chosen("6")
    click(button("Done") or window())
    yield "the sessions again", lambda: button("Start")
    press("ctrl+2")
    yield "the run in the history", lambda: row("Planks by the minute")


def locked() -> Journey:
    """Lock the running session against paws, unlock it with a long Esc, and stop it with a short one."""
    yield "the list of sessions", lambda: row("Big three")
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    click_row("Big three")
    yield "its page", lambda: reads("Big three") and button("Start")
    click(button("Start") or window())
    yield "the running session", lambda: reads("Cat-cow") and enabled("Pause")
    skipping = hold("Right", 1.5)
    yield "the end of a long stroke", lambda: skipping.poll() == 0
    yield "one skip, and no more", lambda: says("Cat-cow") and says("Work")
    press("l")
    yield "the lock", lambda: not enabled("Pause")
    press("space")
    tapping = subprocess.Popen(["xdotool", "key", "--delay", "40", "--repeat", "30", "Escape"])
    yield "the end of many short strokes", lambda: tapping.poll() == 0
    yield "the lock still", lambda: not enabled("Pause")
    holding = hold("Escape", 3)
    yield "the page unlocked", lambda: enabled("Pause")
    yield "the end of the long Esc", lambda: holding.poll() == 0
    yield "no question from it", lambda: not reads("Stop here?") and not says("Paused")
    press("Escape")
    yield "the question", lambda: reads("Stop here?")
    press("Return")
    yield "the finish page", lambda: reads("How hard was it?")


def power_cut() -> Journey:
    """Begin the short session of one's own, and lose the power in the second set."""
    yield "one's own session", lambda: row("Supermen and holds")
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    click_row("Supermen and holds")
    yield "its page", lambda: reads("Supermen and holds") and button("Start")
    click(button("Start") or window())
    yield "the second set", lambda: says("set 2 of 3") and says("Work")
    os.kill(os.getpid(), signal.SIGKILL)


def go_on() -> Journey:
    """Take the offer to go on with it, from the set that was in progress, and do it to its end."""
    yield "the offer", lambda: reads("Go on with Superman, set 2 of 3?") and button("Go on")
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    click(button("Go on") or window())
    yield "the session, waiting", lambda: says("Paused") and says("set 2 of 3")
    press("space")
    yield "the finish page", lambda: reads("How hard was it?") and button("Done")


def start(*words: str) -> subprocess.Popen[bytes]:
    """Start the program once more, with the same folder; the window must go on meanwhile, for it has to answer."""
    return subprocess.Popen([sys.executable, "-m", "timer_app", "--data-dir", sys.argv[2], *words])


def double_clicks() -> Journey:
    """Open one session file from outside, then two at once, as a file manager does, and take both in."""
    files = [str(Path(sys.argv[2]) / f"{name}.session.yaml") for name in ("morning", "evening")]
    yield "the list of sessions", lambda: row("Big three")
    later = start("open", files[0])
    yield "the page of the file", lambda: says("Morning") and later.poll() == 0
    second = start(*files)
    yield "the question", lambda: second.poll() == 0 and reads("Add these 2 sessions?")
    yield "its button", lambda: button("Add")
    click(button("Add") or window())
    yield "both in the list", lambda: row("Morning") and row("Evening")


def last_session() -> Journey:
    """Ask from outside for the last session: before there is one, once there is, and while it runs."""
    yield "the list of sessions", lambda: row("Big three")
    vain = start("run", "--last")
    yield "that there is none", lambda: vain.poll() == 0 and reads("No session has been begun yet.")
    elsewhere = start("run", "superman-tens", "--no-window", "--speed", "1000")
    yield "one that is done in a terminal", lambda: elsewhere.poll() == 0
    again = start("run", "--last")
    yield "the same in the window", lambda: again.poll() == 0 and reads("Superman") and button("Pause")
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    press("space")
    yield "the pause", lambda: says("Paused")
    once_more = start("run", "--last")
    yield "it still paused", lambda: once_more.poll() == 0 and says("Paused")
    yield from close_in_session()


def close_in_session() -> Journey:
    """Close the window in the middle of a session; who leaves then closes it once more, which is a yes."""
    window().close()
    yield "the question whether to close", lambda: says("Close the window?")


JOURNEYS = {
    "last session": (last_session, 1.0),
    "double clicks": (double_clicks, 1.0),
    "planks": (planks, 2.0),
    "locked": (locked, 1.0),
    "power cut": (power_cut, 8.0),
    "go on": (go_on, 8.0),
}

if __name__ == "__main__":
    journey, speed = JOURNEYS[sys.argv[1]]
    failure = open_for(journey(), Path(sys.argv[2]), speed)
    if failure:
        sys.exit(failure)
