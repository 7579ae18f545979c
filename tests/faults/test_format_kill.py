"""The program is killed while it saves: each file is the old one or the new one, whole."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.faults.loaded import start
from timer_app.definition.library import Library
from timer_app.editing.autosave import UnsavedWork
from timer_app.settings import Settings, load_settings

KILLS = 200

# Saves one session, the settings and a draft over and over, two versions of each in turn, and prints a line for each.
SAVING = """
import sys
from pathlib import Path
from timer_app.definition.serializer import save_text
from timer_app.settings import Settings, save_settings
from datetime import datetime, UTC
from timer_app.editing.autosave import Unsaved, UnsavedWork

folder = Path(sys.argv[1])
drafts = UnsavedWork(folder / "drafts")
number = 0
while True:
    number += 1
    filling = "# " + "x" * 50_000 + "\\n"
    save_text(f"format: 1\\nname: Version {number % 2}\\n{filling}steps: [{{rest: 5s}}]\\n", folder / "x.session.yaml")
    save_settings(Settings(rate=100 + number % 2), folder / "settings.json")
    drafts.save(Unsaved("a", f"Version {number % 2}", filling, datetime.now(UTC)))
    print(number, flush=True)
"""


def kill_while_saving(folder: Path, lines: int) -> None:
    """Let a process save, and kill it once it has saved so many times."""
    child = start("-c", SAVING, str(folder))
    assert child.stdout is not None
    with child, child.stdout as output:
        for _line in range(lines):
            output.readline()
        child.kill()


def kill_often(folder: Path, kills: int) -> None:
    chance = Random(1)
    for _number in range(kills):
        kill_while_saving(folder, chance.randrange(1, 30))
        (entry,) = Library(folder / "none", folder, {}).entries()
        assert entry.title in ("Version 0", "Version 1")
        assert len(entry.text()) > 50_000
        loaded = load_settings(folder / "settings.json")
        assert not loaded.unusable
        assert loaded.settings in (Settings(rate=100), Settings(rate=101))
        (draft,) = UnsavedWork(folder / "drafts").all()
        assert draft.title in ("Version 0", "Version 1")
        assert len(draft.text) > 50_000


def test_killed_while_saving(tmp_path: Path) -> None:
    kill_often(tmp_path, 3)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_two_hundred_times_while_saving(memory_folder: Path) -> None:
    kill_often(memory_folder, KILLS)
