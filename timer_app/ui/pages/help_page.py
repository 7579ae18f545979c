"""The Help page: keys, how things work, the health note, licences and version."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from timer_app import __version__
from timer_app.i18n import _
from timer_app.presentation.health_note import health_lead, health_points
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, ScrollPage, margins

WIDTH = 760


class HelpPage(ScrollPage):
    """The Help page."""

    def __init__(self, services: Services) -> None:
        super().__init__(WIDTH)
        self._theme = services.theme
        self._services = services
        self._body = QVBoxLayout(self.content)
        margins(self._body, Space.WIDE, Space.WIDE, spacing=Space.MEDIUM)
        self._body.addWidget(Label(self._theme, _("Help"), Type.DISPLAY))
        self._add(_("While a session runs"), self._keys(_run_keys()))
        self._add(_("Everywhere"), self._keys(_page_keys()))
        self._add(_("While you look back"), self._keys(_history_keys()))
        self._add(_("While you write a session"), self._keys(_editor_keys()))
        self._add(_("Your health"), self._paragraphs([health_lead(), *(f"{a} {b}" for a, b in health_points())]))
        self._add(_("Your own sessions"), self._paragraphs(self._about_files()))
        self._add(_("About"), self._paragraphs(_about()))
        self._body.addStretch(1)

    def _add(self, title: str, card: Card) -> None:
        self._body.addSpacing(Space.MEDIUM)
        self._body.addWidget(Label(self._theme, title, Type.HEADING))
        self._body.addWidget(card)

    def _keys(self, keys: Sequence[tuple[str, str]]) -> Card:
        card = Card()
        grid = QGridLayout(card)
        margins(grid, Space.WIDE, Space.LARGE, spacing=Space.SMALL)
        grid.setHorizontalSpacing(Space.WIDE)
        for number, (key, meaning) in enumerate(keys):
            label = Label(self._theme, key, Type.STRONG)
            label.setProperty("role", "chip")
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Label(self._theme, meaning, wrap=True), number, 1)
        grid.setColumnStretch(1, 1)
        return card

    def _paragraphs(self, texts: Sequence[str]) -> Card:
        card = Card()
        layout = QVBoxLayout(card)
        margins(layout, Space.WIDE, Space.LARGE, spacing=Space.MEDIUM)
        for text in texts:
            label = Label(self._theme, text, wrap=True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            layout.addWidget(label)
        return card

    def _about_files(self) -> tuple[str, ...]:
        return (
            _("Edit changes a session here. It is also a page of text that you can change in any text editor."),
            _(
                "Yours are in {folder}. A file that is put there shows up at once, with its problems line by line."
            ).format(folder=self._services.paths.sessions),
        )


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _run_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_native("Space"), _("Pause, and go on")),
        ("← →", _("Back, and skip")),
        ("↑", _("Ten seconds more")),
        (_native("Return"), _("Done, in a step that waits for you")),
        ("M", _("Sound off, and on")),
        ("F", _("Full screen")),
        ("L", _("Lock keys and clicks, but for a headset's pause; hold Esc for a second to unlock")),
        ("0–9 + −", _("How many there were, in the rest after work that you count")),
        (_native("Esc"), _("Stop; it asks once, and keeps what was done")),
    )


def _page_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_native("Ctrl+1"), _("Sessions")),
        (_native("Ctrl+2"), _("History")),
        (_native("Ctrl+3"), _("Exercises")),
        (_native("Ctrl+F"), _("Search")),
        (_native("Ctrl+N"), _("A new session")),
        (_native("Ctrl+E"), _("Change the session that is shown")),
        (f"{_native('F2')}  {_native('Del')}", _("Rename a session of yours, and delete it")),
        (_native("Return"), _("Start the session that is shown")),
        (_native("Space"), _("Leave a step out for today, or take it in again")),
        ("S", _("Swap a step's exercise for an easier or a harder one, for today")),
        ("H", _("How the exercise of a step is done")),
        (_native("Ctrl+Return"), _("Start from the step that is chosen")),
        (_native("Ctrl+,"), _("Settings")),
        (f"{_native('F1')}  ?", _("This page")),
        (_native("F11"), _("Full screen, and back")),
        (_native("Esc"), _("Back")),
    )


def _history_keys() -> tuple[tuple[str, str], ...]:
    return (
        ("← → ↑ ↓", _("From value to value of a chart; Home and End to the first and the last")),
        (_native("Return"), _("The runs of the day that is pointed at, and again those of any day")),
        (_native("Ctrl+N"), _("Add what you did away from the computer")),
        (_native("Del"), _("Delete the run that is shown")),
        (f"{_native('Ctrl+Z')}  {_native('Ctrl+Shift+Z')}", _("Undo and redo, for thirty days")),
    )


def _editor_keys() -> tuple[tuple[str, str], ...]:
    return (
        (_native("Ins"), _("Add a step after the chosen one")),
        (_native("F2"), _("Go to the form; Esc leads back to the steps")),
        ("Alt+↑ ↓ ← →", _("Move a step up and down, out of rounds and into them")),
        (_native("Ctrl+D"), _("Duplicate")),
        (f"{_native('Ctrl+X')}  {_native('Ctrl+C')}  {_native('Ctrl+V')}", _("Cut, copy and paste steps, as text too")),
        (_native("Ctrl+G"), _("Make rounds of the chosen steps; with Shift, take rounds apart")),
        (f"{_native('Ctrl+Z')}  {_native('Ctrl+Shift+Z')}", _("Undo and redo, in the form and in the text")),
        (_native("Ctrl+T"), _("The form, and the file as text")),
        (_native("F8"), _("The next problem")),
        (_native("Ctrl+L"), _("Hear the lines of a step")),
        (_native("Ctrl+Return"), _("Try the session from a step, with nothing recorded")),
        (_native("Ctrl+S"), _("Save")),
    )


def _about() -> tuple[str, ...]:
    return (
        _("Guided Session Timer {version}, under the MIT licence.").format(version=__version__),
        _(
            "It stands on Qt {qt} and PySide6 (LGPL 3), Python {python} (PSF), miniaudio (MIT), pyttsx3 (MPL 2),"
            " PyYAML (MIT) and platformdirs (MIT). The voice is your computer's own."
        ).format(qt=qVersion(), python=platform.python_version()),
        _("No account, no network: what you do stays on this computer."),
    )
