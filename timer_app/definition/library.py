"""The library of sessions: those that come with the program and the user's own."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from timer_app.atomic_write import MAX_BYTES, read_start, unreadable
from timer_app.clock import Milliseconds
from timer_app.definition.duration_totals import measure
from timer_app.definition.model import ExerciseStep, Level, Rounds, Session, Step
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.parse_cache import ParseCache, Stamp, stamp
from timer_app.plain_text import as_text, plain_line
from timer_app.problems import Finding, Problem, UnreadableFile

if TYPE_CHECKING:
    from timer_app.definition.parser import Reading

SUFFIX = ".session.yaml"
_INDEX_VERSION = 2


class LibraryEntry(Struct, frozen=True):
    """A session file as the library lists it.

    `stem` is the file's name without `.session.yaml`; `shipped` marks the program's own files.
    A file with `findings` is broken: its `title` is its stem and the rest is empty. `total` is in milliseconds, with
    the `open_intervals` counted as 0. `exercises` are the catalogue ids that it uses, each once.
    """

    stem: str
    file: Path
    shipped: bool
    title: str
    findings: tuple[Finding, ...] = ()
    about: str | None = None
    level: Level | None = None
    tags: tuple[str, ...] = ()
    language: str = "en"
    total: Milliseconds = 0
    intervals: int = 0
    open_intervals: int = 0
    exercises: tuple[str, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether the file has problems and cannot be run."""
        return bool(self.findings)

    def text(self) -> str:
        """Return the file's text as it is now. Raises Problem when it cannot be read, or is no text."""
        from timer_app.schema.yaml_tree import decode  # noqa: PLC0415 - a start recalls what it read before

        try:
            text = decode(_content(self.file), str(self.file))
        except OSError as error:
            raise unreadable(self.file, error) from error
        if isinstance(text, Finding):
            raise UnreadableFile([text])
        return text


class Library:
    """The sessions of two folders, read when they change.

    A user's file wins over a shipped one of the same stem, which is then not listed: that is how a shipped session is
    changed. One that is broken hides nothing: both are listed, and the shipped one is what the stem finds. All methods
    can be called from any thread. `index` is a file that remembers what was read.
    """

    def __init__(self, shipped: Path, own: Path, catalogue: Catalogue, index: Path | None = None) -> None:
        self.shipped = shipped
        self.own = own
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._index = ParseCache(index, _version(catalogue, shipped), LibraryEntry)
        self._read: dict[str, tuple[Stamp, LibraryEntry]] = {}
        self._entries: tuple[LibraryEntry, ...] | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The exercises that the sessions are read with."""
        return self._catalogue

    def entries(self) -> tuple[LibraryEntry, ...]:
        """Return every session, the user's own first, each by title.

        The folders are read at the first call, which takes some 5 ms for each file that no index remembers: with many,
        let `refresh` do it on another thread before.
        """
        if self._entries is None:
            self.refresh()
        return self._entries or ()

    def refresh(self) -> bool:
        """Read what changed in the folders, and return whether anything did."""
        with self._lock:
            before = self._read
            self._read = {path: (now, self._entry(path, now)) for path, now in self._files()}
            self._index.save()
            if self._entries is not None and self._read == before:
                return False
            entries = [entry for _now, entry in self._read.values()]
            sound = {entry.stem: entry for entry in entries if not entry.broken}
            broken = (entry for entry in entries if entry.broken)
            self._entries = tuple(sorted((*sound.values(), *broken), key=_order))
            return True

    def find(self, name: str) -> LibraryEntry:
        """Return the session with this stem or, in any case, this title, as it is or as it is shown.

        Raises Problem when there is none.
        """
        from timer_app.schema.near_names import advice  # noqa: PLC0415 - the first page finds nothing by name
        from timer_app.schema.yaml_errors import clipped  # noqa: PLC0415

        query = plain_line(name.strip()).casefold()
        entries = sorted(self.entries(), key=lambda entry: entry.broken)
        for entry in entries:
            if plain_line(entry.stem).casefold() == query:
                return entry
        for entry in entries:
            if plain_line(entry.title).casefold() == query:
                return entry
        stems = {word: entry.stem for entry in entries for word in (entry.title.casefold(), entry.stem.casefold())}
        raise Problem(_('There is no session called "{name}".').format(name=clipped(name)), advice(query, stems))

    def read(self, file: Path) -> LibraryEntry:
        """Return an entry for any file, in the library or not. Raises Problem when it cannot be read."""
        shipped = file.parent == self.shipped
        try:
            return _summary(file, shipped, _read(_content(file), file, self._catalogue), self._catalogue)
        except OSError as error:
            raise unreadable(file, error) from error

    def open(self, entry: LibraryEntry) -> Session:
        """Return the session of an entry, read from its file now. Raises Problem, with every finding in the file."""
        reading = _read(entry.text(), entry.file, self._catalogue)
        if reading.session is None:
            raise UnreadableFile(reading.findings)
        return reading.session

    def _files(self) -> Iterator[tuple[str, Stamp]]:
        """Yield the session files of both folders with their stamps, the user's last."""
        yield from _files(self.shipped)
        yield from _files(self.own)

    def _entry(self, name: str, now: Stamp) -> LibraryEntry:
        """Return the entry of a file in one of the folders; the file is read only when it is new or has changed."""
        recalled = self._index.recall(name, now)
        before = self._read.get(name)
        if before is not None and before[0] == now:
            return before[1]
        if recalled is not None:
            return recalled
        path = Path(name)
        shipped = path.parent == self.shipped
        try:
            reading = _read(_content(path), path, self._catalogue)
        except OSError as error:
            finding = Finding(str(path), 1, 1, "", str(unreadable(path, error)), "")
            return LibraryEntry(stem_of(path), path, shipped, stem_of(path), (finding,))
        entry = _summary(path, shipped, reading, self._catalogue)
        if not entry.broken:
            self._index.remember(name, now, entry)
        return entry


def stem_of(file: Path) -> str:
    """Return what a session is called by: its file's name without `.session.yaml`, as text, as `list` prints it."""
    return as_text(file.name.removesuffix(SUFFIX))


def _files(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Yield the session files of a folder with their stamps; none where there is no folder."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(SUFFIX) and not entry.name.startswith(".") and entry.is_file():
                    yield entry.path, stamp(entry.stat())
    except OSError:
        return


def _read(text: str | bytes, file: Path, catalogue: Catalogue) -> Reading:
    """Read a session file; what reading needs is loaded only now, since a start recalls what it read before."""
    from timer_app.definition.parser import read_document  # noqa: PLC0415

    return read_document(text, str(file), catalogue)


def _content(file: Path) -> bytes:
    """Return a file's bytes, or as many as show that it is too large. Raises OSError."""
    return read_start(file, MAX_BYTES + 1)


def _summary(file: Path, shipped: bool, reading: Reading, catalogue: Catalogue) -> LibraryEntry:
    """Return the entry of a file that has been read."""
    stem, session = stem_of(file), reading.session
    if session is None:
        return LibraryEntry(stem, file, shipped, stem, reading.findings)
    size = measure(session, catalogue)
    return LibraryEntry(
        stem,
        file,
        shipped,
        session.name,
        about=session.about,
        level=session.level,
        tags=session.tags,
        language=session.language,
        total=size.total,
        intervals=size.intervals,
        open_intervals=size.open_intervals,
        exercises=tuple(dict.fromkeys(_exercises(session.steps))),
    )


def _exercises(steps: Iterable[Step]) -> Iterator[str]:
    """Yield the catalogue ids that steps use, in order."""
    for step in steps:
        if isinstance(step, Rounds):
            yield from _exercises(step.steps)
        elif isinstance(step, ExerciseStep) and step.exercise is not None:
            yield step.exercise


def _order(entry: LibraryEntry) -> tuple[bool, str, str]:
    """Sort the user's own first, then by title."""
    return entry.shipped, entry.title.casefold(), entry.stem


def _version(catalogue: Catalogue, shipped: Path) -> str:
    """Return a text that changes with everything but the files that what is remembered depends on."""
    tempos = [(exercise.id, exercise.tempo.rep if exercise.tempo else 0) for exercise in catalogue.values()]
    return f"sessions {_INDEX_VERSION} {hashlib.sha256(repr((sorted(tempos), str(shipped))).encode()).hexdigest()}"
