"""`timer-app new`: a starter file for a session of the user's own."""

from __future__ import annotations

from argparse import Namespace

from timer_app.atomic_write import write_new
from timer_app.cli.output import print_lines
from timer_app.context import AppContext
from timer_app.definition.templates import starter_text, stem_for
from timer_app.i18n import _
from timer_app.plain_text import plain_line
from timer_app.problems import Problem


def run(context: AppContext, options: Namespace) -> int:
    """Write the starter file, and print its name. Raises Problem."""
    # What is typed may be anything, and a session's name must be text.
    name = plain_line(options.name)
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
