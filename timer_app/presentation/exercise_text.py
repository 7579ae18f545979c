"""Texts about exercises for the command line and the window."""

from __future__ import annotations

from timer_app.exercises.body_areas import Area
from timer_app.exercises.model import Tempo
from timer_app.i18n import _


def area_title(area: Area) -> str:
    """Return the title of a body area."""
    return {
        Area.CORE: _("Core"),
        Area.BACK: _("Back and spine"),
        Area.LEGS: _("Hips and legs"),
        Area.SHOULDERS: _("Shoulders and chest"),
        Area.MOVING: _("Warming up and running"),
        Area.RECOVERY: _("Rest and recovery"),
        Area.OTHER: _("Other exercises"),
    }[area]


def tempo_text(tempo: Tempo | None) -> str:
    """Return the usual tempo of a rep: `4 s a rep: 1 s up, 1 s held, 2 s down`; without one, that it is held."""
    if tempo is None:
        return _("Held, or done for a time")
    whole = _("{seconds:g} s a rep").format(seconds=tempo.rep / 1000)
    if not tempo.phased:
        return whole
    phases = (
        (_("{seconds:g} s up"), tempo.lift),
        (_("{seconds:g} s held"), tempo.hold),
        (_("{seconds:g} s down"), tempo.lower),
    )
    phrases = (words.format(seconds=length / 1000) for words, length in phases if length)
    return _("{whole}: {phases}").format(whole=whole, phases=", ".join(phrases))
