"""The catalogue: every exercise that there is, those that the program brings and those of the person.

What was read before is recalled from an index, so that a usual start reads no YAML at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from timer_app.exercises.model import Catalogue, Exercise, Tempo, Usual
from timer_app.file_index import FileIndex, Json, stamp
from timer_app.files import MAX_BYTES
from timer_app.i18n import _
from timer_app.problems import Finding

SUFFIX = ".yaml"
_INDEX_VERSION = "exercises 4"


@dataclass(frozen=True, slots=True)
class LoadedCatalogue:
    """The exercises that could be read, by id, and everything that is wrong in the files of the others.

    `own` are the ids of those that come from the person's folder.
    """

    catalogue: Catalogue
    findings: tuple[Finding, ...]
    own: frozenset[str] = frozenset()


def load_catalogue(shipped: Path, own: Path | None = None, index: Path | None = None) -> LoadedCatalogue:
    """Load every exercise of the program's folder and of the person's, whose exercises win over those of the same id.

    A broken file is told about and hides no other. `index` is a file that remembers what was read, for a quicker start;
    it can be deleted at any time. Never raises for what is in the folders, or where one is missing.
    """
    remembered = FileIndex(index, _INDEX_VERSION)
    exercises: dict[str, Exercise] = {}
    files: dict[str, Path] = {}
    findings: list[Finding] = []
    for entry in (*_files(shipped), *(_files(own) if own is not None else ())):
        exercise, wrong = _load(entry, remembered)
        findings.extend(wrong)
        if exercise is not None:
            exercises[exercise.id] = exercise
            files[exercise.id] = Path(entry.path)
    remembered.save()
    for exercise in exercises.values():
        if not {exercise.easier, exercise.harder} <= {None, *exercises}:
            findings.extend(_loose_ends(files[exercise.id], exercises))
    mine = frozenset(identifier for identifier, file in files.items() if file.parent == own)
    return LoadedCatalogue(exercises, tuple(sorted(findings)), mine)


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the exercise files of a folder by name; none where there is no folder."""
    try:
        with os.scandir(folder) as entries:
            yield from sorted((entry for entry in entries if entry.name.endswith(SUFFIX)), key=lambda entry: entry.name)
    except OSError:
        return


def _load(entry: os.DirEntry[str], remembered: FileIndex) -> tuple[Exercise | None, tuple[Finding, ...]]:
    """Read one file, or recall it."""
    try:
        now = stamp(entry.stat())
        known = _recalled(remembered.recall(entry.path, now))
        if known is not None:
            return known, ()
        from timer_app.exercises.reading import read_exercise  # noqa: PLC0415 - a start recalls what it read before

        exercise, findings = read_exercise(_content(Path(entry.path)), entry.path, entry.name.removesuffix(SUFFIX))
    except OSError as error:
        problem = _("the file cannot be read ({reason})").format(reason=error.strerror or error)
        return None, (Finding(entry.path, 1, 1, "", problem, _("look at its permissions")),)
    if exercise is not None:
        remembered.remember(entry.path, now, cast("Json", asdict(exercise)))
    return exercise, findings


def _loose_ends(file: Path, exercises: Catalogue) -> tuple[Finding, ...]:
    """Return the easier and harder exercises of a file that are not in the catalogue."""
    from timer_app.exercises.reading import loose_ends  # noqa: PLC0415 - a start recalls what it read before

    try:
        return loose_ends(_content(file), str(file), file.name.removesuffix(SUFFIX), exercises)
    except OSError:
        return ()  # it went while the folder was read; the next load tells


def _content(file: Path) -> bytes:
    """Return a file's bytes, or as many as show that it is too large. Raises OSError."""
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _recalled(value: Json) -> Exercise | None:
    """Return the exercise that the index remembers, or None when it remembers none."""
    if not isinstance(value, Mapping):
        return None
    fields = dict(value)
    tempo = fields.pop("tempo", None)
    usual = fields.pop("usual", None)
    cues = fields.pop("cues", None)
    try:
        return Exercise(
            cues=tuple(cast("list[str]", cues)),
            tempo=Tempo(**cast("dict[str, Any]", tempo)) if tempo is not None else None,
            usual=Usual(**cast("dict[str, Any]", usual)) if usual is not None else None,
            **cast("dict[str, str]", fields),
        )
    except TypeError:
        return None
