"""The empty states of the History page."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from timer_app.i18n import _
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.empty_state import EmptyState


def no_runs(theme: Theme, tools: QMenu) -> EmptyState:
    """Return the empty state before the first run, with the menu of the page to add or import runs."""
    empty = EmptyState(
        theme,
        "check",
        _("Your story begins here"),
        _("When you have done a session, it is kept here: what you planned, what you did, and how it felt."),
        action=_("Choose a session"),
        card=False,
    )
    empty.offer(_("Add a run, or import …"), tools)
    return empty


def no_matches(theme: Theme) -> EmptyState:
    """Return the empty state for a search without matches."""
    what, advice = _("Nothing fits your search"), _("Try fewer words, or another filter.")
    return EmptyState(theme, "search", what, advice, action=_("Clear the search"))


def unreadable(theme: Theme) -> EmptyState:
    """Return the empty state for a history that cannot be read; its text is set with the problem."""
    return EmptyState(theme, "warning", "", "", action=_("Try again"), card=False)
