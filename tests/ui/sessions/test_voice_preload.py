"""The voice of the session that is looked at, prepared before it is started."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.ui.conftest import Front
from tests.ui.stage import SilentVoice, Stage
from timer_app.conductor.spoken_texts import wording
from timer_app.settings import Settings, Talk
from timer_app.timeline.compile import compile_session


@pytest.fixture
def voice(stage: Stage) -> SilentVoice:
    """Return the stage's voice, whose clips come when they are told to."""
    one = stage.services.voice
    assert isinstance(one, SilentVoice)
    one.at_once = False
    return one


def texts_of(stage: Stage, stem: str) -> tuple[str, ...]:
    services = stage.services
    session = services.library.open(services.library.find(stem))
    return wording(compile_session(session, services.catalogue), services.catalogue, Talk.FULL).texts


def test_a_session_that_is_looked_at_gets_its_voice_and_tells_how_far_it_is(
    open_window: Callable[[], Front], stage: Stage, voice: SilentVoice
) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    wanted = texts_of(stage, "superman-tens")
    front.qtbot.waitUntil(lambda: tuple(voice.requested) == wanted)
    assert voice.language == "en"
    line = page.detail.voice_line
    assert line.accessibleDescription() == ""
    voice.arrive(3)
    front.qtbot.waitUntil(lambda: line.accessibleDescription() != "")
    assert line.accessibleDescription() == f"Preparing the voice: 3 of {len(wanted)}"
    voice.arrive()
    front.qtbot.waitUntil(lambda: not page.detail.voice_preload.busy)
    assert line.accessibleDescription() == ""
    assert line.accessibleDescription() == ""


def test_sessions_that_are_passed_by_are_not_prepared(
    open_window: Callable[[], Front], stage: Stage, voice: SilentVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def prepare(texts: Sequence[str], _progress: object, finished: Callable[[], None]) -> None:
        asked.append(tuple(texts))
        finished()

    monkeypatch.setattr(voice, "prepare", prepare)
    front = open_window()
    page = front.open_sessions()
    for stem in ("planks-by-the-minute", "knee-to-chest-holds", "superman-tens"):
        page.choose(stem)
    front.qtbot.waitUntil(lambda: asked != [])
    front.qtbot.waitUntil(lambda: not page.detail.voice_preload.busy)
    assert asked == [texts_of(stage, "superman-tens")]


def test_what_is_quick_is_not_told_of(open_window: Callable[[], Front], voice: SilentVoice) -> None:
    front = open_window()
    page = front.open_sessions()
    told: list[int] = []
    page.detail.voice_preload.progressed.connect(lambda there, _wanted: told.append(there))
    front.qtbot.waitUntil(lambda: voice.requested != [])
    voice.arrive(2)
    voice.arrive()
    front.qtbot.waitUntil(lambda: not page.detail.voice_preload.busy)
    assert told == []


def test_a_start_keeps_what_is_rendered_and_asks_for_the_rest(
    open_window: Callable[[], Front], voice: SilentVoice
) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    front.qtbot.waitUntil(lambda: voice.requested != [])
    voice.arrive(4)
    there = set(voice.clips)
    page.detail.start.click()
    assert front.window.page == "run"
    assert len(there) == 4
    assert voice.clips == there
    assert voice.requested
    assert not there & set(voice.requested)
    assert not page.detail.voice_preload.busy


def test_nobody_looking_nothing_is_prepared(open_window: Callable[[], Front], voice: SilentVoice) -> None:
    front = open_window()
    page = front.open_sessions()
    page.choose("superman-tens")
    front.window.show_page("help")
    assert not page.detail.voice_preload.busy
    front.window.show_page("sessions")
    front.qtbot.waitUntil(lambda: voice.requested != [])


@pytest.mark.parametrize("talk", [Talk.TONES, Talk.SILENT])
def test_without_words_nothing_is_prepared(
    open_window: Callable[[], Front], stage: Stage, voice: SilentVoice, talk: Talk
) -> None:
    stage.services.settings.save(Settings(welcomed=True, talk=talk))
    front = open_window()
    page = front.open_sessions()
    front.qtbot.waitUntil(lambda: not page.detail.voice_preload.busy)
    assert voice.requested == []
