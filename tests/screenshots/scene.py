"""What a picture is taken of: the window on its stage, brought into a state that has a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QThreadPool
from PySide6.QtWidgets import QWidget

from tests.ui.stage import Stage
from timer_app.ui.history.page import HistoryPage
from timer_app.ui.sessions.page import SessionsPage
from timer_app.ui.shell.main_window import MainWindow

_RESTING, _MOST_TURNS = 8, 80
"""In how many turns of the event loop all parts must stay where they are, and how many are waited for at most."""


@dataclass(slots=True)
class Scene:
    """The window on its stage. `prepare` fills the folders before the window is made; `act` brings the state about."""

    stage: Stage
    window: MainWindow

    def settle(self) -> None:
        """Wait until what goes on beside the window is done, all of it is painted, and nothing moves any more.

        Qt passes a part's wish for more room on from layout to layout, one with each turn of its event loop.
        """
        resting = turns = 0
        places: list[QRect] = []
        while resting < _RESTING and turns < _MOST_TURNS:
            QThreadPool.globalInstance().waitForDone(5_000)
            self.stage.app.processEvents()
            before, places = places, [each.geometry() for each in self.window.findChildren(QWidget) if each.isVisible()]
            resting = resting + 1 if places == before else 0
            turns += 1

    @property
    def sessions(self) -> SessionsPage:
        """The Sessions page."""
        page = self.window.page_widget("sessions")
        assert isinstance(page, SessionsPage)
        return page

    @property
    def history(self) -> HistoryPage:
        """The History page."""
        page = self.window.page_widget("history")
        assert isinstance(page, HistoryPage)
        return page


@dataclass(frozen=True, slots=True)
class State:
    """Something to take a picture of."""

    name: str
    act: Callable[[Scene], None]
    prepare: Callable[[Stage], None]
    welcomed: bool


STATES: list[State] = []


def with_history(stage: Stage) -> None:
    stage.add_demo_history()


def with_nothing(stage: Stage) -> None:
    """Leave everything as on the first day."""


def state(
    name: str, prepare: Callable[[Stage], None] = with_history, *, welcomed: bool = True
) -> Callable[[Callable[[Scene], None]], Callable[[Scene], None]]:
    """Register a function that brings a state about, under the name that its pictures get."""

    def register(act: Callable[[Scene], None]) -> Callable[[Scene], None]:
        STATES.append(State(name, act, prepare, welcomed))
        return act

    return register
