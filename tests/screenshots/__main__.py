"""Take a picture of every page in every state, in both appearances and several sizes.

    python -m tests.screenshots FOLDER [PART…]

A picture is called STATE-THEME-SIZE.png, with the size of text where it is not 100 %, the app's own (`-150`) or the
system's (`-system150`); with PARTs only those whose name has one of them in it are taken. It needs a
screen, a virtual one will do. Another state is another function in the module of its page, marked with
`@state`.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.screenshots import code, editing, exercises, form, history, parts, running, sessions, tree
from tests.screenshots.scene import STATES, Scene, State, state, with_nothing
from tests.ui.stage import Stage
from timer_app.settings import Appearance, Settings
from timer_app.ui.look.theme import Theme
from timer_app.ui.shell.main_window import MainWindow

_VIRTUAL_DISPLAY = Path(__file__).parents[2] / "packaging" / "virtual_display.py"


class Look(NamedTuple):
    """How a picture is taken: in a window of so many real pixels, with text of so many per cent.

    `system` is the size of the system's own text in per cent, which makes several real pixels to a logical one.
    """

    appearance: Appearance
    width: int
    height: int
    percent: int = 100
    system: int = 100

    def __str__(self) -> str:
        larger = f"-{self.percent}" if self.percent != 100 else ""
        system = f"-system{self.system}" if self.system != 100 else ""
        return f"{self.appearance}-{self.width}x{self.height}{larger}{system}"


_LOOKS = (
    Look(Appearance.LIGHT, 1024, 700),
    Look(Appearance.DARK, 1024, 700),
    Look(Appearance.LIGHT, 1920, 1080),
    Look(Appearance.DARK, 1920, 1080),
    Look(Appearance.LIGHT, 800, 600),
    Look(Appearance.DARK, 800, 600),
    Look(Appearance.LIGHT, 1024, 700, 150),
    Look(Appearance.DARK, 800, 600, 150),
    # What a frame leaves of the commonest laptop's screen, 1366×768.
    Look(Appearance.LIGHT, 1366, 740, system=150),
    Look(Appearance.DARK, 1366, 740, system=150),
    Look(Appearance.LIGHT, 1366, 740, system=200),
)


PAGES = (sessions, history, exercises, running)
"""The pages whose states are registered as these are loaded; the editor's follow."""

for _name, _show in parts.PARTS.items():
    state(_name)(lambda scene, show=_show: show(scene.stage, scene.window))  # type: ignore[misc]
for _module in (code, form, tree, editing):
    for _name, _act in _module.STATES:
        state(_name, with_nothing)(_act)


def pictures(parts: list[str], system: int) -> Iterator[tuple[State, Look, str]]:
    """Return what there is to take where the system's text has this size, with the name of each picture.

    Those of one look follow one another.
    """
    for look in _LOOKS:
        for shown in STATES:
            name = f"{shown.name}-{look}"
            if look.system == system and (not parts or any(part in f"{name}.png" for part in parts)):
                yield shown, look, name


def picture_of(window: MainWindow) -> QPixmap:
    """Return the window as it is on screen, with a dialog of its own on top of it."""
    picture = window.grab()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            painter = QPainter(picture)
            painter.setOpacity(0.35)
            painter.fillRect(window.rect(), window.palette().shadow())
            painter.setOpacity(1)
            place = window.rect().center() - dialog.rect().center()
            painter.drawPixmap(place, dialog.grab())
            painter.end()
    return picture


class Homes:
    """The person's folders behind the pictures: each kind is made once, and every picture gets a copy of it."""

    def __init__(self, app: QApplication, theme: Theme, folder: Path) -> None:
        self._app = app
        self._theme = theme
        self._folder = folder
        self._made: dict[Callable[[Stage], None], Path] = {}

    def copy(self, prepare: Callable[[Stage], None]) -> Path:
        """Return folders of their own as `prepare` fills them, with the library read already."""
        if prepare not in self._made:
            first = self._made[prepare] = self._folder / f"kind-{len(self._made)}"
            stage = Stage(self._app, first, theme=self._theme)
            prepare(stage)
            stage.services.library.refresh()
            stage.close()
        home = self._folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._made[prepare], home)
        return home


def put_away(window: MainWindow) -> None:
    """Free a window and all that is in it: no event loop runs here that would, and each change of look asks them all.

    What is left on the way in circles is collected too.
    """
    window.close_unasked()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def take(app: QApplication, folder: Path, parts: list[str]) -> int:
    """Take the pictures and return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    # One for all: a second would take the first one's text for the system's own.
    theme = Theme(app, Settings())
    taken = 0
    ratio = app.devicePixelRatio()
    with tempfile.TemporaryDirectory() as homes_folder:
        homes = Homes(app, theme, Path(homes_folder))
        for shown, look, name in pictures(parts, round(100 * ratio)):
            home = homes.copy(shown.prepare)
            settings = replace(
                Settings(), appearance=look.appearance, text_percent=look.percent, welcomed=shown.welcomed
            )
            stage = Stage(app, home, settings, theme=theme)
            window = MainWindow(stage.services)
            # The least size is for the screen at hand, and the picture may be of a smaller one.
            window.setMinimumSize(1, 1)
            window.resize(round(look.width / ratio), round(look.height / ratio))
            window.show()
            # The first paint furnishes the window, and comes when the screen is ready for it.
            QTest.qWaitForWindowExposed(window, 5_000)
            while not window.page:
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            scene = Scene(stage, window)
            scene.settle()
            shown.act(scene)
            scene.settle()
            picture_of(window).save(str(folder / f"{name}.png"))
            taken += 1
            put_away(window)
            stage.close()
    return taken


def main() -> int:
    """Take the pictures into the folder that the command line names."""
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    app = QApplication(sys.argv[:1])
    taken = take(app, Path(sys.argv[1]), sys.argv[2:])
    print(f"{taken} pictures", flush=True)
    if app.devicePixelRatio() != 1:
        return 0
    # The size of the system's text is settled when a program begins, and a dialog is no larger than the screen.
    again = [sys.executable, str(_VIRTUAL_DISPLAY), "tests.screenshots", *sys.argv[1:]]
    failed = 0
    for system in sorted({look.system for look in _LOOKS} - {100}):
        if any(pictures(sys.argv[2:], system)):
            ours = {**os.environ, "VIRTUAL_SCREEN": "1366x768x24", "QT_FONT_DPI": str(96 * system // 100)}
            failed = max(failed, subprocess.run(again, env=ours, check=False).returncode)
    return failed


if __name__ == "__main__":
    sys.exit(main())
