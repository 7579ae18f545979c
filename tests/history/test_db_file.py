from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.history.runs import EVENING, TEXT, begun, plank, reps, run
from timer_app.history.db_file import (
    APPLICATION_ID,
    definition_hash,
    findings,
    migrate,
    open_for_reading,
    open_store,
    writing,
)
from timer_app.history.errors import DamagedFile, HistoryRefused
from timer_app.history.migrations import MIGRATIONS
from timer_app.history.reader import History
from timer_app.history.records import RunOutcome, RunRecord, Tag, TagKind
from timer_app.history.row_mapping import write_run
from timer_app.history.statistics.weekly_aggregates import sum_up

VERSION = len(MIGRATIONS)
FIXTURES = Path(__file__).with_name("fixtures")
OLD_RUN = RunRecord(
    begun("5d0a1f3e-old"), EVENING, RunOutcome.STOPPED, (plank(1), reps(2, 7)), 6, 4, 5, "It's fine: 山; ready"
)
FULL_RUN = replace(
    OLD_RUN,
    begun=replace(OLD_RUN.begun, left_out='["steps[1]"]'),
    comfort_next=7,
    tags=(Tag(TagKind.HELPED, "A long walk"), Tag(TagKind.SHOES, "Red; '12'")),
    away=True,
)
REPEATED_RUN = replace(FULL_RUN, intervals=(replace(plank(1), attempts=2), reps(2, 7)), resume_at=1)
RUN_OF = {1: OLD_RUN, 2: FULL_RUN, 3: FULL_RUN, 4: REPEATED_RUN}


def _with_runs(file: Path) -> Path:
    with closing(open_store(file)) as connection, writing(connection):
        for run_id in ("a", "b"):
            write_run(connection, run(run_id, note=f"note of {run_id}"), EVENING)
        write_run(connection, replace(FULL_RUN, begun=replace(FULL_RUN.begun, id="full")), EVENING)
    with closing(open_store(file)) as connection:
        sum_up(connection)
    return file


def test_a_new_file_is_durable_and_says_what_it_is(file: Path) -> None:
    with closing(open_store(file)) as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "application_id", "user_version")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "application_id": APPLICATION_ID,
        "user_version": VERSION,
    }
    header = file.read_bytes()[:100]
    assert (header[60:64], header[68:72]) == (VERSION.to_bytes(4, "big"), b"GST1")


def test_an_empty_file_becomes_a_history(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    with closing(open_for_reading(_with_runs(file))) as connection:
        assert findings(connection) == ()


def test_foreign_keys_are_kept(file: Path) -> None:
    with (
        closing(open_store(_with_runs(file))) as connection,
        pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"),
    ):
        connection.execute("UPDATE run SET definition = 99")


@pytest.mark.parametrize(
    ("version", "fingerprint"),
    [
        (1, "75081bf8b6a4cb310629abb27f5ed2235668e386b2d413bd4f7661667e37d593"),
        (2, "f0c37855d6386a9c27dcc6483098ca9bc3904d8304deb00f78d38a6f9cf19705"),
        (3, "a25fbbe8e03036ea0d5434744b8f449ee147b0d522247826db9b21cbdd0aa6f8"),
        (4, "d8f2e6c1f8732782d2ecb8e0229b7e91f94cfae0254b29a00e76b1f0c10752ce"),
    ],
)
def test_the_schema_of_a_version_is_never_changed(version: int, fingerprint: str) -> None:
    """A released migration stays as it is: files of its making are out there."""
    text = "\n".join(" ".join(statement.split()) for statement in MIGRATIONS[version - 1])
    assert definition_hash(text) == fingerprint


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_file_of_each_version_is_brought_up_to_date(file: Path, version: int) -> None:
    """The fixtures were written by the program of their version; each holds one run."""
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((FIXTURES / f"history-{version}.sql").read_text(encoding="utf-8"))
    with closing(open_store(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert findings(connection) == ()
    assert History(file).records() == (RUN_OF[version],)


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_file_of_each_version_can_be_read_before_anything_is_written_to_it(file: Path, version: int) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((FIXTURES / f"history-{version}.sql").read_text(encoding="utf-8"))
    before = file.read_bytes()
    assert History(file).records() == (RUN_OF[version],)
    assert file.read_bytes() == before


@pytest.mark.parametrize("change", ["run SET resume_at = 2", "interval SET attempts = 3 WHERE position = 1"])
def test_the_seal_covers_what_was_repeated(file: Path, change: str) -> None:
    with closing(open_store(file)) as connection:
        with writing(connection):
            write_run(connection, REPEATED_RUN, EVENING)
        assert findings(connection) == ()
        connection.execute(f"UPDATE {change}")
        assert findings(connection) == ("run 1 is not as it was written",)


def test_a_damaged_file_of_version_1_is_found_before_it_is_brought_up_to_date(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((FIXTURES / "history-1.sql").read_text(encoding="utf-8"))
        connection.execute("UPDATE interval SET actual = 59000 WHERE position = 1")
        connection.commit()
    with pytest.raises(DamagedFile, match="run 1 is not as it was written"):
        open_store(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_migration_adds_to_an_older_file_and_keeps_its_rows(file: Path) -> None:
    later = (*MIGRATIONS, ("CREATE TABLE later (number INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT",))
    with closing(open_store(_with_runs(file), later)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
        assert connection.execute("SELECT id FROM run ORDER BY id").fetchall() == [("a",), ("b",), ("full",)]
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(file: Path) -> None:
    later = (*MIGRATIONS, ("CREATE TABLE later (number INTEGER PRIMARY KEY)", "CREATE TABLE run (twice TEXT)"))
    with closing(open_store(_with_runs(file))) as connection:
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrate(connection, later)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert findings(connection) == ()


def _foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA application_id = 252006674")
        connection.execute("CREATE TABLE places (url TEXT)")


def _foreign_without_a_name(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE run (what TEXT)")
        connection.commit()


def _newer(file: Path) -> None:
    with closing(open_store(file)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


def _newer_in_its_log(file: Path) -> None:
    """A newer version that lost power before its header was brought up to date."""
    source = file.with_name("source.sqlite")
    with closing(open_store(source)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        file.write_bytes(source.read_bytes())
        Path(f"{file}-wal").write_bytes(Path(f"{source}-wal").read_bytes())


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_foreign, "another program"),
        (_foreign_without_a_name, "another program"),
        (_newer, "newer version"),
        (_newer_in_its_log, "newer version"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_with_its_bytes_unchanged(file: Path, make: object, words: str) -> None:
    assert callable(make)
    file.parent.mkdir()
    make(file)
    before = file.read_bytes()
    for attempt in (open_store, open_for_reading):
        with pytest.raises(HistoryRefused, match=words):
            attempt(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE run SET planned = planned + 1 WHERE id = 'a'",
        "UPDATE run SET note = 'another' WHERE id = 'b'",
        "UPDATE interval SET actual = 1",
        "DELETE FROM interval WHERE run = 1",
        "UPDATE run SET id = 'c' WHERE id = 'a'",
        "UPDATE definition SET text = text || ' '",
        "UPDATE run SET left_out = '[ ]' WHERE id = 'a'",
        "UPDATE run SET comfort_next = 3 WHERE id = 'a'",
        "UPDATE run SET next_asked = 1 WHERE id = 'a'",
        "UPDATE run SET away = 0 WHERE id = 'full'",
        "UPDATE tag SET word = word || 's'",
        "DELETE FROM tag",
        "INSERT INTO tag VALUES (1, 'sleep', 'side')",
        "DROP INDEX run_by_time",
        "UPDATE summed SET week = week + 1",
        "UPDATE day_sum SET actual = actual + 1",
        "DELETE FROM day_sum",
        "UPDATE exercise_sum SET own = NULL",
        "UPDATE comfort_sum SET before_sum = before_sum + 1",
        "DROP TRIGGER run_changed",
        "PRAGMA application_id = 77",
    ],
)
def test_a_change_that_was_not_ours_is_found(file: Path, damage: str) -> None:
    with closing(open_store(_with_runs(file))) as connection:
        assert findings(connection) == ()
        connection.execute(damage)
        assert findings(connection) != ()
    before = file.read_bytes()
    with pytest.raises(DamagedFile):
        open_store(file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_damaged(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"\x89PNG and then some" * 100)
    with pytest.raises((DamagedFile, sqlite3.DatabaseError)):
        open_store(file)


def test_a_definition_hash_is_the_sha_256_of_its_text() -> None:
    assert definition_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert definition_hash(TEXT) != definition_hash(TEXT + " ")
