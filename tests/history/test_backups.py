from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.history.runs import EVENING, begun, plank, reps, run, utc
from timer_app.history.backups import (
    back_up,
    backup_folder,
    has_stray_log,
    list_backups,
    newest_sound,
    put_aside,
    superfluous,
)
from timer_app.history.db_file import findings, open_store, writing
from timer_app.history.errors import Backup, age_in_words
from timer_app.history.exchange.history_import import restore_into
from timer_app.history.merge import MergeResult
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome, RunRecord
from timer_app.history.row_mapping import write_run


def _add(connection: sqlite3.Connection, record: RunRecord, changed_at: datetime = EVENING) -> None:
    with writing(connection):
        write_run(connection, record, changed_at)


def test_a_copy_holds_what_is_committed_and_stands_by_itself(file: Path) -> None:
    with closing(open_store(file)) as connection:
        _add(connection, run("a"))
        backup = back_up(connection, file, EVENING)
    assert backup == Backup(backup_folder(file) / "history-2026-03-14-173000.sqlite", utc(2026, 3, 14, 17, 30))
    assert list(backup_folder(file).iterdir()) == [backup.file]
    assert History(backup.file).runs() == History(file).runs()
    assert list_backups(file) == (backup,)


def test_copies_are_listed_newest_first_and_other_files_left_alone(file: Path) -> None:
    folder = backup_folder(file)
    folder.mkdir(parents=True)
    names = ("history-2026-01-02-030405.sqlite", "history-2026-02-01-000000.sqlite")
    for name in (*names, "history-2026-13-40-999999.sqlite", "notes.txt", "history-2026-03-01-000000.partial"):
        (folder / name).touch()
    assert [backup.file.name for backup in list_backups(file)] == list(reversed(names))
    assert list_backups(file.with_name("other.sqlite")) == ()


def test_the_newest_sound_copy_is_found_past_a_damaged_one(file: Path) -> None:
    with closing(open_store(file)) as connection:
        _add(connection, run("a"))
        sound = back_up(connection, file, EVENING)
        damaged = back_up(connection, file, EVENING + timedelta(hours=1))
        not_one = back_up(connection, file, EVENING + timedelta(hours=2))
    with closing(sqlite3.connect(damaged.file)) as connection:
        connection.execute("UPDATE run SET planned = 1")
        connection.commit()
    not_one.file.write_bytes(b"nothing")
    assert newest_sound(file) == sound
    sound.file.unlink()
    assert newest_sound(file) is None


def test_a_copy_that_fails_leaves_nothing_half_made(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_connection: sqlite3.Connection, partial: Path) -> None:
        partial.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("timer_app.history.backups._copy", full)
    with closing(open_store(file)) as connection, pytest.raises(OSError, match="No space"):
        back_up(connection, file, EVENING)
    assert list(backup_folder(file).iterdir()) == []


def _backup(made_at: datetime) -> Backup:
    return Backup(Path(made_at.isoformat()), made_at)


def test_copies_are_thinned_to_days_weeks_and_months() -> None:
    now = utc(2026, 3, 14, 18)
    every_half_hour = [_backup(now - timedelta(minutes=30) * number) for number in range(48 * 1000)]
    stays = sorted(set(every_half_hour) - set(superfluous(every_half_hour, now)), key=lambda backup: backup.made_at)
    ages = [(now - backup.made_at) / timedelta(days=1) for backup in stays]
    assert len([age for age in ages if age < 1]) == 48
    assert len([age for age in ages if 1 <= age < 14]) == 13
    assert len([age for age in ages if 14 <= age < 56]) in range(6, 10)
    assert len([age for age in ages if age >= 56]) in range(21, 25)
    assert max(ages) < 24 * 31


@given(
    st.sets(st.datetimes(timezones=st.just(UTC)).map(_backup), max_size=40),
    st.datetimes(timezones=st.just(UTC)),
)
def test_thinning_keeps_the_newest_and_has_done_enough_at_once(backups: set[Backup], now: datetime) -> None:
    goes = set(superfluous(backups, now))
    stays = backups - goes
    assert goes <= backups
    assert not backups or max(backups, key=lambda backup: backup.made_at) in stays
    assert superfluous(stays, now) == ()


def test_a_restored_copy_loses_nothing_of_either(file: Path) -> None:
    """Both know `both`; the copy knows it before its last interval, the file knows nothing of its first."""
    end = EVENING + timedelta(minutes=6)
    with closing(open_store(file)) as connection:
        _add(connection, run("copy"))
        _add(connection, RunRecord(begun("both"), None, RunOutcome.INTERRUPTED, (plank(1), plank(2, 5))))
        backup = back_up(connection, file, EVENING)
    file.unlink()
    with closing(open_store(file)) as connection:
        _add(connection, run("file"))
        later = RunRecord(begun("both"), end, RunOutcome.COMPLETED, (plank(2), reps(3)), 5, note="now")
        _add(connection, later, EVENING + timedelta(minutes=1))
        with writing(connection):
            assert restore_into(connection, backup.file) == MergeResult(1, 1)
        with writing(connection):
            assert restore_into(connection, backup.file) == MergeResult(0, 0)
        assert findings(connection) == ()
    history = History(file)
    assert {each.id for each in history.runs()} == {"copy", "both", "file"}
    assert history.run("both") == RunRecord(
        begun("both"), end, RunOutcome.COMPLETED, (plank(1), plank(2), reps(3)), 5, note="now"
    )


def test_the_one_that_changed_last_knows_better(file: Path) -> None:
    with closing(open_store(file)) as connection:
        _add(connection, run("a", note="newer"), EVENING + timedelta(hours=1))
        backup = back_up(connection, file, EVENING + timedelta(hours=1))
    file.unlink()
    with closing(open_store(file)) as connection:
        _add(connection, run("a", note="older"), EVENING)
        with writing(connection):
            restore_into(connection, backup.file)
    assert History(file).run("a").note == "newer"


def test_a_damaged_file_goes_aside_with_its_log_and_never_over_another(file: Path) -> None:
    file.parent.mkdir()
    kept = []
    for number in range(3):
        for side in ("", "-wal", "-shm"):
            Path(f"{file}{side}").write_text(f"{side}{number}")
        kept.append(put_aside(file, EVENING))
    assert [path.name for path in kept] == [
        "history.damaged-2026-03-14-183000.sqlite",
        "history.damaged-2026-03-14-183000-2.sqlite",
        "history.damaged-2026-03-14-183000-3.sqlite",
    ]
    for number, path in enumerate(kept):
        assert path.read_text() == str(number)
        assert Path(f"{path}-wal").read_text() == f"-wal{number}"
    assert len(list(file.parent.iterdir())) == 9


def test_a_log_without_its_history_is_reported_from_a_new_start(file: Path) -> None:
    assert not has_stray_log(file)
    file.parent.mkdir()
    Path(f"{file}-wal").touch()
    assert has_stray_log(file)
    file.touch()
    assert not has_stray_log(file)


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "less than a minute ago"),
        (timedelta(seconds=61), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "47 hours ago"),
        (timedelta(hours=48), "2 days ago"),
    ],
)
def test_an_age_is_reported_in_words(age: timedelta, words: str) -> None:
    assert age_in_words(age) == words
