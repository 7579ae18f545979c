"""`timer-app exercises --sheet`: a picture of all figures, drawn without a screen."""

from __future__ import annotations

from argparse import Namespace

from timer_app.cli.output import print_lines
from timer_app.context import AppContext
from timer_app.i18n import _, ngettext
from timer_app.problems import Problem
from timer_app.ui.figures.contact_sheet import write_sheet


def run(context: AppContext, options: Namespace) -> int:
    """Write the picture as a PNG file. Raises Problem."""
    if options.sheet.suffix.casefold() != ".png":
        raise Problem(_("The picture is a PNG."), _("Choose a name that ends in .png."))
    write_sheet(context.catalogue, options.sheet)
    count = sum(exercise.poses is not None for exercise in context.catalogue.values())
    print_lines(
        ngettext("{file} ({count} exercise)", "{file} ({count} exercises)", count).format(
            file=options.sheet, count=count
        )
    )
    return 0
