"""Where the user's things lie, and what the program is called: neither may move between versions."""

import re
import sys
from pathlib import Path

import pytest

from timer_app.paths import APP_ID, user_paths


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of the XDG base directory specification")
def test_the_persons_folders_stay_where_they_have_always_been(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    paths = user_paths()
    assert paths.history == tmp_path / ".local/share/guided-session-timer/history.sqlite"
    assert paths.sessions == tmp_path / ".local/share/guided-session-timer/sessions"
    assert paths.exercises == tmp_path / ".local/share/guided-session-timer/exercises"
    assert paths.settings == tmp_path / ".config/guided-session-timer/settings.json"
    assert paths.cache == tmp_path / ".cache/guided-session-timer"
    assert paths.state == tmp_path / ".local/state/guided-session-timer"


def test_a_folder_of_ones_own_holds_everything(tmp_path: Path) -> None:
    paths = user_paths(tmp_path / "here")
    assert {paths.data, paths.config} == {tmp_path / "here"}
    assert {paths.cache.parent, paths.state.parent} == {tmp_path / "here"}


def test_the_name_can_be_that_of_a_desktop_entry_a_bus_name_and_a_flatpak() -> None:
    """The D-Bus specification's well-known names, without the hyphen, which a part of a Flatpak's id must not have."""
    parts = APP_ID.split(".")
    assert len(parts) >= 3
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", part) for part in parts)
    assert len(f"org.mpris.MediaPlayer2.{APP_ID}.instance4194304") <= 255
