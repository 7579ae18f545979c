"""Parse a session definition strictly, and report every problem with its line and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from timer_app.definition import format_fields
from timer_app.definition.duration_totals import MAX_INTERVALS, MAX_TOTAL, DurationTotals, measure_step
from timer_app.definition.model import DEFAULT_SETUP, Session, Step, StepPath
from timer_app.definition.step_parser import StepReader
from timer_app.durations import format_duration
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.problems import Finding, UnreadableFile
from timer_app.schema.table_reader import FieldValues, Report, read_table
from timer_app.schema.yaml_tree import MAX_FINDINGS, Node, Pairs, Scalar, Tree, read_tree


class Reading(Struct, frozen=True):
    """A parsed file: its session, None if it has findings, and the steps without a problem."""

    session: Session | None
    findings: tuple[Finding, ...]
    steps: Mapping[StepPath, Step]


def read_session(text: str | bytes, file: str, catalogue: Catalogue) -> Session:
    """Return the session that a file's text defines. Raises UnreadableFile with every finding in it."""
    reading = read_document(text, file, catalogue)
    if reading.session is None:
        raise UnreadableFile(reading.findings)
    return reading.session


def check_session(text: str | bytes, file: str, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Return the findings in a file's text, in the order of its lines."""
    return read_document(text, file, catalogue).findings


def read_document(text: str | bytes, file: str, catalogue: Catalogue | None) -> Reading:
    """Parse a file's text as far as possible. `file` is its name in findings.

    Without a catalogue nothing is checked that depends on one: exercise ids, the moments of `say` and the limits of a
    session.
    """
    return read_nodes(read_tree(text, file), file, catalogue)


def read_nodes(tree: Tree, file: str, catalogue: Catalogue | None) -> Reading:
    """Parse a YAML tree as `read_document` does."""
    report = Report(file)
    report.findings.extend(tree.findings)
    reader = StepReader(catalogue, report)
    session = _read(tree.root, reader, report, catalogue) if tree.root is not None else None
    findings = tuple(sorted(report.findings))[:MAX_FINDINGS]
    return Reading(None if findings else session, findings, reader.read)


def _read(root: Node, reader: StepReader, report: Report, catalogue: Catalogue | None) -> Session | None:
    """Return the session at the root of a tree, or None."""
    if of_another_format(root, report):
        return None
    record = read_table(root, format_fields.SESSION_KEYS, "", report)
    if record is None:
        return None
    nodes = record.get(format_fields.STEPS) or ()
    return assemble(record, nodes.__getitem__, reader.read_steps(nodes, (), 0), report, catalogue)


def of_another_format(root: Node, report: Report) -> bool:
    """Report a format that this program does not know, and return whether there is one."""
    number = root.get(format_fields.FORMAT_KEY.name) if isinstance(root, Pairs) else None
    if isinstance(number, Scalar) and number.text.isdecimal() and number.text.lstrip("0") != str(format_fields.FORMAT):
        format_fields.FORMAT_KEY.kind.read(number, format_fields.FORMAT_KEY.name, report)
        return True
    return False


def assemble(
    record: FieldValues,
    node_of: Callable[[int], Node],
    steps: tuple[Step, ...] | None,
    report: Report,
    catalogue: Catalogue | None,
) -> Session | None:
    """Return the session of its keys and its steps; None if any of them could not be read.

    `node_of` returns the node of the step at an index.
    """
    name = record.get(format_fields.NAME)
    if not steps or name is None:
        return None
    setup = record.get(format_fields.SETUP)
    session = Session(
        name=name,
        steps=steps,
        about=record.get(format_fields.ABOUT),
        level=record.get(format_fields.LEVEL),
        tags=record.get(format_fields.TAGS) or (),
        language=record.get(format_fields.LANGUAGE) or "en",
        setup=DEFAULT_SETUP if setup is None else setup,
    )
    if catalogue is not None:
        _check_limits(session, node_of, catalogue, report)
    return session


def _check_limits(session: Session, node_of: Callable[[int], Node], catalogue: Catalogue, report: Report) -> None:
    """Report the step with which a session exceeds the limits of intervals or length."""
    total = DurationTotals()
    for index, step in enumerate(session.steps):
        total += measure_step(step, session.setup, catalogue)
        if total.intervals > MAX_INTERVALS:
            problem = _("with this step the session has {count} intervals").format(count=total.intervals)
            report.add(
                node_of(index),
                f"steps[{index}]",
                problem,
                _("write fewer sets, rounds or steps: the limit is {limit} intervals").format(limit=MAX_INTERVALS),
            )
            return
        if total.total > MAX_TOTAL:
            problem = _("with this step the session takes {length}").format(length=format_duration(total.total))
            report.add(
                node_of(index),
                f"steps[{index}]",
                problem,
                _("make it shorter: the limit is {limit}").format(limit=format_duration(MAX_TOTAL)),
            )
            return
