"""Handing a file or a folder to the program that the person opens it with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.support.messages import Messages


def open_outside(target: Path, messages: Messages) -> None:
    """Open a file or a folder outside this program; where nothing can, tell where it is."""
    # By way of its bytes: to Qt a path is text, and there are names that are none.
    if not QDesktopServices.openUrl(QUrl.fromEncoded(target.absolute().as_uri().encode())):
        what = _("No program was found to open {name}.").format(name=target.name)
        messages.show_problem(Problem(what, _("It is in {folder}.").format(folder=target.parent)))
