"""`timer-app import`: look through session files and copy them in."""

from __future__ import annotations

import sys
from argparse import Namespace

from timer_app.cli.output import print_lines
from timer_app.context import AppContext
from timer_app.definition.session_import import copy_in, examine
from timer_app.i18n import _, ngettext
from timer_app.problems import Problem


def run(context: AppContext, options: Namespace) -> int:
    """Print what is in the file, and copy its sessions in once the user agrees. Raises Problem."""
    examined = examine(options.file, context.catalogue)
    for candidate in examined.candidates:
        print_lines(f"{candidate.name}  {candidate.session.name if candidate.session else _('has problems')}")
        for finding in candidate.findings:
            print_lines(f"    {finding}")
        for lost in candidate.lost:
            print_lines("    " + _("not carried over: {what}").format(what=lost))
    for left_out in examined.left_out:
        print_lines(_("left out: {name} ({reason})").format(name=left_out.name, reason=left_out.reason))
    if not examined.candidates:
        raise Problem(_("There is no session in {file}.").format(file=options.file))
    if not (options.yes or _confirm(len(examined.candidates))):
        print_lines(_("Nothing was copied. With --yes it is."))
        return 0
    for file in copy_in(examined.candidates, context.paths.sessions):
        print_lines(_("copied to {file}").format(file=file))
    return 0


def _confirm(count: int) -> bool:
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
