from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from tests.index_files import read_index, write_index
from timer_app.definition.library import Library
from timer_app.definition.model import Level
from timer_app.exercises.model import Exercise, Tempo
from timer_app.problems import Problem, UnreadableFile

GOOD = """\
format: 1
name: {name}
about: For today.
level: gentle
tags: [core]
steps:
  - {{exercise: plank, hold: 30s}}
  - rounds: 2
    steps: [{{exercise: push-up, reps: 5}}, {{exercise: plank, hold: 10s}}, {{name: Mine, hold: 5s}}]
"""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    add(folder, "first-core", "First core")
    add(folder, "big-three", "Big three")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def add(folder: Path, stem: str, name: str) -> Path:
    file = folder / f"{stem}.session.yaml"
    file.write_text(GOOD.format(name=name), encoding="utf-8")
    return file


def listed(library: Library) -> str:
    return " · ".join(
        f"{entry.title}{'' if entry.shipped else '*'}{'!' if entry.broken else ''}" for entry in library.entries()
    )


def test_what_an_entry_tells(shipped: Path, own: Path) -> None:
    entry = Library(shipped, own, CATALOGUE).find("first-core")
    assert (entry.stem, entry.title, entry.about, entry.level) == (
        "first-core",
        "First core",
        "For today.",
        Level.GENTLE,
    )
    assert (entry.tags, entry.language, entry.shipped, entry.broken) == (("core",), "en", True, False)
    assert entry.total == 10_000 + 30_000 + 2 * (10_000 + 10_000 + 10_000 + 10_000 + 5_000)
    assert (entry.intervals, entry.open_intervals, entry.exercises) == (14, 2, ("plank", "push-up"))
    assert entry.text() == GOOD.format(name="First core")


def test_the_person_s_own_come_first_each_by_title(shipped: Path, own: Path) -> None:
    add(own, "zebra", "zebra")
    add(own, "apple", "Apple")
    assert listed(Library(shipped, own, CATALOGUE)) == "Apple* · zebra* · Big three · First core"


def test_a_person_s_file_takes_the_place_of_a_shipped_one(shipped: Path, own: Path) -> None:
    add(own, "first-core", "First core, mine")
    library = Library(shipped, own, CATALOGUE)
    assert listed(library) == "First core, mine* · Big three"
    (own / "first-core.session.yaml").unlink()
    assert library.refresh()
    assert listed(library) == "Big three · First core"


def test_a_broken_file_is_listed_and_hides_no_other(shipped: Path, own: Path) -> None:
    (own / "broken.session.yaml").write_text("format: 1\n", encoding="utf-8")
    (own / "bytes.session.yaml").write_bytes(b"\xff\x00")
    library = Library(shipped, own, CATALOGUE)
    assert listed(library) == "broken*! · bytes*! · Big three · First core"
    broken = library.find("broken")
    assert [finding.problem for finding in broken.findings] == ['"name" is missing', '"steps" is missing']
    assert broken.text() == "format: 1\n"
    with pytest.raises(UnreadableFile, match="is missing"):
        library.open(broken)
    with pytest.raises(UnreadableFile, match="not UTF-8"):
        library.find("bytes").text()


def test_a_broken_file_of_the_same_name_hides_nothing(shipped: Path, own: Path) -> None:
    (own / "big-three.session.yaml").write_text("steps", encoding="utf-8")
    library = Library(shipped, own, CATALOGUE)
    assert listed(library) == "big-three*! · Big three · First core"
    assert library.find("big-three").shipped
    assert library.find("Big Three").shipped


def test_what_is_no_session_file_is_not_listed(shipped: Path, own: Path) -> None:
    (own / "notes.txt").write_text("x", encoding="utf-8")
    (own / ".hidden.session.yaml").write_text("x", encoding="utf-8")
    (own / "folder.session.yaml").mkdir()
    assert listed(Library(shipped, own, CATALOGUE)) == "Big three · First core"


def test_a_folder_that_is_missing_is_empty(tmp_path: Path) -> None:
    assert Library(tmp_path / "a", tmp_path / "b", CATALOGUE).entries() == ()


def test_it_is_different_only_when_a_file_is(shipped: Path, own: Path) -> None:
    library = Library(shipped, own, CATALOGUE)
    assert library.refresh()
    assert not library.refresh()
    file = add(own, "mine", "Mine")
    assert library.refresh()
    assert not library.refresh()
    file.write_text(GOOD.format(name="Mine, changed"), encoding="utf-8")
    assert library.refresh()
    assert library.find("mine").title == "Mine, changed"
    file.unlink()
    assert library.refresh()
    assert listed(library) == "Big three · First core"


@pytest.mark.parametrize("name", ["first-core", "FIRST-CORE", "First core", " first CORE "])
def test_a_session_is_found_by_stem_or_title_in_any_case(shipped: Path, own: Path, name: str) -> None:
    assert Library(shipped, own, CATALOGUE).find(name).stem == "first-core"


def test_a_name_that_is_nearly_right(shipped: Path, own: Path) -> None:
    library = Library(shipped, own, CATALOGUE)
    with pytest.raises(Problem, match=r'There is no session called "frist core". Did you mean first-core\?'):
        library.find("frist core")
    with pytest.raises(Problem, match="List them"):
        library.find("yoga")


def test_any_file_can_be_read(shipped: Path, own: Path, tmp_path: Path) -> None:
    library = Library(shipped, own, CATALOGUE)
    file = add(tmp_path, "elsewhere", "Elsewhere")
    entry = library.read(file)
    assert (entry.title, entry.stem, entry.shipped) == ("Elsewhere", "elsewhere", False)
    assert library.open(entry).name == "Elsewhere"
    assert library.read(shipped / "big-three.session.yaml").shipped
    (tmp_path / "broken.yaml").write_text("steps", encoding="utf-8")
    assert library.read(tmp_path / "broken.yaml").broken
    for missing in (tmp_path / "missing.session.yaml", tmp_path):
        with pytest.raises(Problem, match="cannot be read"):
            library.read(missing)


def test_a_file_that_went_away(shipped: Path, own: Path) -> None:
    library = Library(shipped, own, CATALOGUE)
    entry = library.find("big-three")
    entry.file.unlink()
    with pytest.raises(Problem, match="cannot be read"):
        entry.text()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind neither here")
def test_a_file_that_may_not_be_read_is_listed_with_the_reason(shipped: Path, own: Path) -> None:
    add(own, "locked", "Locked").chmod(0)
    (finding,) = Library(shipped, own, CATALOGUE).find("locked").findings
    assert "cannot be read" in finding.problem


def test_a_file_that_goes_while_the_folder_is_read(shipped: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_file: Path) -> bytes:
        raise FileNotFoundError(2, "No such file")

    monkeypatch.setattr("timer_app.definition.library._content", gone)
    assert listed(Library(shipped, own, CATALOGUE)) == "big-three! · first-core!"


def test_what_was_read_is_remembered(shipped: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(own, "mine", "Mine")
    index = tmp_path / "cache" / "library.json"
    before = Library(shipped, own, CATALOGUE, index).entries()
    monkeypatch.setattr("timer_app.definition.parser.read_document", None)
    library = Library(shipped, own, CATALOGUE, index)
    assert library.entries() == before
    assert not library.refresh()


def test_what_is_remembered_depends_on_the_catalogue(shipped: Path, own: Path, tmp_path: Path) -> None:
    index = tmp_path / "library.json"
    assert Library(shipped, own, CATALOGUE, index).find("big-three").open_intervals == 2
    push_up = CATALOGUE["push-up"]
    paced = {**CATALOGUE, "push-up": Exercise("push-up", "Push-up", "", "", push_up.cues, "", tempo=Tempo(1_000))}
    assert Library(shipped, own, paced, index).find("big-three").open_intervals == 0


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "null", '{"version": 1}', '{"version": "V", "files": 3}', '{"version": "V", "files": {"a": [1]}}'],
)
def test_a_damaged_index_is_read_past(shipped: Path, own: Path, tmp_path: Path, damage: str) -> None:
    index = tmp_path / "library.json"
    before = Library(shipped, own, CATALOGUE, index).entries()
    whole = index.read_bytes()
    damaged = damage.replace("V", read_index(index)["version"])
    for write in (index.write_text, partial(write_index, index)):
        write(damaged)
        assert Library(shipped, own, CATALOGUE, index).entries() == before
        assert index.read_bytes() == whole


def test_an_index_with_other_values_is_read_past(shipped: Path, own: Path, tmp_path: Path) -> None:
    index = tmp_path / "library.json"
    before = Library(shipped, own, CATALOGUE, index).entries()
    tree = read_index(index)
    right = next(iter(tree["files"].values()))[1]
    others: list[object] = [[], None, 5, {"title": "x"}, ["x"] * 9]
    others += [right | {key: wrong} for key in right for wrong in (2.5, [[3]], {"x": 1})]
    for wrong in others:
        write_index(index, tree | {"files": {path: [known[0], wrong] for path, known in tree["files"].items()}})
        assert Library(shipped, own, CATALOGUE, index).entries() == before


def test_an_index_that_cannot_be_written_does_no_harm(shipped: Path, own: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    library = Library(shipped, own, CATALOGUE, tmp_path / "file" / "library.json")
    assert len(library.entries()) == 2


def test_it_can_be_read_on_several_threads(shipped: Path, own: Path, tmp_path: Path) -> None:
    for number in range(20):
        add(own, f"mine-{number}", f"Mine {number}")
    library = Library(shipped, own, CATALOGUE, tmp_path / "library.json")
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(len(library.entries()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert counts == [22] * 4


def test_it_knows_its_catalogue(shipped: Path, own: Path) -> None:
    assert Library(shipped, own, CATALOGUE).catalogue is CATALOGUE
