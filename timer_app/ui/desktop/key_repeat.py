"""Distinguish held keys from repeated presses on X11.

X11 reports each repeat of a held key as a release and a press at one and the same time. Qt takes the two together only
where the press has already come in when it reads the release: of the repeats on an idle display it took half for real
strokes, which paused and went on, or skipped, many times over.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow


def mark_key_repeats(window: QWindow) -> None:
    """Let every press that repeats a held key reach `window` as such, for as long as it lives."""
    if QGuiApplication.platformName() == "xcb":
        window.installEventFilter(KeyRepeatFilter(window))


class KeyRepeatFilter(QObject):
    """Sees a window's keys before its widgets do, and sends a press on as a repeat where it is one.

    The release before it has gone out as a real one by then: whoever waits for one has to bear that.
    """

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._released: tuple[int, int] | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember each release, and mend each press that goes with it."""
        if not isinstance(event, QKeyEvent):
            return False
        stroke = (event.nativeScanCode(), event.timestamp())
        if event.type() is QEvent.Type.KeyRelease:
            self._released = stroke
        elif event.type() is QEvent.Type.KeyPress and stroke == self._released and not event.isAutoRepeat():
            QCoreApplication.sendEvent(watched, _as_repeat(event))
            return True
        return False


def _as_repeat(event: QKeyEvent) -> QKeyEvent:
    """Return the same press as an auto-repeat."""
    repeat = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        True,  # noqa: FBT003 - Qt takes it by its place alone
        event.count(),
    )
    repeat.setTimestamp(event.timestamp())
    return repeat
