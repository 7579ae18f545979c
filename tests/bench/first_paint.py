"""Open a window (`app DIR` or `empty`), print how long after BENCH_STARTED (Unix time, ns) it was painted, and go."""

from __future__ import annotations

import os
import sys
import time

STARTED = int(os.environ["BENCH_STARTED"])


def painted(what: str) -> None:
    print(what, (time.time_ns() - STARTED) / 1e6, flush=True)


def empty() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, there)

    def there() -> None:
        painted("window")
        painted("content")
        os._exit(0)

    application = QApplication(["empty"])
    window = Window()
    window.resize(1120, 760)
    window.show()
    application.exec()


def app(folder: str) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QListView, QMainWindow

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.shown = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                if isinstance(watched, QMainWindow) and not self.shown:
                    self.shown = True
                    QTimer.singleShot(0, lambda: painted("window"))
                parent = watched.parent()
                if isinstance(parent, QListView) and parent.model() is not None and parent.model().rowCount():
                    QTimer.singleShot(0, there)
            return False

    def there() -> None:
        painted("content")
        os._exit(0)

    watch = Watch()
    real = QApplication.exec

    def watched_exec(_application: QApplication) -> int:
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(watch)
        return real()

    QApplication.exec = watched_exec  # type: ignore[method-assign,assignment]
    from timer_app.cli import main

    # As from the desktop: no arguments, and the folders where the system says.
    for name, inside in (("DATA", "data"), ("CONFIG", "config"), ("CACHE", "cache"), ("STATE", "state")):
        os.environ[f"XDG_{name}_HOME"] = f"{folder}/{inside}"
    sys.exit(main([]))


if __name__ == "__main__":
    if sys.argv[1] == "empty":
        empty()
    else:
        app(sys.argv[2])
