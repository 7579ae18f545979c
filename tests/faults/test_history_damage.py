"""The history file is damaged: never a crash, never a silent loss."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from tests.demo import demo_pauses, demo_runs
from tests.history.runs import EVENING, begun, plank
from timer_app.clock import ManualClock
from timer_app.history.backups import back_up, backup_folder, list_backups
from timer_app.history.db_file import open_store, writing
from timer_app.history.errors import HistoryDamaged, HistoryMoved, HistoryNotSaved, HistoryRefused, HistoryUnreadable
from timer_app.history.reader import History
from timer_app.history.records import Pause, RunRecord
from timer_app.history.row_mapping import write_run
from timer_app.history.run_edits import delete_run, put_pause
from timer_app.history.run_journal import Journal
from timer_app.history.statistics.comfort_stats import ComfortGrouping
from timer_app.history.statistics.exercise_progress import ExerciseProgress
from timer_app.history.statistics.weekly_aggregates import sum_up
from timer_app.problems import Problem

DAMAGES = 1000
AGE = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound history with a safety copy that is twenty minutes old and holds all of it."""

    file: Path
    content: bytes
    records: tuple[RunRecord, ...]
    pauses: tuple[Pause, ...]
    progress: tuple[ExerciseProgress, ...]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    file = tmp_path_factory.mktemp("sound") / "history.sqlite"
    with closing(open_store(file)) as connection:
        with writing(connection):
            for record in islice(demo_runs(EVENING), 10):
                write_run(connection, record, record.begun.started_at)
            for pause in demo_pauses(EVENING):
                put_pause(connection, pause, EVENING - timedelta(days=2))
            delete_run(connection, record.begun.id, EVENING - timedelta(days=1))
        sum_up(connection)
        back_up(connection, file, EVENING - AGE)
    history = History(file)
    return Sound(file, file.read_bytes(), history.records(), history.pauses(), history.progress())


def _damage(content: bytes, rng: Random) -> bytes:
    """Return the file with 16 random bytes overwritten: in a row, or here and there."""
    damaged = bytearray(content)
    if rng.random() < 0.5:
        start = rng.randrange(len(damaged) - 16)
        damaged[start : start + 16] = rng.randbytes(16)
    else:
        for _byte in range(16):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return bytes(damaged)


def _start_on(content: bytes, sound: Sound, folder: Path) -> str:
    """Start on a damaged file as the program does, and return what became of it."""
    file = folder / "history.sqlite"
    shutil.copytree(backup_folder(sound.file), backup_folder(file))
    file.write_bytes(content)
    problems: list[Problem] = []
    _read_as_a_page_does(file)
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    well = journal.flush(30)
    try:
        if not problems:
            assert well
            _assert_all_there(file, sound)
            return "nothing lost"
        (problem,) = problems
        if isinstance(problem, HistoryDamaged):
            return _restored(journal, file, problem, content, sound)
        assert isinstance(problem, HistoryRefused | HistoryNotSaved)
        assert file.read_bytes() == content
        return type(problem).__name__
    finally:
        journal.close(30)


def _assert_all_there(file: Path, sound: Sound) -> None:
    history = History(file)
    assert history.records() == sound.records
    assert history.pauses() == sound.pauses
    assert history.progress() == sound.progress


def _read_as_a_page_does(file: Path) -> None:
    """The first page may look before the check is over: it must not die of it."""
    history = History(file)
    try:
        history.records()
        history.runs()
        history.last_done()
        history.unfinished()
        history.days_done()
        history.pauses()
        history.undoable(EVENING)
        history.progress()
        for beside in ComfortGrouping:
            history.comfort_by(beside)
    except (HistoryUnreadable, HistoryRefused):
        pass


def _restored(journal: Journal, file: Path, problem: HistoryDamaged, content: bytes, sound: Sound) -> str:
    assert problem.kept.read_bytes() == content
    assert problem.backup == list_backups(file)[0]
    assert "20 minutes ago" in str(problem)
    journal.restore_backup(problem.backup.file)
    assert journal.flush(30)
    _assert_all_there(file, sound)
    return "put aside and restored"


def _damage_often(sound: Sound, folder: Path, times: int, seed: int) -> Counter[str]:
    rng = Random(seed)
    ends: Counter[str] = Counter()
    for number in range(times):
        one = folder / str(number)
        one.mkdir()
        content = _damage(sound.content, rng)
        if content != sound.content:
            ends[_start_on(content, sound, one)] += 1
        shutil.rmtree(one)
    return ends


def test_a_damaged_file_is_put_aside_and_its_copy_restored(sound: Sound, memory_folder: Path) -> None:
    ends = _damage_often(sound, memory_folder, 30, seed=1)
    assert ends["put aside and restored"] > 12


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_1000_damages_lose_nothing_in_silence(sound: Sound, memory_folder: Path) -> None:
    ends = _damage_often(sound, memory_folder, DAMAGES, seed=2026)
    print(f"{ends.total()} damages: {dict(ends)}")
    assert ends["put aside and restored"] > 0.6 * DAMAGES
    assert ends.total() > 0.99 * DAMAGES


def test_a_truncated_file_is_put_aside(sound: Sound, tmp_path: Path) -> None:
    for length in (0, 1, 99, 4096, len(sound.content) // 2, len(sound.content) - 1):
        one = tmp_path / str(length)
        one.mkdir()
        assert _start_on(sound.content[:length], sound, one) == "put aside and restored"


def test_with_no_sound_copy_that_is_reported_too(sound: Sound, tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    file.write_bytes(sound.content[: len(sound.content) // 2])
    problems: list[Problem] = []
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    journal.begin(begun())
    assert journal.close()
    (problem,) = problems
    assert isinstance(problem, HistoryDamaged)
    assert problem.backup is None
    assert "no sound safety copy" in str(problem)
    assert problem.kept.read_bytes() == sound.content[: len(sound.content) // 2]
    assert [run.id for run in History(file).runs()] == ["a"]


def test_a_damaged_file_put_there_in_the_middle_of_a_session_keeps_the_session(sound: Sound, tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    file.write_bytes(sound.content)
    problems: list[Problem] = []
    journal = Journal(file, ManualClock(wall=EVENING), problems.append)
    journal.begin(begun())
    journal.interval_ended("a", plank(1))
    assert journal.flush()
    other = tmp_path / "other"
    other.write_bytes(sound.content[:4096] + b"\xa5" * (len(sound.content) - 4096))
    other.replace(file)
    journal.interval_ended("a", plank(2))
    assert journal.flush()
    journal.interval_ended("a", plank(3))
    assert journal.close()
    assert [type(problem) for problem in problems] == [HistoryMoved, HistoryDamaged]
    assert History(file).run("a").intervals == (plank(1), plank(2), plank(3))
