"""What the user chose, read kindly and saved whole."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.settings import Appearance, Settings, Talk, ToneSet, load_settings, save_settings

CHOSEN = Settings(
    talk=Talk.BRIEF,
    voice="gmw/en",
    rate=200,
    voice_volume=0.5,
    tone_set=ToneSet.WOOD,
    lead_in=300,
    appearance=Appearance.DARK,
    text_percent=150,
    reduced_motion=True,
    weekly_aim_days=3,
    welcomed=True,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_what_is_saved_is_read_again(file: Path) -> None:
    save_settings(CHOSEN, file)
    loaded = load_settings(file)
    assert (loaded.settings, loaded.unusable, loaded.kept) == (CHOSEN, (), None)


def test_the_first_start_has_the_usual_choices(file: Path) -> None:
    assert load_settings(file).settings == Settings()
    assert not file.exists()


def test_what_cannot_be_read_gets_its_default_and_the_file_is_kept(file: Path) -> None:
    save_settings(CHOSEN, file)
    tree = json.loads(file.read_text()) | {"talk": "loud", "rate": 1_000, "muted": "no", "voice": 7, "lead_in": True}
    text = json.dumps(tree)
    file.write_text(text)
    loaded = load_settings(file)
    assert loaded.unusable == ("talk", "voice", "rate", "lead_in", "muted")
    assert (loaded.settings.talk, loaded.settings.rate, loaded.settings.text_percent) == (Talk.FULL, 165, 150)
    assert loaded.kept is not None
    assert loaded.kept.read_text() == text
    assert load_settings(file).kept == loaded.kept, "the same file is kept once"


def test_two_unreadable_files_are_both_kept(file: Path) -> None:
    kept = set()
    for text in ("{", "[]"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        loaded = load_settings(file)
        assert (loaded.settings, loaded.unusable) == (Settings(), ("the whole file",))
        assert loaded.kept is not None
        kept.add(loaded.kept.read_text())
    assert kept == {"{", "[]"}


def test_a_choice_of_a_later_version_does_no_harm(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('{"rate": 180, "hologram": true}')
    assert load_settings(file).settings == Settings(rate=180)


def test_a_folder_where_the_file_should_be_is_no_reason_not_to_start(file: Path) -> None:
    file.mkdir(parents=True)
    loaded = load_settings(file)
    assert loaded.settings == Settings()
    assert loaded.unusable


@given(content=st.binary(max_size=200))
def test_garbage_never_stops_the_start(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    file.write_bytes(content)
    loaded = load_settings(file)
    assert loaded.unusable or loaded.settings == Settings() or json.loads(content)
    assert file.read_bytes() == content


@given(cut=st.integers(0, 400))
def test_a_truncated_file_is_told_or_whole(cut: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    save_settings(CHOSEN, file)
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    loaded = load_settings(file)
    assert (loaded.settings == CHOSEN) == (json.loads(whole) == _tree(whole[:cut]))
    assert bool(loaded.unusable) == (loaded.settings != CHOSEN)


def _tree(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        return None


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_settings_behind_a_link_that_leads_nowhere_are_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    assert load_settings(file).unusable == ()
    file.symlink_to(tmp_path / "drive" / "settings.json")
    (told,) = load_settings(file).unusable
    assert str(file) in told
