"""Read one exercise from its YAML file, strictly."""

from __future__ import annotations

from timer_app.exercises.figures.parser import FigureKind
from timer_app.exercises.model import Catalogue, Exercise
from timer_app.exercises.tempo_field import TempoPhases
from timer_app.exercises.usual_dose_field import LAST_REP_HOLD, UsualDose
from timer_app.i18n import _
from timer_app.problems import Finding
from timer_app.schema.table_reader import FieldValues, Key, Report, Schema, Text, inside, nearest, read_table
from timer_app.schema.value_types import Listed, Pattern
from timer_app.schema.yaml_errors import clipped
from timer_app.schema.yaml_tree import Node, Pairs, read_tree

MOST_CUE_WORDS = 8
_ID = Pattern("^[a-z0-9]+(-[a-z0-9]+)*$", "an id", "write small letters, digits and hyphens, such as side-plank")


class FormCue:
    """A form cue: short enough to be heard in passing."""

    def read(self, node: Node, where: str, report: Report) -> str | None:
        """Read a cue of at most eight words."""
        text = Text(80).read(node, where, report)
        if text is None or len(text.split()) <= MOST_CUE_WORDS:
            return text
        problem = _("the cue has {count} words").format(count=len(text.split()))
        report.add(node, where, problem, _("write at most {limit}").format(limit=MOST_CUE_WORDS))
        return None

    def schema(self) -> Schema:
        """Return the schema of a cue."""
        return Text(80).schema()


ID = Key("id", _ID, "The exercise's id: the name of its file without .yaml.", required=True)
NAME = Key("name", Text(80), "What the exercise is called.", required=True)
TRAINS = Key("trains", Text(200), "What it trains.", required=True)
POSITION = Key("position", Text(500, lines=True), "How to get into position.", required=True)
CUES = Key(
    "cues",
    Listed(FormCue(), 2, 3, "[Keep breathing]"),
    "Two or three form cues of at most eight words.",
    required=True,
)
CAUTION = Key("caution", Text(500, lines=True), "The one thing to be careful about.", required=True)
EASIER = Key("easier", _ID, "The id of an easier exercise.")
HARDER = Key("harder", _ID, "The id of a harder exercise.")
TEMPO = Key("tempo", TempoPhases(), "The usual pace of a rep; left out where the exercise is held.")
DOSE = Key("dose", Text(300, lines=True), "How much is usual, and who says so.")
USUAL = Key("usual", UsualDose(), "One usual dose, for a step that is made of the exercise.")
POSES = Key("poses", FigureKind(), "How the exercise is drawn.")
EXERCISE_KEYS = (ID, NAME, TRAINS, POSITION, CUES, CAUTION, EASIER, HARDER, TEMPO, DOSE, USUAL, POSES)


def read_exercise(text: str | bytes, file: str, stem: str) -> tuple[Exercise | None, tuple[Finding, ...]]:
    """Return the exercise that a file's text describes, or None with everything that is wrong in it.

    `file` is what findings call the file, and `stem` its name without the ending: the id must be the same.
    """
    exercise, report, _record = _read(text, file, stem)
    return exercise, tuple(sorted(report.findings))


def _read(text: str | bytes, file: str, stem: str) -> tuple[Exercise | None, Report, FieldValues | None]:
    """Read one exercise, with the record of where its fields stand."""
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
    _check_pace(record, report)
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
        usual=record.get(USUAL),
        poses=_poses(tree.text, record) if record.get(POSES) is not None else None,
    )
    return exercise, report, record


def _check_pace(record: FieldValues, report: Report) -> None:
    """Report a usual hold after the last of reps that have no tempo: they are at the user's own pace."""
    usual, node = record.get(USUAL), record.at(USUAL)
    at = node.get(LAST_REP_HOLD.name) if isinstance(node, Pairs) else None
    if usual is not None and at is not None and not record.given(TEMPO):
        problem = _("the reps have no pace, so the last one is not known")
        report.add(at, inside(USUAL.name, LAST_REP_HOLD.name), problem, _('add a "tempo", or take it out'))


def _poses(text: str, record: FieldValues) -> str:
    """Return the text of the poses, which is parsed when the figure is first drawn."""
    node = record.at(POSES)
    return " " * (node.column - 1) + text[node.start : node.end]


def loose_ends(text: bytes, file: str, stem: str, exercises: Catalogue) -> tuple[Finding, ...]:
    """Return the easier and harder exercises of a file that are not in the catalogue. The exercise itself is kept."""
    _exercise, report, record = _read(text, file, stem)
    if record is None:
        return ()
    for key in (EASIER, HARDER):
        linked = record.get(key)
        if linked is not None and linked not in exercises:
            meant = nearest(linked, exercises)
            hint = _("did you mean {word}?").format(word=meant) if meant else _("write the id of one that is")
            report.add(record.at(key), key.name, _('"{id}" is not in the catalogue').format(id=clipped(linked)), hint)
    return tuple(report.findings)
