"""Today's suggestion above the list of sessions: what to do, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from timer_app.coaching.suggestion import Suggestion
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import ElidedLabel, Label, menu_text, set_tip
from timer_app.ui.widgets.layouts import Card, margins


class SuggestionCard(Card):
    """A session to do today. `chosen` carries its stem when the user wants to look at it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.suggestion: Suggestion | None = None
        self.button = Button(theme, "", role="row")
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._choose)
        self.why = ElidedLabel(theme, role=Type.SMALL, tone="soft")
        layout = QVBoxLayout(self)
        margins(layout, Space.MEDIUM, Space.SMALL, spacing=Space.TIGHT)
        self._heading = Label(theme, _("Today"), Type.LABEL, tone="accent")
        layout.addWidget(self._heading)
        layout.addWidget(self.button)
        layout.addWidget(self.why)
        self.hide()

    def set_compact(self, *, compact: bool) -> None:
        """Show the session alone, or the reason as well; the tooltip has both."""
        self._heading.setHidden(compact)
        self.why.setHidden(compact)

    def show_suggestion(self, suggestion: Suggestion | None) -> None:
        """Show a suggestion, or nothing where there is none."""
        self.suggestion = suggestion
        self.setVisible(suggestion is not None)
        if suggestion is None:
            return
        entry = suggestion.entry
        name = _("{session} · {length}").format(session=entry.title, length=formatting.about_minutes(entry.total))
        self.button.setText(menu_text(name))
        why = _("Why: {reason}").format(reason=suggestion.why)
        self.why.setText(why)
        tip = _("Today’s suggestion: {session}. {why}").format(session=name, why=why)
        self.button.setAccessibleName(tip)
        set_tip(self.button, tip)

    def _choose(self) -> None:
        if self.suggestion is not None:
            self.chosen.emit(self.suggestion.entry.stem)
