"""The services that pages use, provided by the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Types only: the modules are loaded when first needed, after the first paint.
    from timer_app.clock import Clock
    from timer_app.conductor.start_run import PlaybackServices
    from timer_app.definition.library import Library
    from timer_app.exercises.catalogue import LoadedCatalogue
    from timer_app.exercises.model import Catalogue
    from timer_app.history.reader import History
    from timer_app.history.run_journal import Journal
    from timer_app.paths import Paths
    from timer_app.sound.ports import ChoosableVoice, Speaker
    from timer_app.ui.look.theme import Theme
    from timer_app.ui.support.messages import Messages
    from timer_app.ui.support.settings_store import SettingsStore


class Services(Protocol):
    """One user's clock, files, sound and theme.

    Pages read an attribute at the moment of use: each service is made on first access, so that the first page loads
    nothing that it does not show.
    """

    @property
    def clock(self) -> Clock:
        """The source of time."""

    @property
    def paths(self) -> Paths:
        """The user's folders."""

    @property
    def catalogue(self) -> Catalogue:
        """The exercises."""

    @property
    def loaded_catalogue(self) -> LoadedCatalogue:
        """The exercises, which are the user's own, and the problems in files that could not be read."""

    @property
    def library(self) -> Library:
        """The sessions."""

    @property
    def history(self) -> History:
        """The reader of the history."""

    @property
    def journal(self) -> Journal:
        """The writer of the history."""

    @property
    def voice(self) -> ChoosableVoice:
        """The voice."""

    @property
    def speaker(self) -> Speaker:
        """The speaker."""

    @property
    def playback(self) -> PlaybackServices:
        """The services that a session is played with."""

    @property
    def settings(self) -> SettingsStore:
        """The user's settings, to read and to save."""

    @property
    def theme(self) -> Theme:
        """The theme."""

    @property
    def messages(self) -> Messages:
        """The message channel."""
