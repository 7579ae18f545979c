"""Open files and folders in the program that the desktop has for them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.support.messages import Messages


def open_externally(target: Path, messages: Messages) -> None:
    """Open a file or a folder in another program, or show a problem that says where it is."""
    # From bytes: Qt takes a path as text, and a file name need not be valid text.
    if not QDesktopServices.openUrl(QUrl.fromEncoded(target.absolute().as_uri().encode())):
        what = _("No program was found to open {name}.").format(name=target.name)
        messages.show_problem(Problem(what, _("It is in {folder}.").format(folder=target.parent)))
