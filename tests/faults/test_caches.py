"""Five hundred damaged caches: each is noticed, and built again without a word."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from timer_app.definition.library import Library
from timer_app.exercises.catalogue import LoadedCatalogue, load_catalogue
from timer_app.sound.clips import ClipStore

BRIDGE = """\
id: bridge
name: Bridge
trains: The buttocks and the back of the thighs.
position: On your back, knees bent, feet down.
cues: [Push through your heels, Ribs down]
caution: Stop when your low back pinches.
tempo: {lift: 2s, lower: 2s}
usual: {reps: 8, last_rep_hold: 10s, sets: 2, rest: 30s}
"""
SESSION = "format: 1\nname: Back on Sunday\nlevel: gentle\ntags: [core]\nsteps: [{exercise: bridge, reps: 8}]\n"


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Return the content with one bit of it another one."""
    damaged = bytearray(content)
    damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def doubled(content: bytes, chance: random.Random) -> bytes:
    return content + content[: chance.randrange(1, len(content))]


def damages(content: bytes, count: int) -> list[bytes]:
    chance = random.Random(count)
    ways = [flipped] * 8 + [cut, doubled]
    return [chance.choice(ways)(content, chance) for _number in range(count)]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "bridge.yaml").write_text(BRIDGE, encoding="utf-8")
    (folder / "back.session.yaml").write_text(SESSION, encoding="utf-8")
    return folder


def is_built_again(index: Path, read: Callable[[], object]) -> None:
    """Damage an index in many ways: what is read with it must always be the same, and so must the index afterwards."""
    right = read()
    whole = index.read_bytes()
    for damaged in damages(whole, 200):
        index.write_bytes(damaged)
        assert read() == right
        assert index.read_bytes() == whole


def test_damaged_lists_of_sessions(shipped: Path, tmp_path: Path) -> None:
    catalogue = load_catalogue(shipped).catalogue
    index = tmp_path / "sessions.json"
    is_built_again(index, lambda: Library(shipped, tmp_path / "own", catalogue, index).entries())


def test_damaged_lists_of_exercises(shipped: Path, tmp_path: Path) -> None:
    (shipped / "back.session.yaml").unlink()
    index = tmp_path / "exercises.json"

    def read() -> LoadedCatalogue:
        return load_catalogue(shipped, None, index)

    assert read().catalogue
    is_built_again(index, read)


def test_damaged_clips(tmp_path: Path) -> None:
    clip = random.Random(1).randbytes(2_000)
    ClipStore(tmp_path).store("key", clip)
    (file,) = tmp_path.iterdir()
    for damaged in damages(file.read_bytes(), 100):
        file.write_bytes(damaged)
        store = ClipStore(tmp_path)
        assert store.load("key") is None
        assert store.store("key", clip) is None
        assert ClipStore(tmp_path).load("key") == clip
