"""Set the accessible value of a progress bar that paints itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar


def set_bar_value(bar: QProgressBar, value: int, most: int) -> None:
    """Set a bar's value and maximum `most` without a repaint, which a new value would cause at once and in full."""
    if (bar.maximum(), bar.value()) == (most, value):
        return
    bar.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, True)  # noqa: FBT003 - a positional argument in Qt
    if bar.maximum() != most:
        bar.setRange(0, most)
    bar.setValue(value)
    bar.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)  # noqa: FBT003 - as above
