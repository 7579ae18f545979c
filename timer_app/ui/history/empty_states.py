"""What the History page shows where there is nothing to show."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from timer_app.i18n import _
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.empty_state import EmptyState


def nothing_yet(theme: Theme, tools: QMenu) -> EmptyState:
    """Return what invites the person before anything was done, or to what the menu of the page has instead."""
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


def nothing_found(theme: Theme) -> EmptyState:
    """Return what stands in place of a run when none fits."""
    what, advice = _("Nothing fits your search"), _("Try fewer words, or another filter.")
    return EmptyState(theme, "search", what, advice, action=_("Clear the search"))


def not_readable(theme: Theme) -> EmptyState:
    """Return what tells, in words that are still to come, why the history cannot be read."""
    return EmptyState(theme, "warning", "", "", action=_("Try again"), card=False)
