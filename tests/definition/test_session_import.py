from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from timer_app.definition import session_import
from timer_app.definition.session_import import Examined, copy_in, examine
from timer_app.problems import Problem

GOOD = "format: 1\nname: X\nsteps:\n  - {exercise: plank, hold: 30s}\n"


def zipped(tmp_path: Path, *members: tuple[str | zipfile.ZipInfo, str]) -> Path:
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return file


def reasons(examined: Examined) -> list[str]:
    return [str(left) for left in examined.left_out]


def test_a_session_file(tmp_path: Path) -> None:
    file = tmp_path / "Back on Sunday.yaml"
    file.write_text(GOOD, encoding="utf-8")
    (candidate,) = examine(file, CATALOGUE).candidates
    assert (candidate.name, candidate.origin) == ("back-on-sunday.session.yaml", "Back on Sunday.yaml")
    assert candidate.text == GOOD
    assert candidate.session is not None


@pytest.mark.parametrize("content", [b"steps", b"\xff\xfe\x00\x00", b"", b"{ not: json", b'{"a": 1}', b"[1]"])
def test_a_broken_file_is_shown_with_its_problems(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.session.yaml"
    file.write_bytes(content)
    (candidate,) = examine(file, CATALOGUE).candidates
    assert candidate.session is None
    assert candidate.findings


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", "Milk, bread\nCall mum\n"),
        ("notes.txt", "steps: down to the cellar\n"),
        ("photo.jpg", "\xff\xd8\0"),
        ("compose.yaml", "services:\n  web: {image: x}\n"),
        ("empty.yaml", ""),
        ("package.json", '{"name": "x", "version": 1}'),
        ("broken.json", "{ not: json"),
    ],
)
def test_what_was_never_meant_as_a_session_is_refused(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="latin-1")
    with pytest.raises(Problem, match=rf"{name} is not a session file. Choose a file whose name ends in .session.yaml"):
        examine(file, CATALOGUE)


@pytest.mark.parametrize("name", ["mine.yaml", "mine.txt", "mine.json"])
@pytest.mark.parametrize(
    "content", [GOOD.replace("30s", "soon"), GOOD + "  - }{", '{"format": 1, "name": "X", "steps": [{"hold": 3}]}']
)
def test_a_broken_session_under_another_name_is_shown_with_its_problems(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content)
    (candidate,) = examine(tmp_path / name, CATALOGUE).candidates
    assert (candidate.name, candidate.session) == ("mine.session.yaml", None)
    assert candidate.findings


@pytest.mark.parametrize("name", ["mine.txt", "mine.json"])
@pytest.mark.parametrize(
    "content", [GOOD, '{"format": 1, "name": "X", "steps": [{"exercise": "plank", "hold": "30s"}]}']
)
def test_a_session_is_one_under_any_name(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    (candidate,) = examine(tmp_path / name, CATALOGUE).candidates
    assert (candidate.session is not None, candidate.text) == (True, content)


def test_what_is_no_file_or_too_large_is_a_problem(tmp_path: Path) -> None:
    for missing in (tmp_path, tmp_path / "missing"):
        with pytest.raises(Problem, match=r"cannot be read: (it is a folder|No such file)"):
            examine(missing, CATALOGUE)
    large = tmp_path / "large.zip"
    large.write_bytes(b"PK" + b"x" * (4 * 1024 * 1024))
    with pytest.raises(Problem, match="larger than 4 MiB"):
        examine(large, CATALOGUE)
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(Problem, match="damaged zip"):
        examine(damaged, CATALOGUE)


def test_a_file_that_the_system_does_not_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(GOOD, encoding="utf-8")

    def refuse(*_asked: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("timer_app.atomic_write.os.open", refuse)
    with pytest.raises(Problem, match="cannot be read: Permission denied"):
        examine(file, CATALOGUE)


def test_a_zip_of_sessions(tmp_path: Path) -> None:
    file = zipped(
        tmp_path,
        ("sessions/", ""),
        ("sessions/first.session.yaml", GOOD),
        ("other/First.session.yaml", GOOD),
        ("broken.session.yaml", "steps"),
        ("README.md", "x"),
    )
    examined = examine(file, CATALOGUE)
    assert [candidate.name for candidate in examined.candidates] == [
        "first.session.yaml",
        "first-2.session.yaml",
        "broken.session.yaml",
    ]
    assert reasons(examined) == ["README.md: it is not called NAME.session.yaml"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../x.session.yaml", "its name points outside the zip"),
        ("a/../../x.session.yaml", "its name points outside the zip"),
        ("/etc/x.session.yaml", "its name points outside the zip"),
        ("..\\x.session.yaml", "its name points outside the zip"),
        ("C:\\x.session.yaml", "its name points outside the zip"),
        ("x.session.yaml.exe", "it is not called NAME.session.yaml"),
    ],
)
def test_names_that_lead_elsewhere_are_left_out(tmp_path: Path, name: str, reason: str) -> None:
    examined = examine(zipped(tmp_path, (name, GOOD)), CATALOGUE)
    assert not examined.candidates
    assert reasons(examined) == [f"{name}: {reason}"]


def info(**attributes: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("x.session.yaml")
    for name, value in attributes.items():
        setattr(member, name, value)
    return member


def test_links_and_other_ways_of_packing_are_left_out(tmp_path: Path) -> None:
    link = examine(zipped(tmp_path, (info(external_attr=0o120777 << 16), "/etc/passwd")), CATALOGUE)
    assert reasons(link) == ["x.session.yaml: it is a link, not a file"]
    file = tmp_path / "lzma.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.session.yaml", GOOD)
    assert reasons(examine(file, CATALOGUE)) == ["x.session.yaml: it is packed in a way that is not read here"]


def test_a_locked_member_is_left_out(tmp_path: Path) -> None:
    file = zipped(tmp_path, ("x.session.yaml", GOOD))
    content = bytearray(file.read_bytes())
    for marker, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(marker) + offset] |= 1
    file.write_bytes(content)
    assert reasons(examine(file, CATALOGUE)) == ["x.session.yaml: it is locked with a password"]


def test_bombs_are_left_out(tmp_path: Path) -> None:
    big = examine(zipped(tmp_path, ("x.session.yaml", "#" * 300_000)), CATALOGUE)
    assert reasons(big) == ["x.session.yaml: it is larger than 256 KiB"]
    tight = examine(zipped(tmp_path, ("x.session.yaml", "#" * 250_000)), CATALOGUE)
    assert reasons(tight) == ["x.session.yaml: it is packed more tightly than a text can be"]


def test_a_member_that_lies_about_its_size_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    file = zipped(tmp_path, ("x.session.yaml", "#" * 5_000_000))
    content = file.read_bytes()
    lie = (5_000).to_bytes(4, "little")
    file.write_bytes(content.replace((5_000_000).to_bytes(4, "little"), lie))
    examined = examine(file, CATALOGUE)
    assert len(examined.left_out) == 1
    assert not examined.candidates


def test_a_damaged_member_is_left_out(tmp_path: Path) -> None:
    file = zipped(tmp_path, ("x.session.yaml", GOOD), ("y.session.yaml", GOOD))
    content = bytearray(file.read_bytes())
    content[content.index(b"x.session.yaml") + 20] ^= 0xFF
    file.write_bytes(content)
    examined = examine(file, CATALOGUE)
    assert reasons(examined) == ["x.session.yaml: it is damaged"]
    assert len(examined.candidates) == 1


def test_too_many_members_and_too_much_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = zipped(tmp_path, *((f"{number}.session.yaml", GOOD) for number in range(4)))
    monkeypatch.setattr(session_import, "MAX_UNPACKED", 2 * len(GOOD))
    examined = examine(file, CATALOGUE)
    assert len(examined.candidates) == 2
    assert reasons(examined)[0] == "2.session.yaml: there is too much in the zip"
    monkeypatch.setattr(session_import, "MAX_MEMBERS", 3)
    with pytest.raises(Problem, match="holds 4 files; 3 are the limit"):
        examine(file, CATALOGUE)


def test_sessions_are_copied_under_names_that_are_free(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    file = zipped(tmp_path, ("x.session.yaml", GOOD), ("y.session.yaml", "broken"))
    candidates = examine(file, CATALOGUE).candidates
    assert [path.name for path in copy_in(candidates, folder)] == ["x.session.yaml", "y.session.yaml"]
    assert [path.name for path in copy_in(candidates, folder)] == ["x-2.session.yaml", "y-2.session.yaml"]
    assert (folder / "x-2.session.yaml").read_text(encoding="utf-8") == GOOD
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Problem, match="cannot be saved"):
        copy_in(candidates, tmp_path / "file")


REST, JUMP = {"name": "Rest", "duration": 10}, {"name": "Jump", "duration": 0}
JAWT = {
    "title": "Morning",
    "version": 2,
    "position": 1,
    "sets": [
        {
            "id": 1,
            "repetitions": 3,
            "exercises": [{"id": 1, "name": "Plank", "duration": 30}, {"name": "Rest", "duration": 10}],
        },
        {
            "id": 2,
            "repetitions": 1,
            "exercises": [{"name": "Wall sit", "duration": 45.5}, {"name": "Jump", "duration": 0}],
        },
        {"repetitions": 2, "exercises": []},
        "not a set",
    ],
}


def as_file(tmp_path: Path, tree: object) -> Path:
    file = tmp_path / "shared.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    return file


def test_a_workout_of_jawt(tmp_path: Path) -> None:
    (candidate,) = examine(as_file(tmp_path, JAWT), CATALOGUE).candidates
    assert candidate.name == "morning.session.yaml"
    assert candidate.session is not None
    assert candidate.text == (
        "format: 1\nname: Morning\nsetup: 0s\nsteps:\n"
        "  - rounds: 3\n    steps:\n      - exercise: plank\n        hold: 30s\n      - rest: 10s\n\n"
        "  - name: Wall sit\n    hold: 45.5s\n"
    )
    assert candidate.lost == ('"Jump" is left out: its length is not between 0.1 s and 4 h.',)


def test_a_backup_of_jawt(tmp_path: Path) -> None:
    tree = {"workouts": [JAWT, {**JAWT, "colour": "red"}, {"title": "Empty", "sets": []}, 3]}
    examined = examine(as_file(tmp_path, tree), CATALOGUE)
    assert [one.name for one in examined.candidates] == ["morning.session.yaml", "morning-2.session.yaml"]
    assert '"colour" of the workout is not carried over.' in examined.candidates[1].lost


VOICE = {"type": "VOICE", "content": "x"}
TIMER = {
    "name": "Stretch\u202e",
    "loop": 2,
    "startStep": {"label": "Get ready", "length": 5_000},
    "endStep": {"label": "pause", "length": 1_000},
    "more": True,
    "steps": [
        {
            "label": "",
            "length": 20_000,
            "type": "NORMAL",
            "behaviour": [VOICE, VOICE, {"content": 1}],
        },
        {"name": "Group", "loop": 5_000, "steps": [{"label": "plank", "length": 30_000}]},
        {"label": "x" * 99, "length": 1_000},
    ],
}


def test_another_timers_file_has_the_limits_of_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = [{"title": f"Session {number}", "sets": JAWT["sets"]} for number in range(4)]
    long = {"title": "Long", "sets": [{"repetitions": 2, "exercises": [{"name": "a", "duration": 5}] * 2_000}]}
    wordy = {"title": "Wordy", "sets": [{"exercises": [{"name": "x" * 80, "duration": 5}] * 1_900}]}
    examined = examine(as_file(tmp_path, {"workouts": [long, *sessions]}), CATALOGUE)
    assert len(examined.candidates) == 4
    assert reasons(examined) == ["Long: it has more than 2000 steps"]
    monkeypatch.setattr(session_import, "MAX_BYTES", 100_000)
    examined = examine(as_file(tmp_path, {"workouts": [wordy, *sessions]}), CATALOGUE)
    assert reasons(examined) == ["Wordy: it is larger than 97 KiB"]
    monkeypatch.setattr(session_import, "MAX_UNPACKED", 2 * len(examined.candidates[0].text))
    file = as_file(tmp_path, {"workouts": sessions})
    examined = examine(file, CATALOGUE)
    assert len(examined.candidates) == 2
    assert reasons(examined) == [f"Session {number}: there is too much in the file" for number in (2, 3)]
    monkeypatch.setattr(session_import, "MAX_MEMBERS", 3)
    with pytest.raises(Problem, match="holds 4 sessions; 3 are the limit"):
        examine(file, CATALOGUE)


def test_a_timer_of_timer(tmp_path: Path) -> None:
    (candidate,) = examine(as_file(tmp_path, {"folders": [], "timers": [3, TIMER]}), CATALOGUE).candidates
    assert candidate.session is None  # 2 times 1,000 rounds are more than a session can have
    assert "intervals" in candidate.findings[0].problem
    assert candidate.lost == (
        '"more" of the timer is not carried over.',
        'The behaviour "VOICE" of steps is not carried over.',
        'The behaviour "unnamed" of steps is not carried over.',
        "More than 1000 rounds become 1000.",
        f'The name "{"x" * 39}…" is cut to 80 characters.',
    )
    assert "name: pause" in candidate.text
    assert "name: Get ready" in candidate.text
    assert "name: Exercise" in candidate.text
    assert "name: Stretch\n" in candidate.text


def test_a_single_timer_of_timer(tmp_path: Path) -> None:
    tree: dict[str, object] = {"loop": True, "steps": [{"label": "a", "length": 1_000}]}
    (candidate,) = examine(as_file(tmp_path, tree), CATALOGUE).candidates
    assert candidate.session is not None
    assert candidate.session.name == "Imported session"
    deep: dict[str, object] = {"label": "a", "length": 1_000}
    for _level in range(12):
        deep = {"loop": 1, "steps": [deep]}
    tree["steps"] = [deep, {"label": "b", "length": 1_000}]
    (candidate,) = examine(as_file(tmp_path, tree), CATALOGUE).candidates
    assert candidate.lost == ("Groups that are nested too deep are left out.",)


def test_a_file_of_another_timer_with_nothing_in_it(tmp_path: Path) -> None:
    trees: list[object] = [{"timers": []}, {"workouts": [{"sets": []}]}, {"sets": [{"exercises": [{"duration": "x"}]}]}]
    for tree in trees:
        with pytest.raises(Problem, match="has no session in it"):
            examine(as_file(tmp_path, tree), CATALOGUE)


def test_numbers_that_no_session_has(tmp_path: Path) -> None:
    file = tmp_path / "shared.json"
    for number in ("1e999", "NaN", "-1", "1e300", "true", "null", "9" * 5_000):
        exercise = f'{{"name": "a", "duration": {number}}}, {{"name": "b", "duration": 5}}'
        file.write_text(
            f'{{"title": 3, "sets": [{{"repetitions": {number}, "exercises": [{exercise}]}}]}}', encoding="utf-8"
        )
        with suppress(Problem):
            for candidate in examine(file, CATALOGUE).candidates:
                assert candidate.session is not None or candidate.findings


def test_a_zip_that_holds_nothing(tmp_path: Path) -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    (tmp_path / "x.zip").write_bytes(empty.getvalue())
    assert examine(tmp_path / "x.zip", CATALOGUE) == Examined(())
