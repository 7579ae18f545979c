"""`timer-app export`: a session as a sound file."""

from __future__ import annotations

from argparse import Namespace

from timer_app.cli.output import print_lines
from timer_app.cli.progress_bar import progress_bar
from timer_app.conductor.audio_export import make_sound_file
from timer_app.conductor.start_run import plan_run
from timer_app.context import AppContext
from timer_app.i18n import _
from timer_app.presentation.formatting import clock_time


def run(context: AppContext, options: Namespace) -> int:
    """Write the sound file, and print its name and length. Raises Problem."""
    timeline = plan_run(context.session(options.session), context.catalogue).timeline
    with progress_bar(_("Making the sound file")) as show:
        length = make_sound_file(
            timeline,
            options.sound,
            catalogue=context.catalogue,
            settings=context.current_settings,
            voice=context.voice,
            open_length=options.open_seconds * 1000,
            progress=lambda progress: show(round(100 * progress.share), 100),
        )
    print_lines(_("{file} ({length})").format(file=options.sound, length=clock_time(length)))
    return 0
