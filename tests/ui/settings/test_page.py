"""The Settings page: the voice, what is heard of it, and that every choice counts at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.ui.conftest import Front
from tests.ui.stage import SilentVoice, Stage
from timer_app.settings import Settings, Talk, ToneSet, load_settings
from timer_app.sound.voice_selection import VoiceInfo
from timer_app.ui.settings.page import SettingsPage

LINE = "Next: plank, one minute. Three, two, one, go."


def opened(front: Front) -> SettingsPage:
    page = front.window.page_widget("settings")
    assert isinstance(page, SettingsPage)
    front.window.show_page("settings")
    front.qtbot.waitUntil(lambda: page.voice.count() > 1)
    return page


def test_the_voices_of_the_computer_stand_by_language_with_those_of_the_sessions_first(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    page = opened(open_window())
    names = [page.voice.itemText(number) for number in range(page.voice.count())]
    assert names == ["The session's language", "English (Great Britain) · en-GB", "", "German · de"]
    stage.add_file("deutsch", "format: 1\nname: Deutsch\nlanguage: de-AT\nsteps:\n  - {name: A, hold: 10s}\n")
    stage.services.library.refresh()
    page = opened(open_window())
    names = [page.voice.itemText(number) for number in range(page.voice.count())]
    assert names == ["The session's language", "German · de", "English (Great Britain) · en-GB"]


def test_a_voice_is_heard_when_it_is_asked_for_even_where_sessions_are_muted(
    open_window: Callable[[], Front], stage: Stage
) -> None:
    stage.speaker.mute(muted=True)
    front = open_window()
    page = opened(front)
    front.qtbot.waitUntil(page.hear.isEnabled)
    page.hear.click()
    front.qtbot.waitUntil(lambda: [cue.words for cue in stage.speaker.cues] == [LINE])
    assert not stage.speaker.muted


def test_all_of_the_sound_counts_at_once_and_is_saved_at_once(open_window: Callable[[], Front], stage: Stage) -> None:
    page = opened(open_window())
    page.voice.chosen.emit("de")
    page.talk.chosen.emit(Talk.COUNTS)
    page.tone_set.chosen.emit(ToneSet.WOOD)
    page.rate.slider.setValue(40)
    page.voice_volume.slider.setValue(10)
    page.tone_volume.slider.setValue(5)
    page.lead_in.slider.setValue(7)
    page.muted.click()
    expected = replace(
        Settings(welcomed=True),
        voice="de",
        talk=Talk.COUNTS,
        tone_set=ToneSet.WOOD,
        rate=200,
        voice_volume=0.5,
        tone_volume=0.25,
        lead_in=700,
        muted=True,
    )
    assert stage.services.settings.value == expected
    assert load_settings(stage.paths.settings).settings == expected
    assert page.voice.currentText() == "German · de"


def test_without_a_voice_the_page_says_so(
    open_window: Callable[[], Front], stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(_voice: SilentVoice, arrived: Callable[[tuple[VoiceInfo, ...]], None]) -> None:
        arrived(())

    monkeypatch.setattr(SilentVoice, "voices", nobody)
    front = open_window()
    page = front.window.page_widget("settings")
    assert isinstance(page, SettingsPage)
    front.qtbot.waitUntil(lambda: page.voice.currentText() == "No voice on this computer")
    assert not page.voice.isEnabled()
    assert not page.hear.isEnabled()
    assert stage.services.settings.value.voice == ""
