from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from tests.index_files import read_index, write_index
from tests.yaml_editor import as_editor_sees
from timer_app.exercises import catalogue
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.model import Exercise, Tempo, Usual
from timer_app.exercises.parser import EXERCISE_KEYS, read_exercise
from timer_app.exercises.usual_dose_field import UsualDose
from timer_app.paths import assets
from timer_app.schema.table_reader import table_schema

BRIDGE = """\
id: bridge
name: Bridge
trains: The buttocks and the back of the thighs.
position: On your back, knees bent, feet down.
cues:
  - Push through your heels
  - Ribs down
caution: Stop when your low back pinches.
easier: pelvic-tilt
tempo: {lift: 2s, lower: 2s}
dose: 8 to 12 (hospital physiotherapy sheets).
usual: {reps: 8, last_rep_hold: 10s, sets: 2, rest: 30s}
"""
TILT = BRIDGE.replace("id: bridge", "id: pelvic-tilt").replace("easier: pelvic-tilt\n", "harder: bridge\n")


def findings(text: str, stem: str = "bridge") -> list[str]:
    exercise, reported = read_exercise(text, f"{stem}.yaml", stem)
    assert (exercise is None) == bool(reported)
    return [str(finding) for finding in reported]


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "bridge.yaml").write_text(BRIDGE, encoding="utf-8")
    (folder / "pelvic-tilt.yaml").write_text(TILT, encoding="utf-8")
    return folder


def test_what_an_exercise_file_says() -> None:
    exercise, reported = read_exercise(BRIDGE, "bridge.yaml", "bridge")
    assert not reported
    assert exercise == Exercise(
        id="bridge",
        name="Bridge",
        trains="The buttocks and the back of the thighs.",
        position="On your back, knees bent, feet down.",
        cues=("Push through your heels", "Ribs down"),
        caution="Stop when your low back pinches.",
        easier="pelvic-tilt",
        harder=None,
        tempo=Tempo(2_000, 0, 2_000),
        dose="8 to 12 (hospital physiotherapy sheets).",
        usual=Usual(reps=8, last_rep_hold=10_000, sets=2, rest=30_000),
    )


def test_every_problem_of_an_exercise_is_reported_at_once() -> None:
    text = BRIDGE.replace("name: Bridge\n", "").replace("Ribs down", "one two three four five six seven eight nine")
    text = text.replace("lift: 2s", "lift: fast").replace("dose:", "doze:").replace("id: bridge", "id: Bridge")
    assert findings(text) == [
        'bridge.yaml:1:1: "name" is missing; add "name: …"',
        'bridge.yaml:1:5: id: "Bridge" is not an id; write small letters, digits and hyphens, such as side-plank',
        "bridge.yaml:6:5: cues[1]: the cue has 9 words; write at most 8",
        'bridge.yaml:9:15: tempo.lift: "fast" is not a duration; write 60s, 1:00 or 1m',
        'bridge.yaml:10:1: "doze" is not a key here; did you mean dose?',
    ]


DOSE = "{reps: 8, last_rep_hold: 10s, sets: 2, rest: 30s}"


@pytest.mark.parametrize(
    ("dose", "usual"),
    [
        ("{hold: 1:00}", Usual(hold=60_000)),
        ("{hold: 30s, up_to: 1:00}", Usual(hold=30_000, up_to=60_000)),
        ("{reps: 8, each_side: true}", Usual(reps=8, each_side=True)),
        ("{until_done: true, sets: 3, rest: 0s}", Usual(sets=3)),
    ],
)
def test_a_usual_dose(dose: str, usual: Usual) -> None:
    exercise, reported = read_exercise(BRIDGE.replace(DOSE, dose), "bridge.yaml", "bridge")
    assert not reported
    assert exercise is not None
    assert exercise.usual == usual


@pytest.mark.parametrize(
    ("dose", "problem"),
    [
        ("30s", 'bridge.yaml:12:8: usual: "30s" is not a set of keys; write '),
        (
            "{sets: 2}",
            'bridge.yaml:12:8: usual: "hold", "reps" or "until_done" is missing; add how long or how many, such as ',
        ),
        (
            "{hold: 30s, reps: 8}",
            'bridge.yaml:12:26: usual.reps: "hold" and "reps" cannot stand together; keep one of them',
        ),
        (
            "{hold: 30s, last_rep_hold: 10s}",
            'bridge.yaml:12:35: usual.last_rep_hold: "last_rep_hold" goes with reps alone; add ',
        ),
        ("{reps: 8, up_to: 10s}", 'bridge.yaml:12:25: usual.up_to: "up_to" goes with hold alone; add '),
        ("{hold: 30s, up_to: 30s}", "bridge.yaml:12:27: usual.up_to: this is no longer than the hold; write a longer"),
        ("{holt: 30s}", 'bridge.yaml:12:9: usual: "holt" is not a key here; did you mean hold?'),
        ("{hold: long}", 'bridge.yaml:12:15: usual.hold: "long" is not a duration; write 60s, 1:00 or 1m'),
        ("{reps: 0}", "bridge.yaml:12:15: usual.reps: 0 is out of range; write a whole number from 1 to 1000"),
        ("{until_done: false}", 'bridge.yaml:12:21: usual.until_done: "false" has no use here; write true, or leave'),
    ],
)
def test_a_problem_of_a_usual_dose(dose: str, problem: str) -> None:
    reported = findings(BRIDGE.replace(DOSE, dose))
    assert len(reported) == 1
    assert reported[0].startswith(problem)


def test_the_last_of_reps_without_a_tempo_is_not_held() -> None:
    untimed = BRIDGE.replace("tempo: {lift: 2s, lower: 2s}\n", "")
    (reported,) = findings(untimed)
    assert reported.startswith(
        "bridge.yaml:11:33: usual.last_rep_hold: the reps have no pace, so the last one is not known"
    )
    assert findings(untimed.replace(DOSE, "{reps: 8}")) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            BRIDGE.replace("id: bridge", "id: brigde"),
            'id: "brigde" is not the name of the file; write bridge',
        ),
        (BRIDGE.replace("  - Ribs down\n", ""), "cues: the list has 1 value; write 2 to 3"),
        (BRIDGE.replace("  - Ribs down", "  - [a]"), "cues[1]: a list is not a text"),
        (BRIDGE.replace("{lift: 2s, lower: 2s}", "4s"), 'tempo: "4s" is not a set of keys; write "lift: …"'),
        ("[]", "a list is not a set of keys"),
        ("a: &b c", "an anchor (&b) has no use here"),
    ],
)
def test_a_problem_of_an_exercise(text: str, problem: str) -> None:
    assert any(problem in finding for finding in findings(text))


def test_a_catalogue_is_a_folder_of_exercises(shipped: Path) -> None:
    loaded = load_catalogue(shipped)
    assert not loaded.findings
    assert list(loaded.catalogue) == ["bridge", "pelvic-tilt"]


def test_a_broken_file_hides_no_other(shipped: Path) -> None:
    (shipped / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    (shipped / "bytes.yaml").write_bytes(b"\xff")
    (shipped / "notes.txt").write_text("x", encoding="utf-8")
    (shipped / "folder.yaml").mkdir()
    loaded = load_catalogue(shipped)
    assert list(loaded.catalogue) == ["bridge", "pelvic-tilt"]
    assert {Path(finding.file).name for finding in loaded.findings} == {"broken.yaml", "bytes.yaml", "folder.yaml"}


def test_a_user_s_own_exercise_wins(shipped: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "bridge.yaml").write_text(BRIDGE.replace("name: Bridge", "name: My bridge"), encoding="utf-8")
    assert load_catalogue(shipped, own).catalogue["bridge"].name == "My bridge"


def test_a_folder_that_is_missing_is_empty(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path / "a", tmp_path / "b").catalogue == {}


def test_an_exercise_that_leads_nowhere_is_reported_and_kept(shipped: Path) -> None:
    (shipped / "bridge.yaml").write_text(BRIDGE + "harder: pelvic-titl\n", encoding="utf-8")
    (shipped / "pelvic-tilt.yaml").write_text(TILT.replace("harder: bridge", "harder: headstand"), encoding="utf-8")
    loaded = load_catalogue(shipped)
    assert len(loaded.catalogue) == 2
    assert [str(finding).removeprefix(f"{shipped}{os.sep}") for finding in loaded.findings] == [
        'bridge.yaml:13:9: harder: "pelvic-titl" is not in the catalogue; did you mean pelvic-tilt?',
        'pelvic-tilt.yaml:9:9: harder: "headstand" is not in the catalogue; write the id of one that is',
    ]


def test_what_was_read_is_remembered(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "cache" / "exercises.json"
    before = load_catalogue(shipped, None, index)
    with monkeypatch.context() as patch:
        patch.setattr("timer_app.exercises.parser.read_exercise", None)
        assert load_catalogue(shipped, None, index) == before
    (shipped / "bridge.yaml").write_text(BRIDGE.replace("name: Bridge", "name: Bridge!"), encoding="utf-8")
    assert load_catalogue(shipped, None, index).catalogue["bridge"].name == "Bridge!"


def test_a_damaged_index_is_read_past(shipped: Path, tmp_path: Path) -> None:
    index = tmp_path / "exercises.json"
    before = load_catalogue(shipped, None, index)
    tree = read_index(index)
    saved = _remembered(tree)
    others: list[object] = [None, [], {}, {"id": "bridge"}, {**saved, "cues": 3}, {**saved, "tempo": {"up": 1}}]
    for key in saved:
        others += [{**saved, key: wrong} for wrong in (True, [3], 1.5)]
    for part in ("tempo", "usual"):
        right = saved[part]
        assert isinstance(right, dict)
        others += [{**saved, part: {**right, key: wrong}} for key in right for wrong in (1.5, "x", [3])]
    for wrong in others:
        tree["files"] = {path: [entry[0], wrong] for path, entry in tree["files"].items()}
        write_index(index, tree)
        assert load_catalogue(shipped, None, index) == before


def _remembered(tree: dict[str, dict[str, list[dict[str, object]]]]) -> dict[str, object]:
    *_stamp, value = json.loads(json.dumps(next(iter(tree["files"].values()))))
    return value if isinstance(value, dict) else {}


def test_the_shipped_catalogue_is_sound() -> None:
    loaded = load_catalogue(assets() / "exercises")
    assert not loaded.findings
    assert {"plank", "superman", "knee-to-chest"} <= set(loaded.catalogue)


def test_every_shipped_exercise_is_valid_by_the_tables_own_schema() -> None:
    validator = jsonschema.Draft202012Validator(table_schema(EXERCISE_KEYS))
    for file in sorted((assets() / "exercises").glob("*.yaml")):
        tree = as_editor_sees(file.read_text(encoding="utf-8"))
        assert validator.is_valid(tree), (file.name, [error.message for error in validator.iter_errors(tree)])
    assert not validator.is_valid({"id": "bridge"})


@pytest.mark.parametrize(
    "dose",
    [
        {},
        {"sets": 2},
        {"hold": "30s", "reps": 8},
        {"hold": "30s", "last_rep_hold": "10s"},
        {"until_done": False},
        {"reps": 0},
        {"hold": "30s", "tempo": "4s"},
    ],
)
def test_the_schema_refuses_the_doses_that_the_reader_refuses(dose: dict[str, object]) -> None:
    validator = jsonschema.Draft202012Validator(UsualDose().schema())
    assert validator.is_valid({"reps": 10, "last_rep_hold": "10s", "sets": 2, "rest": "30s"})
    assert not validator.is_valid(dose)
    assert findings(BRIDGE.replace(DOSE, json.dumps(dose)))


def test_a_file_that_goes_while_the_catalogue_is_read(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shipped / "bridge.yaml").write_text(BRIDGE + "harder: headstand\n", encoding="utf-8")
    read = catalogue._content
    seen: list[Path] = []

    def once(file: Path) -> bytes:
        if file in seen:
            raise FileNotFoundError(2, "No such file")
        seen.append(file)
        return read(file)

    monkeypatch.setattr(catalogue, "_content", once)
    loaded = load_catalogue(shipped)
    assert "bridge" in loaded.catalogue
    assert not loaded.findings


def test_a_file_that_changes_while_the_catalogue_is_read(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shipped / "bridge.yaml").write_text(BRIDGE + "harder: headstand\n", encoding="utf-8")
    contents = iter([(BRIDGE + "harder: headstand\n").encode(), TILT.encode(), b"[]"])
    monkeypatch.setattr(catalogue, "_content", lambda _file: next(contents))
    assert not load_catalogue(shipped).findings
