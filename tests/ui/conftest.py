"""What the tests of the windows share: no screen, and the look."""

import os
from collections.abc import Iterator

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from timer_app.settings import Settings
from timer_app.ui.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Return the look with the default settings, taken off again afterwards."""
    font = qapp.font()
    look = Theme(qapp, Settings())
    yield look
    look.use(Settings())
    qapp.styleHints().colorSchemeChanged.disconnect(look._follow_system)
    qapp.setStyleSheet("")
    qapp.setFont(font)
