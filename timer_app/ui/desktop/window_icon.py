"""The program's picture, as a window hands it to its system."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from timer_app.paths import assets

_SIZES = (16, 24, 32, 48, 64, 128)
"""An SVG would have no picture of a fixed size, and takes twice as long."""


def window_icon() -> QIcon:
    """Return the picture in all its sizes."""
    icon = QIcon()
    for size in _SIZES:
        icon.addFile(str(assets() / "icons" / "guided-session-timer" / f"{size}.png"))
    return icon
