"""Two hundred hostile zips: nothing but plain session files comes in, and nothing is written outside the folder."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from timer_app.atomic_write import MAX_BYTES
from timer_app.definition.session_import import copy_in, examine
from timer_app.problems import Problem

GOOD = "format: 1\nname: X\nsteps:\n  - {exercise: plank, hold: 30s}\n"
NAMES = [
    "../x.session.yaml", "../../../../etc/x.session.yaml", "/etc/x.session.yaml", "//server/x.session.yaml",
    "..\\x.session.yaml", "C:/x.session.yaml", "C:x.session.yaml", "\\\\server\\x.session.yaml", "a/../x.session.yaml",
    "x.session.yaml", "X.SESSION.YAML", "X.session.yaml", "a/x.session.yaml", "b/x.session.yaml", ".session.yaml",
    "con.session.yaml", "x y.session.yaml", "x.session.yaml.", "x.session.yaml\0.txt", "é.session.yaml",
    "\u202ex.session.yaml", "a" * 300 + ".session.yaml", ".hidden.session.yaml", "x.session.yml", "x.sh", "a/",
    "x:y.session.yaml", "~/x.session.yaml", "$HOME.session.yaml", "%2e%2e%2fx.session.yaml", "-rf.session.yaml",
]  # fmt: skip
MODES = [0o100644, 0o100777, 0, 0o120777, 0o010644, 0o020644, 0o060644, 0o140644, 0o040755]


def hostile(file: Path, chance: random.Random) -> None:
    """Write a zip with unfriendly names, links, bombs and damage in it."""
    with zipfile.ZipFile(file, "w") as archive:
        for _number in range(chance.randint(1, 12)):
            member = zipfile.ZipInfo(chance.choice(NAMES))
            member.external_attr = chance.choice(MODES) << 16
            member.compress_type = chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
            content = chance.choice([GOOD, "broken", "x" * 200_000, "x" * 400_000, "", GOOD * 3, "\0" * 50])
            archive.writestr(member, content)
    content_bytes = bytearray(file.read_bytes())
    for _number in range(chance.choice((0, 0, 0, 1, 3, 20))):
        content_bytes[chance.randrange(2, len(content_bytes))] ^= 1 << chance.randrange(8)
    file.write_bytes(content_bytes[: chance.choice((None, None, None, len(content_bytes) // 2))])


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")  # the same name twice is one of the attacks
@pytest.mark.parametrize("group", range(10))
def test_hostile_zips(tmp_path: Path, group: int) -> None:
    chance = random.Random(group)
    folder = tmp_path / "own"
    refused = 0
    for number in range(20):
        file = tmp_path / "in.zip"
        hostile(file, chance)
        try:
            examined = examine(file, CATALOGUE)
        except Problem:
            refused += 1
            continue
        assert all(left.reason and left.name.isprintable() for left in examined.left_out)
        assert all(len(candidate.text.encode()) <= MAX_BYTES for candidate in examined.candidates)
        target = folder / str(number)
        copied = copy_in(examined.candidates, target)
        assert len({path.name.casefold() for path in copied}) == len(examined.candidates)
        for path in copied:
            assert path.parent == target
            assert path.is_file()
            assert not path.is_symlink()
            assert path.name.endswith(".session.yaml")
            assert not set(path.name) & set('/\\:*?"<>|\0\u202e')
    outside = {path for path in tmp_path.rglob("*") if path.is_file()} - {tmp_path / "in.zip"}
    assert all(folder in path.parents for path in outside)
    assert refused < 20, "most zips can be looked into"
