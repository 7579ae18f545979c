"""Make the application and its window, run the event loop, and save what is left at the end."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer

from timer_app.context import AppContext
from timer_app.paths import APP_ID
from timer_app.problems import Problem
from timer_app.ui.desktop import crash_handler
from timer_app.ui.desktop.application import Application
from timer_app.ui.desktop.single_instance import SingleInstance
from timer_app.ui.look.theme import Theme
from timer_app.ui.shell.main_window import MainWindow
from timer_app.ui.support.history_messages import HistoryMessages
from timer_app.ui.support.messages import Messages
from timer_app.ui.support.services import Services
from timer_app.ui.support.settings_store import SettingsStore
from timer_app.ui.support.window_state import raise_window


def run_event_loop(context: AppContext, instance: SingleInstance, arguments: Sequence[str]) -> int:
    """Open the window, and return the exit code once it is closed and all is saved."""
    application = Application(APP_ID)
    messages = Messages()
    settings = SettingsStore(context.paths.settings, context.current_settings, messages)
    settings.changed.connect(context.apply_settings)
    theme = Theme(application, context.current_settings)
    restore_hooks = crash_handler.install(
        context.paths, context.clock, theme, messages.show_problem, application.activeWindow
    )
    window = MainWindow(Services(context, settings, theme, messages))
    history_messages = HistoryMessages(messages, lambda: context.journal, window.history_changed.emit)
    context.on_problem, context.on_resolved = history_messages.show_problem, history_messages.show_resolved
    window.show()
    if (problem := context.loaded_settings.problem) is not None:
        messages.show_problem(problem)

    def open_from_outside(arguments: Sequence[str]) -> None:
        raise_window(window)
        _open(context, window, arguments)

    def finish_startup() -> None:
        """Do what the first page does not wait for."""
        # Ctrl+C in the terminal ends the program at once; what was done is on the disk already.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        instance.listen(open_from_outside)
        # Made now, it checks the history from end to end, on a thread of its own.
        _ = context.journal

    application.commitDataRequest.connect(window.close_unasked)
    application.file_requested.connect(lambda file: open_from_outside([file, "show"]))
    window.startup_finished.connect(finish_startup)
    QTimer.singleShot(0, lambda: _open(context, window, arguments))
    code = application.exec()
    # Only here: when a bug ends the program, the crash window must still come.
    restore_hooks()
    # The window is closed: whoever starts the program now gets one of their own.
    instance.close()
    context.close_sound()
    from timer_app.ui.shell.save_on_exit import save_at_the_end  # noqa: PLC0415 - not needed before the end

    saved = save_at_the_end(context, theme)
    return code if saved else 1


def _open(context: AppContext, window: MainWindow, arguments: Sequence[str]) -> None:
    """Show, begin or import the sessions that this start, or a later one, was asked for."""
    try:
        match arguments:
            case ["begin"]:
                if window.page != "run":
                    window.start_session(context.last_session())
            case [name, "begin"]:
                window.start_session(context.session(name))
            case [name, "show"]:
                window.show_session(context.session(name))
            case [*files, "show"]:
                window.import_files([Path(file) for file in files])
    except Problem as problem:
        context.on_problem(problem)
