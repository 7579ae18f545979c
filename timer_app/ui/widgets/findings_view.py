"""The problems of a session file, in place of its plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.i18n import _, ngettext
from timer_app.problems import Finding
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import ROW_INSET, Card, margins

_MOST = 50


class FindingsView(QWidget):
    """A card for each finding, in the order of the lines; beyond the first fifty, the number of the others."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        margins(self._layout, ROW_INSET, Space.WIDE, spacing=Space.SMALL)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings instead of those shown before."""
        for card in self._cards:
            self._layout.removeWidget(card)
            card.deleteLater()
        self._cards = [self._card(finding) for finding in findings[:_MOST]]
        more = len(findings) - _MOST
        if more > 0:
            text = ngettext("And {n} more problem.", "And {n} more problems.", more).format(n=more)
            self._cards.append(Label(self._theme, text, tone="soft"))
        for card in self._cards:
            self._layout.addWidget(card)

    def _card(self, finding: Finding) -> Card:
        card = Card("warning")
        layout = QVBoxLayout(card)
        margins(layout, Space.LARGE, Space.MEDIUM, spacing=Space.HAIR)
        place = _("Line {line}, column {column}").format(line=finding.line, column=finding.column)
        if finding.where:
            place = f"{place} · {finding.where}"
        layout.addWidget(Label(self._theme, place, Type.SMALL, tone="warning", wrap=True))
        layout.addWidget(Label(self._theme, finding.problem, Type.STRONG, tone="warning", wrap=True))
        if finding.instead:
            instead = finding.instead[:1].upper() + finding.instead[1:]
            layout.addWidget(Label(self._theme, instead, Type.BODY, tone="warning", wrap=True))
        return card
