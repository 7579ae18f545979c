"""Media keys for a running session, where the desktop passes them on (Linux: MPRIS)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timer_app.ui.support.session_driver import SessionDriver


def serve_media_keys(
    driver: SessionDriver,
    *,
    refuses: Callable[[], bool],
    ask_to_stop: Callable[[], None],
    raise_window: Callable[[], None],
) -> None:
    """Let the desktop's media keys steer the session behind `driver` until it ends.

    While `refuses` says so they play and pause, and no more.
    Elsewhere than on Linux the keys come as key presses, and without a session bus there is nobody to serve: then
    nothing happens.
    """
    if not has_session_bus(sys.platform, os.environ):
        return
    from timer_app.ui.desktop import mpris  # noqa: PLC0415 - loads QtDBus, which Linux alone has

    player = mpris.MediaPlayer(driver, refuses=refuses, ask_to_stop=ask_to_stop, raise_window=raise_window)
    player.serve()


def has_session_bus(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether there is a session bus to connect to, without having one started for it."""
    if not platform.startswith("linux"):
        return False
    if environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = environment.get("XDG_RUNTIME_DIR")
    return bool(runtime) and Path(runtime or "", "bus").exists()
