"""Reading the catalogue: one YAML file for each exercise, those that the program brings and those of the person."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from timer_app.exercises.model import Catalogue, Exercise, Tempo
from timer_app.exercises.poses_reading import FigureKind
from timer_app.exercises.tempo import TempoPhases
from timer_app.fields import Key, Record, Report, Text, nearest, read_table
from timer_app.file_index import FileIndex, Json, stamp
from timer_app.i18n import _
from timer_app.kinds import Listed, Pattern
from timer_app.problems import Finding
from timer_app.yaml_tree import MAX_BYTES, Node, read_tree
from timer_app.yaml_words import clipped

SUFFIX = ".yaml"
MOST_CUE_WORDS = 8
_INDEX_VERSION = "exercises 2"
_ID = Pattern("^[a-z0-9]+(-[a-z0-9]+)*$", "an id", "write small letters, digits and hyphens, such as side-plank")


class Cue:
    """A form cue: short enough to be heard in passing."""

    def read(self, node: Node, where: str, report: Report) -> str | None:
        """Read a cue of at most eight words."""
        text = Text(80).read(node, where, report)
        if text is None or len(text.split()) <= MOST_CUE_WORDS:
            return text
        problem = _("the cue has {count} words").format(count=len(text.split()))
        report.add(node, where, problem, _("write at most {limit}").format(limit=MOST_CUE_WORDS))
        return None

    def schema(self) -> dict[str, Json]:
        """Return the schema of a cue."""
        return Text(80).schema()


ID = Key("id", _ID, "The exercise's id: the name of its file without .yaml.", required=True)
NAME = Key("name", Text(80), "What the exercise is called.", required=True)
TRAINS = Key("trains", Text(200), "What it trains.", required=True)
POSITION = Key("position", Text(500, lines=True), "How to get into position.", required=True)
CUES = Key(
    "cues",
    Listed(Cue(), 2, 3, "[Keep breathing]"),
    "Two or three form cues of at most eight words.",
    required=True,
)
CAUTION = Key("caution", Text(500, lines=True), "The one thing to be careful about.", required=True)
EASIER = Key("easier", _ID, "The id of an easier exercise.")
HARDER = Key("harder", _ID, "The id of a harder exercise.")
TEMPO = Key("tempo", TempoPhases(), "The usual pace of a rep; left out where the exercise is held.")
DOSE = Key("dose", Text(300, lines=True), "How much is usual, and who says so.")
POSES = Key("poses", FigureKind(), "How the exercise is drawn.")
EXERCISE_KEYS = (ID, NAME, TRAINS, POSITION, CUES, CAUTION, EASIER, HARDER, TEMPO, DOSE, POSES)


@dataclass(frozen=True, slots=True)
class LoadedCatalogue:
    """The exercises that could be read, by id, and everything that is wrong in the files of the others."""

    catalogue: Catalogue
    findings: tuple[Finding, ...]


def read_exercise(text: str | bytes, file: str, stem: str) -> tuple[Exercise | None, tuple[Finding, ...]]:
    """Return the exercise that a file's text describes, or None with everything that is wrong in it.

    `file` is what findings call the file, and `stem` its name without the ending: the id must be the same.
    """
    exercise, report, _record = _read(text, file, stem)
    return exercise, tuple(sorted(report.findings))


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
    return LoadedCatalogue(exercises, tuple(sorted(findings)))


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
        exercise, findings = read_exercise(_content(Path(entry.path)), entry.path, entry.name.removesuffix(SUFFIX))
    except OSError as error:
        problem = _("the file cannot be read ({reason})").format(reason=error.strerror or error)
        return None, (Finding(entry.path, 1, 1, "", problem, _("look at its permissions")),)
    if exercise is not None:
        remembered.remember(entry.path, now, cast("Json", asdict(exercise)))
    return exercise, findings


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
    cues = fields.pop("cues", None)
    try:
        return Exercise(
            cues=tuple(cast("list[str]", cues)),
            tempo=Tempo(**cast("dict[str, Any]", tempo)) if tempo is not None else None,
            **cast("dict[str, str]", fields),
        )
    except TypeError:
        return None


def _read(text: str | bytes, file: str, stem: str) -> tuple[Exercise | None, Report, Record | None]:
    """Read one exercise, and keep the record that tells where its fields stand."""
    tree = read_tree(text, file)
    report = Report(file)
    report.findings.extend(tree.findings)
    record = read_table(tree.root, EXERCISE_KEYS, "", report) if tree.root is not None else None
    if record is None:
        return None, report, None
    identifier = record.get(ID)
    if identifier is not None and identifier != stem:
        problem = _('"{id}" is not the name of the file').format(id=clipped(identifier))
        report.add(record.at(ID), ID.name, problem, _("write {stem}, or rename the file").format(stem=clipped(stem)))
    texts = [record.get(key) for key in (ID, NAME, TRAINS, POSITION, CAUTION)]
    cues = record.get(CUES)
    if report.findings or cues is None or None in texts:
        return None, report, record
    own_id, name, trains, position, caution = (text or "" for text in texts)
    exercise = Exercise(
        own_id,
        name,
        trains,
        position,
        cues,
        caution,
        easier=record.get(EASIER),
        harder=record.get(HARDER),
        tempo=record.get(TEMPO),
        dose=record.get(DOSE),
        poses=_poses(tree.text, record) if record.get(POSES) is not None else None,
    )
    return exercise, report, record


def _poses(text: str, record: Record) -> str:
    """Return the text of the poses: it is kept in place of what it says, which is worked out when first drawn."""
    node = record.at(POSES)
    return " " * (node.column - 1) + text[node.start : node.end]


def _loose_ends(file: Path, exercises: Catalogue) -> tuple[Finding, ...]:
    """Return the easier and harder exercises of a file that are not in the catalogue. The exercise itself is kept."""
    try:
        _exercise, report, record = _read(_content(file), str(file), file.name.removesuffix(SUFFIX))
    except OSError:
        return ()  # it went while the folder was read; the next load tells
    if record is None:
        return ()
    for key in (EASIER, HARDER):
        other = record.get(key)
        if other is not None and other not in exercises:
            meant = nearest(other, exercises)
            hint = _("did you mean {word}?").format(word=meant) if meant else _("write the id of one that is")
            report.add(record.at(key), key.name, _('"{id}" is not in the catalogue').format(id=clipped(other)), hint)
    return tuple(report.findings)
