"""What the program brings, read once for all tests of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.definition.model import Session
from timer_app.definition.parser import read_session
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.model import Catalogue

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    loaded = load_catalogue(ROOT / "assets" / "exercises")
    assert [str(finding) for finding in loaded.findings] == []
    return loaded.catalogue


@pytest.fixture(scope="session")
def session_files() -> dict[str, Path]:
    """The shipped session files by their stems."""
    return {file.name.removesuffix(".session.yaml"): file for file in sorted((ROOT / "sessions").iterdir())}


@pytest.fixture(scope="session")
def sessions(session_files: dict[str, Path], catalogue: Catalogue) -> dict[str, Session]:
    return {stem: read_session(file.read_bytes(), file.name, catalogue) for stem, file in session_files.items()}
