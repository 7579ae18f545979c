"""Telling a screen reader the value of a bar that paints itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar


def tell_value(bar: QProgressBar, value: int, most: int) -> None:
    """Give a bar this value of `most`, without having it painted: at a new value it would be at once, and whole."""
    if (bar.maximum(), bar.value()) == (most, value):
        return
    bar.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, True)  # noqa: FBT003 - Qt takes it by place
    if bar.maximum() != most:
        bar.setRange(0, most)
    bar.setValue(value)
    bar.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, False)  # noqa: FBT003 - as above
