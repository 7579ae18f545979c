"""A person who writes sessions: from nothing, with keys and mouse, breaking and mending, and after a power cut.

Run as a program, like `person.py`. What there is to press is found by the names that a screen reader says.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTreeView, QWidget

from tests.journeys.person import (
    Journey,
    button,
    click,
    close_in_session,
    open_for,
    press,
    reads,
    row,
    sit_down,
    window,
)

ABOUT = (
    "Core and low back for runners, for an easy day or the day after a long run. "
    "Sheets for sore backs avoid full sit-ups: leave them out on a sore day."
)
Values = dict[str, str | None]
PHASES: Values = {"Up and down": None, "Way up": "1s", "Hold at the top": "1s", "Way down": "2s"}
STEPS: tuple[tuple[str, Values], ...] = (
    ("cat-cow", {"Reps": "6", "Time for a rep": None, "Each rep takes": "6s"}),
    ("plank", {"Hold for": "1:00", "Rest between sets": "45s"}),
    ("superman", PHASES),
    ("six-inch", {"Add a line": None, "When line 1 is said": "3s", "Line 1": "Bend your knees if your back lifts"}),
    ("feet-up", PHASES | {"Hold at the top": ""}),
    ("side plank", {"Rest between sets": "5s"}),
    ("bird dog", {"Reps": "5"} | PHASES | {"Way up": "2s", "Hold at the top": "2s"}),
    ("knee to chest", {}),
    ("lying knee", {}),
    ("cobra", {"Add a line": None, "When line 1 is said": "4s", "Line 1": "Stop if pain runs down your leg"}),
    ("child", {"Hold for": "30s"}),
)
"""What is typed in the picker, and what is then set in the form; None is for a button, which is pressed."""


def type_fast(text: str) -> None:
    """Type a text as quickly as the X server takes it."""
    subprocess.run(["xdotool", "type", "--delay", "12", text], check=True, timeout=60)


def make_room() -> None:
    """Give the window most of the screen, as a person does who is going to write."""
    size = ("1500", "1150")
    subprocess.run(["xdotool", "windowsize", "--sync", str(int(window().winId())), *size], check=True, timeout=10)


def field(name: str) -> QWidget | None:
    """A visible field by the name that a screen reader says."""
    kinds = (QAbstractSpinBox, QLineEdit, QPlainTextEdit, QComboBox)
    found = (each for top in QApplication.topLevelWidgets() for kind in kinds for each in top.findChildren(kind))
    return next((each for each in found if each.isVisible() and each.accessibleName() == name), None)


def written(widget: QWidget | None) -> str:
    """What is written in a field."""
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    return widget.text() if isinstance(widget, QLineEdit | QAbstractSpinBox) else ""


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def tree() -> QTreeView | None:
    return next((view for view in window().findChildren(QTreeView) if view.isVisible()), None)


def steps() -> int:
    """How many steps the tree shows, without the session's own row."""
    view = tree()
    model = view.model() if view is not None else None
    return model.rowCount() - 1 if model is not None else -1


def fill(name: str, text: str | None) -> Journey:
    """Type a text in a field in place of what is there, or press a button."""
    if text is None:
        yield f"the button “{name}”", lambda: button(name)
        click(button(name) or window())
        return
    yield f"the field “{name}”", lambda: field(name)
    click(field(name) or window())
    yield f"the focus in “{name}”", lambda: field(name) is focus()
    press("ctrl+a", "BackSpace")
    type_fast(text)
    # A list of what may be written closes by itself: the focus goes on once it is gone, as for somebody who looks.
    yield f"“{text}” to be read in “{name}”", lambda: written(field(name)) == text
    press("Tab")
    yield f"“{text}” in “{name}”", lambda: field(name) is not focus()


def add(typed: str, before: int) -> Journey:
    """Add a step from the catalogue after the one that is chosen."""
    press("Insert")
    yield (
        "the catalogue",
        lambda: isinstance(QApplication.activeModalWidget(), QWidget) and isinstance(focus(), QLineEdit),
    )
    type_fast(typed)
    yield f"what there is for {typed!r}", lambda: True
    press("Return")
    yield f"step {before + 1}", lambda: steps() == before + 1
    # No window manager gives the keyboard back to the window here.
    sit_down()
    yield "the tree of steps", lambda: focus() is tree()


def to_the_tree() -> Journey:
    """Go back from the fields to the steps."""
    press("Escape")
    yield "the tree of steps", lambda: focus() is tree()


def begin_new() -> Journey:
    yield "the list of sessions", lambda: row("Big three")
    sit_down()
    make_room()
    yield "the keyboard", lambda: window().isActiveWindow()
    press("ctrl+n")
    yield "the empty editor", lambda: button("Add the first step") and field("Name")


def build_runner_core() -> Journey:
    """Write Runner core anew, with keys and mouse."""
    yield from begin_new()
    yield from fill("Name", "Runner core")
    yield from fill("What it is for", ABOUT)
    click(field("For whom") or window())
    press("r", "Return")
    yield from fill("Tags", "core, back, runners")
    yield from to_the_tree()
    for number, (typed, values) in enumerate(STEPS):
        yield from add(typed, number)
        for name, text in values.items():
            yield from fill(name, text)
        if values:
            yield from to_the_tree()
    press("ctrl+s")
    yield "what is saved", lambda: reads("· saved")


def five_planks() -> Journey:
    """Thirty seconds of plank, fifteen of rest, five times, then a minute of child's pose: from the list to its run."""
    yield from begin_new()
    click(button("Add the first step") or window())
    yield "the catalogue", lambda: isinstance(focus(), QLineEdit) and QApplication.activeModalWidget()
    type_fast("plank")
    press("Return")
    yield "the plank", lambda: steps() == 1 and field("Sets")
    sit_down()
    yield from fill("Sets", "5")
    yield from fill("Rest between sets", "15s")
    yield from to_the_tree()
    yield from add("child", 1)
    press("ctrl+s")
    yield "what is saved", lambda: reads("· saved")
    press("Escape")
    yield "its page", lambda: reads("My session") and button("Start")
    press("Return")
    yield "the running session", lambda: reads("Plank") and button("Pause")
    yield from close_in_session()


def break_and_mend() -> Journey:
    """Break the text of a session, see where, mend it, and find the form as it was."""
    yield "one's own session", lambda: row("Mine")
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    press("ctrl+e")
    yield "the editor", lambda: steps() == 2
    press("ctrl+t")
    yield "the text", lambda: isinstance(focus(), QPlainTextEdit)
    press("ctrl+Home")
    type_fast('"')
    yield "the problem", lambda: reads("1 problem") and reads("Line 1")
    press("ctrl+t")
    yield (
        "the form, waiting",
        lambda: reads("The text has to be mended first") and (tree() or window()).isEnabled() is False,
    )
    press("ctrl+t")
    yield "the text again", lambda: isinstance(focus(), QPlainTextEdit)
    press("BackSpace", "ctrl+End")
    type_fast("  - rest: 12s")
    yield "the new total", lambda: reads("0:37") and not reads("1 problem")
    press("ctrl+t")
    yield "the form", lambda: focus() is tree() and steps() == 3 and not reads("The text has to be mended first")
    press("ctrl+z")
    yield "the last word taken back", lambda: reads("1 problem")
    press("ctrl+shift+z")
    yield "the last word again", lambda: reads("0:37") and not reads("1 problem")
    press("ctrl+s")
    yield "what is saved", lambda: reads("· saved")


def type_until_the_power_goes() -> Journey:
    """Change a session, and lose the power before it is saved."""
    yield "one's own session", lambda: row("Mine")
    sit_down()
    make_room()
    yield "the keyboard", lambda: window().isActiveWindow()
    press("ctrl+e")
    yield "the editor", lambda: field("Name")
    yield from fill("Name", "Mine and longer")
    yield "what is kept", lambda: list(Path(sys.argv[2]).glob("state/drafts/*.json"))
    os.kill(os.getpid(), signal.SIGKILL)


def go_on_editing() -> Journey:
    """Take the offer to go on with what was not saved, and save it."""
    yield "the offer", lambda: reads("Mine and longer") and button("Go on")
    sit_down()
    yield "the keyboard", lambda: window().isActiveWindow()
    click(button("Go on") or window())
    yield "the editor", lambda: reads("not saved yet") and steps() == 2
    press("ctrl+s")
    yield "what is saved", lambda: reads("· saved")


JOURNEYS = {
    "runner core": build_runner_core,
    "five planks": five_planks,
    "break and mend": break_and_mend,
    "power cut": type_until_the_power_goes,
    "go on": go_on_editing,
}

if __name__ == "__main__":
    failure = open_for(JOURNEYS[sys.argv[1]](), Path(sys.argv[2]), 1.0)
    if failure:
        sys.exit(failure)
