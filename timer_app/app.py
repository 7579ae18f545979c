"""Start of the window: for a second start it only hands over what was asked for, and loads no Qt."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from timer_app.context import SESSION_SUFFIXES, AppContext
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.desktop.single_instance import SingleInstance


def open_window(context: AppContext, sessions: Sequence[str] = (), *, begin: bool = False) -> int:
    """Open the window, with a session shown or begun in it, and return the exit code once it is closed.

    A window that is open already is raised instead, and takes the session. With none to begin, it is the one that was
    begun last; a window in which one runs, or waits to be rated, is then only raised. Each of `sessions` is a stem, a
    title or the path of a file; several have to be files, and are looked through as if they had been dropped on the
    window. Raises Problem when there is no screen, or no such session.
    """
    for session in sessions:
        context.session(session)
    if len(sessions) > 1 and not all(session.endswith(SESSION_SUFFIXES) for session in sessions):
        raise Problem(
            _("Only one session can be shown at a time."), _("Name one, or several files to have them copied in.")
        )
    if not has_screen(sys.platform, os.environ):
        raise Problem(
            _("There is no screen here to open a window on."),
            _("Without one: timer-app run planks-by-the-minute --no-window"),
        )
    instance = SingleInstance(context.paths)
    arguments = [*map(_absolute, sessions), "begin" if begin else "show"] if sessions or begin else []
    if instance.hand_over(arguments):
        return 0
    from timer_app.ui.shell.event_loop import run_event_loop  # noqa: PLC0415 - a second start needs no Qt

    try:
        return run_event_loop(context, instance, arguments)
    finally:
        instance.close()


def _absolute(session: str) -> str:
    """Return a session's name, or the absolute path of its file."""
    return str(Path(session).absolute()) if session.endswith(SESSION_SUFFIXES) else session


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether a window can be opened: on Linux there must be a display, or a Qt platform that needs none."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environment.get(name) for name in names)
