"""How exercises are put into words."""

from __future__ import annotations

import pytest

from timer_app.exercises.body_areas import Area
from timer_app.exercises.model import Tempo
from timer_app.presentation.exercise_text import area_title, tempo_text


@pytest.mark.parametrize(
    ("tempo", "text"),
    [
        (None, "Held, or done for a time"),
        (Tempo.plain(4_000), "4 s a rep"),
        (Tempo(1_000, 1_000, 2_000), "4 s a rep: 1 s up, 1 s held, 2 s down"),
        (Tempo(1_500, 0, 2_000), "3.5 s a rep: 1.5 s up, 2 s down"),
    ],
)
def test_a_tempo_is_described_phase_by_phase(tempo: Tempo | None, text: str) -> None:
    assert tempo_text(tempo) == text


def test_every_area_has_a_title_of_its_own() -> None:
    assert len({area_title(area) for area in Area}) == len(Area)
