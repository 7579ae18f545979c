"""Collecting garbage on the GUI thread alone.

Python looks for garbage on whichever thread happens to need memory. What it finds may be a control of the window, and
those can be taken apart on the GUI thread only: on another one the program dies of a segmentation fault.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 5_000
"""Milliseconds between two looks: our choice."""


class GuiThreadGarbageCollector(QObject):
    """Turns Python's own collecting off, and looks by itself now and then, until it is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.collect_due)
        gc.disable()
        self._timer.start()

    def collect_due(self) -> int:
        """Collect the generations that are due, as Python would, and return how many objects were let go."""
        due = -1
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)):
            if count <= threshold:
                break
            due = generation
        return gc.collect(due) if due >= 0 else 0

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()
