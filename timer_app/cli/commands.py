"""What each command does, of those that need no window: each takes the context and what was asked for."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from timer_app.app import AppContext, settings_problem
from timer_app.atomic_write import MAX_BYTES, read_start, unreadable, write_new
from timer_app.cli.keyboard import keyboard
from timer_app.cli.output import print_json, print_lines, tell_line
from timer_app.cli.progress_bar import progress_bar
from timer_app.cli.run_display import DeferredProblems, follow, is_terminal, title_of, word_of
from timer_app.conductor.snapshot import Status
from timer_app.i18n import _, ngettext
from timer_app.plain_text import plain_line
from timer_app.presentation.formatting import clock_time
from timer_app.problems import Finding, Problem
from timer_app.timeline.intervals import IntervalKind, Timeline


def _list(context: AppContext, asked: Namespace) -> int:
    entries = context.library.entries()
    if asked.json:
        return print_json(
            [
                {
                    "session": entry.stem,
                    "name": entry.title,
                    "file": str(entry.file),
                    "shipped": entry.shipped,
                    "level": entry.level,
                    "tags": list(entry.tags),
                    "total_seconds": entry.total / 1000,
                    "open_intervals": entry.open_intervals,
                    "problems": len(entry.findings),
                }
                for entry in entries
            ]
        )
    width = max((len(entry.stem) for entry in entries), default=0)
    for entry in entries:
        if entry.broken:
            count = len(entry.findings)
            text = ngettext(
                "{count} problem: timer-app check {file}", "{count} problems: timer-app check {file}", count
            )
            print_lines(f"! {entry.stem:{width}}  {text.format(count=count, file=entry.file)}")
        else:
            print_lines(f"  {entry.stem:{width}}  {_at_least(entry.total, entry.open_intervals):>8}  {entry.title}")
    return 0


def _show(context: AppContext, asked: Namespace) -> int:
    from timer_app.conductor.start_run import programme  # noqa: PLC0415 - only this command needs it
    from timer_app.timeline.text_export import describe_script, script_json, timeline_json  # noqa: PLC0415

    timeline = programme(context.session(asked.session), context.catalogue).timeline
    document = timeline_json(timeline)
    if asked.script:
        from timer_app.conductor.prerender import rehearse  # noqa: PLC0415

        with progress_bar(_("Rendering the voice")) as progress:
            plan = rehearse(
                timeline, catalogue=context.catalogue, settings=context.chosen, voice=context.voice, progress=progress
            )
        if not asked.json:
            print_lines(*describe_script(timeline, plan).split("\n"))
            return 0
        document |= script_json(timeline, plan)
    if asked.json:
        return print_json(document)
    print_lines(*_table(timeline))
    return 0


def _run(context: AppContext, asked: Namespace) -> int:
    from timer_app.cli.resume_prompt import settle_interrupted  # noqa: PLC0415 - only this command needs it
    from timer_app.conductor.start_run import conduct, programme  # noqa: PLC0415
    from timer_app.presentation.run_outcome import repeated_text  # noqa: PLC0415

    wanted = programme(
        context.session_begun_last() if asked.last else context.session(asked.session), context.catalogue
    )
    problem = settings_problem(context.loaded_settings)
    if problem is not None:
        tell_line(problem)
    with keyboard(sys.stdin) as keys:
        if wanted.timeline.open_intervals and not keys.are_there:
            raise Problem(
                _("This session has steps that wait for you to say that they are done."),
                _("Run it in a terminal with a keyboard, or in the window."),
            )
        wanted, before = settle_interrupted(context, wanted, keys, sys.stdout)
        usual, aside = context.tell, DeferredProblems(context.tell)
        context.tell = aside.add
        conductor = conduct(wanted, context.playback, context.chosen, before)
        if before is not None and conductor.timeline.intervals[conductor.state.index].kind is not IntervalKind.SETUP:
            # Nobody is in position yet.
            conductor.pause()
        try:
            status = follow(conductor, keys, sys.stdout, tidy=is_terminal(sys.stdout), aside=aside)
        finally:
            context.tell = usual
    spent = clock_time(conductor.snapshot().spent)
    if status is Status.COMPLETED:
        print_lines(_("Complete: {spent}. Well done.").format(spent=spent))
    else:
        print_lines(_("Stopped after {spent}. What you did is kept.").format(spent=spent))
    if repeated := repeated_text(conductor.state):
        print_lines(repeated)
    return 0


def _check(context: AppContext, asked: Namespace) -> int:
    from timer_app.definition.parser import check_session  # noqa: PLC0415 - only this command needs it

    findings: list[Finding] = []
    for file in asked.files:
        findings += check_session(_content(file), str(file), context.catalogue)
    if asked.json:
        print_json(
            [
                {
                    "file": finding.file,
                    "line": finding.line,
                    "column": finding.column,
                    "where": finding.where,
                    "problem": finding.problem,
                    "instead": finding.instead,
                }
                for finding in findings
            ]
        )
    else:
        print_lines(*findings)
        if not findings:
            count = len(asked.files)
            print_lines(
                ngettext("{count} file, nothing wrong.", "{count} files, nothing wrong.", count).format(count=count)
            )
    return 1 if findings else 0


def _new(context: AppContext, asked: Namespace) -> int:
    from timer_app.definition.templates import starter_text, stem_for  # noqa: PLC0415 - only this command needs it

    # What is typed may be anything, and a session's name must be text.
    name = plain_line(asked.name)
    file = context.paths.sessions / f"{stem_for(name)}.session.yaml"
    try:
        write_new(file, starter_text(name).encode())
    except FileExistsError as error:
        raise Problem(
            _("There is a session of that name already: {file}.").format(file=file), _("Choose another name.")
        ) from error
    except OSError as error:
        raise Problem(
            _("{file} cannot be written: {reason}.").format(file=file, reason=error.strerror or error),
            _("Look whether there is room on the disk, and who may write there."),
        ) from error
    print_lines(file)
    return 0


def _schema(_context: AppContext, _asked: Namespace) -> int:
    from timer_app.definition.json_schema import schema_text  # noqa: PLC0415 - only this command needs it

    sys.stdout.write(schema_text())
    return 0


def _import(context: AppContext, asked: Namespace) -> int:
    from timer_app.definition.session_import import copy_in, examine  # noqa: PLC0415 - only this command needs it

    examined = examine(asked.file, context.catalogue)
    for candidate in examined.candidates:
        print_lines(f"{candidate.name}  {candidate.session.name if candidate.session else _('has problems')}")
        for finding in candidate.findings:
            print_lines(f"    {finding}")
        for lost in candidate.lost:
            print_lines("    " + _("not carried over: {what}").format(what=lost))
    for left_out in examined.left_out:
        print_lines(_("left out: {name} ({reason})").format(name=left_out.name, reason=left_out.reason))
    if not examined.candidates:
        raise Problem(_("There is no session in {file}.").format(file=asked.file))
    if not (asked.yes or _agreed(len(examined.candidates))):
        print_lines(_("Nothing was copied. With --yes it is."))
        return 0
    for file in copy_in(examined.candidates, context.paths.sessions):
        print_lines(_("copied to {file}").format(file=file))
    return 0


def _agreed(count: int) -> bool:
    """Ask whether to copy, where there is somebody to ask."""
    if not sys.stdin.isatty():
        return False
    question = ngettext("Copy it to your sessions? [y/N] ", "Copy all {count} to your sessions? [y/N] ", count)
    try:
        return input(question.format(count=count)).strip().casefold() in {_("y"), _("yes")}
    except EOFError:
        # Ctrl+D is no answer.
        print_lines("")
        return False


def _export(context: AppContext, asked: Namespace) -> int:
    from timer_app.conductor.audio_export import make_sound_file  # noqa: PLC0415
    from timer_app.conductor.start_run import programme  # noqa: PLC0415 - only this command needs it

    timeline = programme(context.session(asked.session), context.catalogue).timeline
    with progress_bar(_("Making the sound file")) as show:
        length = make_sound_file(
            timeline,
            asked.sound,
            catalogue=context.catalogue,
            settings=context.chosen,
            voice=context.voice,
            open_length=asked.open_seconds * 1000,
            progress=lambda progress: show(round(100 * progress.share), 100),
        )
    print_lines(_("{file} ({length})").format(file=asked.sound, length=clock_time(length)))
    return 0


def _exercises(context: AppContext, asked: Namespace) -> int:
    from timer_app.cli.exercise_commands import exercises  # noqa: PLC0415 - only this command needs it

    return exercises(context, asked)


def _history(context: AppContext, asked: Namespace) -> int:
    from timer_app.cli.history_commands import history  # noqa: PLC0415 - only this command needs it

    return history(context, asked)


COMMANDS: Mapping[str, Callable[[AppContext, Namespace], int]] = {
    "list": _list,
    "show": _show,
    "run": _run,
    "check": _check,
    "new": _new,
    "schema": _schema,
    "import": _import,
    "export": _export,
    "exercises": _exercises,
    "history": _history,
}
"""Every command that needs no window, by its name."""


def _table(timeline: Timeline) -> list[str]:
    """Return a session as lines: when each interval begins, how long it takes, what it is for, and its title."""
    rows = [timeline.name + " · " + _at_least(timeline.total, timeline.open_intervals)]
    for interval in timeline.intervals:
        length = _("open") if interval.length is None else clock_time(interval.length)
        reps = _("{reps} reps").format(reps=interval.reps) if interval.reps and interval.works else ""
        title = title_of(interval) if interval.exercise or interval.title != word_of(interval.kind) else ""
        words = "  ".join(word for word in (f"{word_of(interval.kind):<10}", title, reps) if word)
        rows.append(f"{clock_time(interval.start):>8}  {length:>8}  {words}".rstrip())
    return rows


def _at_least(total: int, open_intervals: int) -> str:
    return _("at least {length}").format(length=clock_time(total)) if open_intervals else clock_time(total)


def _content(file: Path) -> bytes:
    """Return a file's bytes, or as many as show that it is too large. Raises Problem."""
    try:
        return read_start(file, MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(file, error, by_path=True) from error
