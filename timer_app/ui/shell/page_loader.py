"""Import the package of a page, or of another large part of the window, when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, overload

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from timer_app.ui.editor.controller import EditorController
    from timer_app.ui.exercises.page import ExercisesPage
    from timer_app.ui.history.next_morning_question import NextMorningQuestion
    from timer_app.ui.history.page import HistoryPage
    from timer_app.ui.pages.help_page import HelpPage
    from timer_app.ui.pages.welcome_page import WelcomePage
    from timer_app.ui.run.run_pages import RunPages
    from timer_app.ui.sessions.file_drop import FileDrop
    from timer_app.ui.sessions.page import SessionsPage
    from timer_app.ui.settings.page import SettingsPage
    from timer_app.ui.support.services import Services

CLASSES = {
    "sessions": "timer_app.ui.sessions.page:SessionsPage",
    "file drop": "timer_app.ui.sessions.file_drop:FileDrop",
    "history": "timer_app.ui.history.page:HistoryPage",
    "next morning": "timer_app.ui.history.next_morning_question:NextMorningQuestion",
    "exercises": "timer_app.ui.exercises.page:ExercisesPage",
    "settings": "timer_app.ui.settings.page:SettingsPage",
    "help": "timer_app.ui.pages.help_page:HelpPage",
    "welcome": "timer_app.ui.pages.welcome_page:WelcomePage",
    "run": "timer_app.ui.run.run_pages:RunPages",
    "editor": "timer_app.ui.editor.controller:EditorController",
}
"""The class of each part, by the part's name. The overloads of `load` say what each of them takes."""


@overload
def load(name: Literal["sessions"], services: Services) -> SessionsPage: ...
@overload
def load(name: Literal["file drop"], services: Services, window: QWidget, ground: QWidget, /) -> FileDrop: ...
@overload
def load(name: Literal["history"], services: Services, parent: QWidget, /) -> HistoryPage: ...
@overload
def load(name: Literal["next morning"], services: Services) -> NextMorningQuestion: ...
@overload
def load(name: Literal["exercises"], services: Services) -> ExercisesPage: ...
@overload
def load(name: Literal["settings"], services: Services) -> SettingsPage: ...
@overload
def load(name: Literal["help"], services: Services) -> HelpPage: ...
@overload
def load(name: Literal["welcome"], services: Services) -> WelcomePage: ...
@overload
def load(name: Literal["run"], services: Services) -> RunPages: ...
@overload
def load(name: Literal["editor"], services: Services, window: QWidget, /) -> EditorController: ...


def load(name: str, services: Services, *widgets: QWidget) -> QObject:
    """Import a part's package and make the part. Raises KeyError for an unknown name."""
    module, _colon, class_name = CLASSES[name].partition(":")
    part: QObject = getattr(import_module(module), class_name)(services, *widgets)
    return part
