"""Load the catalogue: the exercises shipped with the program and those of the user.

What was read before is recalled from an index, so that a usual start reads no YAML.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from timer_app.atomic_write import MAX_BYTES, read_start
from timer_app.exercises.model import Catalogue, Exercise
from timer_app.i18n import _
from timer_app.parse_cache import ParseCache, stamp
from timer_app.problems import Finding

SUFFIX = ".yaml"
_INDEX_VERSION = "exercises 5"


class LoadedCatalogue(Struct, frozen=True):
    """The exercises that could be read, by id, and the findings in all files.

    `own` are the ids of those that come from the user's folder.
    """

    catalogue: Catalogue
    findings: tuple[Finding, ...]
    own: frozenset[str] = frozenset()


def load_catalogue(shipped: Path, own: Path | None = None, index: Path | None = None) -> LoadedCatalogue:
    """Load every exercise of the program's folder and of the user's, whose exercises replace those of the same id.

    A broken file is reported and replaces none. `index` is a file that caches what was read; it can be deleted at any
    time. Never raises for what is in the folders, or where one is missing.
    """
    remembered = ParseCache(index, _INDEX_VERSION, Exercise)
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


def _load(entry: os.DirEntry[str], remembered: ParseCache[Exercise]) -> tuple[Exercise | None, tuple[Finding, ...]]:
    """Read one file, or recall it."""
    try:
        now = stamp(entry.stat())
        recalled = remembered.recall(entry.path, now)
        if recalled is not None:
            return recalled, ()
        from timer_app.exercises.parser import read_exercise  # noqa: PLC0415 - a start recalls what it read before

        exercise, findings = read_exercise(_content(Path(entry.path)), entry.path, entry.name.removesuffix(SUFFIX))
    except OSError as error:
        problem = _("the file cannot be read ({reason})").format(reason=error.strerror or error)
        return None, (Finding(entry.path, 1, 1, "", problem, _("look what it is, and who may read it")),)
    if exercise is not None:
        remembered.remember(entry.path, now, exercise)
    return exercise, findings


def _loose_ends(file: Path, exercises: Catalogue) -> tuple[Finding, ...]:
    """Return the easier and harder exercises of a file that are not in the catalogue."""
    from timer_app.exercises.parser import loose_ends  # noqa: PLC0415 - a start recalls what it read before

    try:
        return loose_ends(_content(file), str(file), file.name.removesuffix(SUFFIX), exercises)
    except OSError:
        return ()  # deleted while the folder was read; the next load reports it


def _content(file: Path) -> bytes:
    """Return a file's bytes, or as many as show that it is too large. Raises OSError."""
    return read_start(file, MAX_BYTES + 1)
