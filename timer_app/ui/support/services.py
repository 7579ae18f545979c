"""What the pages need of the rooms below, gathered by the composition root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Types alone: what they come from is loaded when it is first wanted, after the window is painted.
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
    """One person's clock, files, sound and look.

    Pages take what they need at the moment at which they need it, so that each part can be made when it is first
    wanted and nothing is loaded for the first page that it does not show.
    """

    @property
    def clock(self) -> Clock:
        """Where the time comes from."""

    @property
    def paths(self) -> Paths:
        """The person's folders."""

    @property
    def catalogue(self) -> Catalogue:
        """The exercises."""

    @property
    def loaded_catalogue(self) -> LoadedCatalogue:
        """The exercises, whose they are, and what is wrong in the files of those that could not be read."""

    @property
    def library(self) -> Library:
        """The sessions."""

    @property
    def history(self) -> History:
        """The reader of what was done."""

    @property
    def journal(self) -> Journal:
        """The writer of what is done."""

    @property
    def voice(self) -> ChoosableVoice:
        """The voice."""

    @property
    def speaker(self) -> Speaker:
        """The speaker."""

    @property
    def playback(self) -> PlaybackServices:
        """All that a session is played with."""

    @property
    def settings(self) -> SettingsStore:
        """What the person chose, to read and to change."""

    @property
    def theme(self) -> Theme:
        """The look."""

    @property
    def messages(self) -> Messages:
        """The one message channel."""
