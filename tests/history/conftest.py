from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.history.runs import EVENING
from timer_app.clock import ManualClock
from timer_app.history.run_journal import Journal
from timer_app.problems import Problem


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(wall=EVENING)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite"


@pytest.fixture
def problems() -> list[Problem]:
    """The problems that were reported."""
    return []


@pytest.fixture
def open_journal(file: Path, clock: ManualClock, problems: list[Problem]) -> Iterator[Callable[[], Journal]]:
    """Open journals on the file, and close them at the end."""
    journals: list[Journal] = []

    def opened() -> Journal:
        journals.append(Journal(file, clock, problems.append))
        return journals[-1]

    yield opened
    for journal in journals:
        journal.close()


@pytest.fixture
def journal(open_journal: Callable[[], Journal]) -> Journal:
    return open_journal()
