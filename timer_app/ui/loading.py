"""Modules loaded ahead, a few milliseconds at a time, so that the page they belong to is there when it is wanted.

They are loaded on the screen's thread: PySide makes its classes as they are first asked for, and of two threads that
ask at once one can be given half of a class.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

PAUSE = 40
"""Milliseconds between two modules, each of which takes some 2 to 15: the window answers in between."""

HISTORY = (
    *("timer_app.history.reading", "timer_app.history.comfort", "timer_app.history.progress"),
    *("timer_app.history.merging", "timer_app.history.mending"),
    *(f"timer_app.ui.widgets.{name}" for name in ("choices", "switch", "several")),
    *(
        f"timer_app.ui.history.{name}"
        for name in (
            *("chart", "charts", "trend", "steps", "tags", "dates", "filters", "overview", "runs", "detail"),
            *("adding", "pauses", "beside", "exercises", "looking_back", "tools", "page"),
        )
    ),
)
"""What the History page is made of, each after what it stands on."""


class Loading(QObject):
    """Loads modules one after the other, beginning after a moment."""

    def __init__(self, modules: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = list(modules)
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self._load_next)

    @property
    def done(self) -> bool:
        """Whether all is loaded."""
        return not self._waiting

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def _load_next(self) -> None:
        while self._waiting:
            name = self._waiting.pop(0)
            if name not in sys.modules:
                import_module(name)
                return
        self._timer.stop()
