"""The answers to proposals: kept whole, and read past whatever stands in their file."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timer_app.coaching.proposal_answers import ProposalAnswers

DAY = date(2026, 3, 14)


def test_the_last_answer_of_each_session_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "state" / "answers.json"
    assert ProposalAnswers(file).last("core") is None
    ProposalAnswers(file).record("core", date(2026, 2, 1))
    ProposalAnswers(file).record("planks", date(2026, 3, 1))
    ProposalAnswers(file).record("core", DAY)
    kept = ProposalAnswers(file)
    assert (kept.last("core"), kept.last("planks"), kept.last("other")) == (DAY, date(2026, 3, 1), None)
    assert [other.name for other in file.parent.iterdir()] == ["answers.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "3",
        "[" * 100_000,
        "{}",
        '{"version": 2, "answered": {"core": "2026-03-14"}}',
        '{"version": 1, "answered": ["core"]}',
        '{"version": 1, "answered": {"core": "soon"}}',
        '{"version": 1, "answered": {"core": 3}}',
    ],
)
def test_a_file_that_says_nothing_holds_no_answers_and_takes_new_ones(tmp_path: Path, text: str) -> None:
    file = tmp_path / "answers.json"
    file.write_text(text)
    assert ProposalAnswers(file).last("core") is None
    ProposalAnswers(file).record("core", DAY)
    assert ProposalAnswers(file).last("core") == DAY


@given(st.binary(max_size=60))
def test_whatever_bytes_there_are_none_of_them_harms(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("answers") / "answers.json"
    file.write_bytes(data)
    assert ProposalAnswers(file).last("core") is None


def test_what_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder")
    with pytest.raises(OSError, match="state"):
        ProposalAnswers(tmp_path / "state" / "answers.json").record("core", DAY)
