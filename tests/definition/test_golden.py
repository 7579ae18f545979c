"""Every kind of problem, and what a person reads about it.

`TIMER_APP_GOLDEN=write pytest tests/definition/test_golden.py` writes them anew; a person judges the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.definition.strategies import CATALOGUE
from timer_app.definition.parser import check_session

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.session.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".session.yaml"))
def test_problem_is_told_as_agreed(file: Path) -> None:
    findings = check_session(file.read_bytes(), file.name, CATALOGUE)
    told = "".join(f"{finding}\n" for finding in findings)
    expected = file.with_name(file.name.removesuffix(".session.yaml") + ".txt")
    if os.environ.get("TIMER_APP_GOLDEN") == "write":
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert findings, "a golden file has at least one problem"


def test_each_kind_of_problem_has_its_file() -> None:
    assert len(FILES) >= 40


def test_every_finding_has_a_place_and_says_what_to_do() -> None:
    for file in FILES:
        lines = file.read_bytes().count(b"\n") + 1
        for finding in check_session(file.read_bytes(), file.name, CATALOGUE):
            assert 1 <= finding.line <= lines
            assert finding.column >= 1
            assert finding.problem
            assert finding.instead


def test_the_first_example_comes_out_as_promised() -> None:
    text = "# one\nformat: 1\nname: X\n\nsteps:\n  - exercise: plank\n    hold: sixty\n"
    (finding,) = check_session(text, "my.session.yaml", CATALOGUE)
    assert str(finding) == 'my.session.yaml:7:11: steps[0].hold: "sixty" is not a duration; write 60s, 1:00 or 1m'
