"""What the pages need of the rooms below, gathered in one value by the composition root."""

from __future__ import annotations

from dataclasses import dataclass

from timer_app.clock import Clock
from timer_app.definition.library import Library
from timer_app.exercises.model import Catalogue
from timer_app.history.journal import Journal
from timer_app.history.reading import History
from timer_app.paths import Paths
from timer_app.sound.ports import Speaker, Voice
from timer_app.ui.messages import Messages
from timer_app.ui.settings_store import SettingsStore
from timer_app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Services:
    """One person's clock, files, sound and look. Pages take from it what they need, and make none of it."""

    clock: Clock
    paths: Paths
    catalogue: Catalogue
    library: Library
    history: History
    journal: Journal
    voice: Voice
    speaker: Speaker
    settings: SettingsStore
    theme: Theme
    messages: Messages
