"""The reference for authors says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from timer_app.definition import format_fields
from timer_app.definition.json_schema import NOT_IN_SCHEMA
from timer_app.definition.parser import read_session
from timer_app.durations import parse_duration
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.parser import EXERCISE_KEYS
from timer_app.paths import assets
from timer_app.schema.table_reader import Key

TEXT = (Path(__file__).parents[2] / "docs" / "session-format.md").read_text(encoding="utf-8")
SESSIONS = [block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if block.startswith("format: 1")]


def section(title: str) -> str:
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_its_examples_are_sessions() -> None:
    catalogue = load_catalogue(assets() / "exercises").catalogue
    assert len(SESSIONS) == 2
    for text in SESSIONS:
        read_session(text, "docs/session-format.md", catalogue)


@pytest.mark.parametrize(
    ("title", "keys"),
    [
        ("The session", format_fields.SESSION_KEYS),
        ("An exercise", format_fields.EXERCISE_KEYS),
        ("A rest", format_fields.REST_KEYS),
        ("Rounds", format_fields.ROUNDS_KEYS),
    ],
)
def test_it_describes_every_key_and_no_other(title: str, keys: tuple[Key[object], ...]) -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \|", section(title), re.MULTILINE)
    assert sorted(rows) == sorted(key.name for key in keys)
    for key in keys:
        if key.default not in (None, False):
            assert f"`{key.default}`" in section(title)


def test_it_describes_every_key_of_an_exercise_file_but_its_figure() -> None:
    described = set(re.findall(r"`([a-z]+)`", section("Your own files")))
    assert {key.name for key in EXERCISE_KEYS} - {"poses"} <= described


def test_its_durations_are_the_same() -> None:
    found = re.search(r"best: (.*?) are all", section("Durations"))
    assert found is not None
    assert {parse_duration(text) for text in re.findall(r"`(.*?)`", found.group(1))} == {90_000}


def test_it_lists_what_the_schema_cannot_say() -> None:
    listed = re.findall(r"^- (.*)$", section("What the schema cannot say"), re.MULTILINE)
    assert tuple(listed) == NOT_IN_SCHEMA
