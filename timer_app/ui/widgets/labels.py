"""Labels in plain text with a role of the type scale, and tooltips in plain text."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from timer_app.plain_text import plain_line, plain_text
from timer_app.ui.look.theme import Theme, Type


def plain_tip(text: str) -> str:
    """Return a text for a tooltip, escaped where Qt would read it as HTML."""
    return paragraphs(text) if "<" in text or "&lt;" in text else plain_text(text)


def paragraphs(*texts: str) -> str:
    """Return texts as escaped HTML paragraphs for a tooltip, which Qt wraps."""
    return "".join(f"<p>{escape(plain_text(text))}</p>" for text in texts if text).replace("\n", "<br>")


def set_tip(widget: QWidget, text: str, key: str = "") -> None:
    """Set a tooltip that is never read as HTML, with its key in native text: `Start (Return)`."""
    if key:
        text = f"{text} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})"
    widget.setToolTip(plain_tip(text))


def show_tip(at: QPoint, widget: QWidget, *texts: str) -> None:
    """Show a tooltip at a global position, never read as HTML; with no text, hide it."""
    QToolTip.showText(at, paragraphs(*texts), widget)


def menu_text(name: str) -> str:
    """Return a name as text for a menu or a button, with its ampersands escaped."""
    return plain_line(name).replace("&", "&&")


class Label(QLabel):
    """A label whose font follows the theme.

    `tone` is empty for plain text, or `soft`, `accent`, `info` or `warning`. Text is never read as HTML, and
    its control characters are removed.
    """

    def __init__(
        self, theme: Theme, text: str = "", role: Type = Type.BODY, *, tone: str = "", wrap: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(plain_text(text))

    def _apply_theme(self) -> None:
        self.setFont(self._theme.font(self._role))


class ElidedLabel(Label):
    """A label of one line, elided where space is short, with the whole text as its tooltip then."""

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for the ellipsis alone."""
        return QSize(self.fontMetrics().averageCharWidth() * 3, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as fits."""
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        set_tip(self, "" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        # An ellipsis alone says nothing.
        painter.drawText(self.contentsRect(), int(self.alignment()), shown if len(shown) > 1 else "")
