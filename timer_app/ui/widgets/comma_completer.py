"""Completion of the last word in a comma-separated line."""

from __future__ import annotations

from PySide6.QtWidgets import QCompleter, QLineEdit


class CommaCompleter(QCompleter):
    """Complete the last word of a comma-separated line."""

    def pathFromIndex(self, index: object) -> str:
        """Return the whole line with its last word completed."""
        widget = self.widget()
        line = widget.text() if isinstance(widget, QLineEdit) else ""
        before = line.rpartition(",")[0]
        word: str = super().pathFromIndex(index)  # type: ignore[arg-type] # an index of its model
        return f"{before}, {word}" if before else word

    def splitPath(self, path: str) -> list[str]:
        """Return the word after the last comma."""
        return [path.rpartition(",")[2].strip()]
