"""What pages need: the services of the program, with what only a window has."""

from __future__ import annotations

from timer_app.context import AppContext
from timer_app.ui.look.theme import Theme
from timer_app.ui.support.messages import Messages
from timer_app.ui.support.settings_store import SettingsStore


class Services(AppContext):
    """A context as pages see it. Pages take each service at the moment at which they need it."""

    def __init__(self, context: AppContext, settings: SettingsStore, theme: Theme, messages: Messages) -> None:
        # One state for both: what either makes first both have, and closing the context closes it.
        self.__dict__ = context.__dict__
        self.settings = settings
        self.theme = theme
        self.messages = messages
