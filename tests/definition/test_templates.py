from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.definition.library import SUFFIX
from timer_app.definition.parser import check_session, read_session
from timer_app.definition.templates import empty_text, starter_text, stem_for
from timer_app.exercises.catalogue import load_catalogue
from timer_app.paths import assets

SHIPPED = load_catalogue(assets() / "exercises").catalogue


@pytest.mark.parametrize("name", ["Back on Sunday", "a: b #c", "x" * 200, "", "two\nlines", "'quoted'", "no", "{a}"])
def test_a_starter_is_valid_as_it_stands(name: str) -> None:
    session = read_session(starter_text(name), "x", SHIPPED)
    assert session.name == (" ".join(name.split())[:80] or "My session")
    assert len(session.steps) == 3


def test_a_starter_explains_itself() -> None:
    assert starter_text("Back on Sunday").count("#") >= 8


@pytest.mark.parametrize("name", ["Back on Sunday", "a: b #c", "no"])
def test_of_an_empty_session_nothing_is_wrong_but_that_it_has_no_step(name: str) -> None:
    assert [finding.where for finding in check_session(empty_text(name), "x", SHIPPED)] == ["steps"]


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Planks by the minute", "planks-by-the-minute"),
        ("Hamstring, hip, calf", "hamstring-hip-calf"),
        ("Child's pose", "childs-pose"),
        ("Côté — été", "cote-ete"),
        ("  CON  ", "con-session"),
        ("lpt1", "lpt1-session"),
        ("../../etc/passwd", "etc-passwd"),
        ("🏃", "session"),
        ("", "session"),
        ("日本語 テスト", "日本語-テスト"),
        ("x" * 100, "x" * 60),
        ("😀".join("ab"), "a-b"),
    ],
)
def test_a_file_is_called_after_its_title(title: str, stem: str) -> None:
    assert stem_for(title) == stem


@given(st.text())
def test_a_stem_is_safe_on_every_system(title: str) -> None:
    stem = stem_for(title)
    assert stem
    assert not set(stem) & set('/\\:*?"<>|. \0')
    assert len(f"{stem}{SUFFIX}".encode()) <= 255
    assert stem_for(stem) == stem
