"""A user on the commonest laptop, whose system is set to larger text: everything to press is within the screen.

Run as a program, like `person.py`, on a screen with a window manager.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QRect

from tests.journeys.person import Journey, button, click, open_for, press, reads, row, sit_down, window


def framed() -> bool:
    """Whether the window manager has put a frame around the window."""
    return window().frameGeometry() != window().geometry()


def fits() -> bool:
    """Whether the window with its frame is within the screen, rounding apart."""
    return window().screen().availableGeometry().adjusted(0, 0, 1, 1).contains(window().frameGeometry())


def seen(*names: str) -> bool:
    """Whether buttons by these names are in the window, and the window is within the screen."""
    inside = window().rect()
    found = [button(name) for name in names]
    places = [QRect(each.mapTo(window(), QPoint()), each.size()) for each in found if each is not None]
    return len(places) == len(names) and all(inside.contains(place) for place in places) and fits()


def all_in_view() -> Journey:
    """Start a session and end it, in the first window, in a maximised one, and in the first one again."""
    yield "the list of sessions", lambda: row("Big three") and framed()
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    yield from start_and_end("first")
    first = window().size()
    window().showMaximized()
    yield "the window maximised", window().isMaximized
    yield from start_and_end("maximised")
    window().showNormal()
    yield "the window as it was", lambda: window().size() == first
    yield from start_and_end("restored")


def start_and_end(state: str) -> Journey:
    """Go through the pages, and start a session and end it, in a window in this state."""
    yield f"Start in the {state} window", lambda: seen("Start", "Settings", "Help")
    press("ctrl+2", "ctrl+3", "F1", "ctrl+1")
    yield f"the {state} window after other pages", lambda: seen("Start")
    click(button("Start") or window())
    running = ("Back", "Pause", "Skip", "10 seconds more", "Sound off", "Full screen", "Lock", "Stop")
    yield f"all buttons of a session in the {state} window", lambda: seen(*running)
    press("Escape")
    yield f"the question in the {state} window", lambda: reads("Stop here?") and seen("Keep going")
    press("Return")
    yield f"the end of a session in the {state} window", lambda: reads("How hard was it?") and seen("Done")
    click(button("Done") or window())


if __name__ == "__main__":
    failure = open_for(all_in_view(), Path(sys.argv[2]), 1.0)
    if failure:
        sys.exit(failure)
