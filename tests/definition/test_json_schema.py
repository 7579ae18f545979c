from __future__ import annotations

import json
from collections.abc import Mapping

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.definition.strategies import CATALOGUE, sessions
from tests.definition.test_golden import FILES
from tests.definition.test_parser import EXAMPLE
from tests.yaml_editor import Plain, as_editor_sees
from timer_app.definition import format_fields
from timer_app.definition.json_schema import NOT_IN_SCHEMA, schema_text, session_schema
from timer_app.definition.model import Session
from timer_app.definition.parser import read_document
from timer_app.definition.serializer import write_session
from timer_app.paths import assets

VALIDATOR = jsonschema.Draft202012Validator(session_schema())


def test_the_published_schema_is_current() -> None:
    assert (assets() / "session.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(session_schema())
    assert json.loads(schema_text()) == session_schema()


def test_every_key_is_described() -> None:
    schema = json.loads(schema_text())
    described = [schema, *schema["$defs"].values()]
    for part in described:
        for key, value in part.get("properties", {}).items():
            assert value["description"].endswith("."), key
    assert set(schema["properties"]) == {key.name for key in format_fields.SESSION_KEYS}


def test_what_it_cannot_say_is_in_its_comment() -> None:
    for sentence in NOT_IN_SCHEMA:
        assert sentence in str(session_schema()["$comment"])


def test_the_example_is_valid_but_for_the_commas_that_yaml_cannot_know() -> None:
    quoted = EXAMPLE.replace("Half way, breathe out slowly", '"Half way, breathe out slowly"')
    quoted = quoted.replace("Ten seconds, stay tall", '"Ten seconds, stay tall"')
    assert VALIDATOR.is_valid(as_editor_sees(quoted))
    assert not VALIDATOR.is_valid(as_editor_sees(EXAMPLE))


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_whatever_the_program_writes_is_valid(session: Session) -> None:
    tree = as_editor_sees(write_session(session))
    assert VALIDATOR.is_valid(tree), list(VALIDATOR.iter_errors(tree))


# Values as an author may write them, right and wrong, as plain trees: what an editor's schema check is given.
_DURATIONS: list[Plain] = [
    "30s",
    "1:00",
    "1m30s",
    "1 min 30 s",
    "1.5s",
    90,
    1.5,
    "sixty",
    "1:75",
    "",
    -5,
    True,
    ["30s"],
    20_000,
]
_COUNTS: list[Plain] = [1, 3, 1_000, 0, 1_001, -1, 2.5, "3", True, "three", [1]]
_FLAGS: list[Plain] = [True, False, "yes", "true", 1, []]
_TEXTS: list[Plain] = ["Plank", "a: b", "No?", "x" * 80, "x" * 2_001, "", " ", "one\ntwo", 30, True, ["a"], {"a": "b"}]
_SAYS: list[Plain] = [
    [],
    [{"at": "half", "line": "x"}],
    [{"at": 5, "line": "x"}],
    [{"at": "-0.5s", "line": "x"}],
    [{"at": "x", "line": "y"}],
    [{"at": "half"}],
    [{"line": "x"}],
    ["x"],
    "x",
    [{"at": -0.01, "line": "x"}],
    [{"at": "half", "line": "x", "to": 1}],
]
_TEMPOS: list[Plain] = [
    {"lift": "1s"},
    {"lift": 1, "hold": 0, "lower": 2},
    {"hold": 1},
    {"lift": 0},
    {},
    "1-1-2",
    {"lift": 1, "drop": 1},
]
_VALUES: Mapping[str, list[Plain]] = {
    "exercise": ["plank", "superman", "push-up", "Plank", "side plank", 3, "", ["plank"]],
    "name": list(_TEXTS),
    "about": list(_TEXTS),
    "hold": list(_DURATIONS),
    "reps": list(_COUNTS),
    "until_done": list(_FLAGS),
    "amrap": list(_DURATIONS),
    "rep": list(_DURATIONS),
    "tempo": list(_TEMPOS),
    "last_rep_hold": list(_DURATIONS),
    "sets": list(_COUNTS),
    "rest": [*_DURATIONS, 0],
    "each_side": list(_FLAGS),
    "first_side": ["left", "right", "both", "Left", True],
    "switch": list(_DURATIONS),
    "setup": [*_DURATIONS, 0],
    "say": list(_SAYS),
    "rounds": list(_COUNTS),
    "shuffle": list(_FLAGS),
    "steps": [[], "x", [{"rest": 5}], [{"exercise": "plank", "hold": 5}], [{"exercise": "plank"}]],
    "colour": ["red"],
}
_HEAD: Mapping[str, list[Plain]] = {
    "format": [1, 2, "1", 1.5, True],
    "name": list(_TEXTS),
    "about": list(_TEXTS),
    "level": ["gentle", "regular", "Regular", 1, ""],
    "tags": [[], ["a", "b"], ["x" * 41], "a", [["a"]], ["a"] * 21, [""]],
    "language": ["en", "pt-BR", "english please", "e", 1],
    "setup": [*_DURATIONS, 0],
    "colour": ["red"],
}
_STARTS: list[list[str]] = [
    ["exercise", "hold"],
    ["exercise", "reps"],
    ["name", "amrap"],
    ["rest"],
    ["rounds", "steps"],
    ["exercise", "until_done"],
    [],
]


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Plain]:
    """Sessions with a few values in them that may be wrong."""
    tree: dict[str, Plain] = {"format": 1, "name": "X"}
    for key in draw(st.lists(st.sampled_from(sorted(_HEAD)), max_size=2, unique=True)):
        tree[key] = draw(st.sampled_from(_HEAD[key]))
    steps: list[Plain] = []
    for _number in range(draw(st.integers(1, 2))):
        keys = draw(st.sampled_from(_STARTS)) + draw(st.lists(st.sampled_from(sorted(_VALUES)), max_size=2))
        usually: dict[str, Plain] = {}
        for key in dict.fromkeys(keys):
            few = draw(st.integers(0, 3))
            usually[key] = draw(st.sampled_from(_VALUES[key] if not few else _VALUES[key][:1]))
        steps.append(usually)
    tree["steps"] = steps
    for key in draw(st.lists(st.sampled_from(sorted(tree)), max_size=1)) if not draw(st.integers(0, 5)) else ():
        del tree[key]
    return tree


# Findings that the schema leaves to the reader, as it says in its comment.
_LEFT_TO_THE_READER = (
    "is not in the catalogue", "is too short", "is too long", "the interval is only", "an open step has no end",
    "the reps have no pace", "with this step the session", "nested more than",
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(trees())
def test_the_schema_and_the_reader_agree(tree: dict[str, Plain]) -> None:
    text = json.dumps(tree)  # JSON is YAML: what the tree says, the text says
    findings = read_document(text, "x", CATALOGUE).findings
    told = [finding for finding in findings if not any(part in finding.problem for part in _LEFT_TO_THE_READER)]
    valid = VALIDATOR.is_valid(tree)
    assert bool(findings) if not valid else not told, (text, findings, list(VALIDATOR.iter_errors(tree)))


@pytest.mark.parametrize(
    "steps",
    [
        [{"exercise": "plank", "hold": "5h"}],
        [{"exercise": "headstand", "hold": 5}],
        [{"exercise": "plank", "hold": "0s"}],
        [{"exercise": "plank", "hold": 5, "say": [{"at": 9, "line": "x"}]}],
        [{"exercise": "push-up", "reps": 5, "last_rep_hold": 5}],
        [{"exercise": "plank", "hold": "4h"}] * 3,
    ],
)
def test_what_it_cannot_say_is_left_to_the_reader(steps: list[Plain]) -> None:
    tree: dict[str, Plain] = {"format": 1, "name": "X", "steps": steps}
    assert VALIDATOR.is_valid(tree)
    assert read_document(json.dumps(tree), "x", CATALOGUE).findings


def test_golden_files_that_it_passes_are_those_that_it_cannot_judge() -> None:
    passed = set()
    for file in FILES:
        try:
            tree = as_editor_sees(file.read_text(encoding="utf-8"))
        except (yaml.YAMLError, ValueError, OverflowError):  # an editor shows it as no YAML
            continue
        if VALIDATOR.is_valid(tree):
            passed.add(file.name.removesuffix(".session.yaml"))
    assert passed <= {
        "alias",
        "anchor",
        "colon-in-braces",
        "directive",
        "duration-long",
        "duration-short",
        "duration-zero",
        "escaped-control-character",
        "escaped-surrogate",
        "exercise-nearly",
        "exercise-unknown",
        "last-rep-unknown",
        "merge-key",
        "moment-in-open-step",
        "moment-in-rest",
        "moment-outside",
        "question-mark-in-braces",
        "rounds-too-deep",
        "second-document",
        "tag",
        "tag-directive",
        "too-long-a-session",
        "too-many-intervals",
    }
