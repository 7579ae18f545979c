"""The end of the program: what is not saved yet is waited for, with the screen alive and a word about it."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMessageBox

from timer_app.context import AppContext
from timer_app.i18n import _
from timer_app.plain_text import plain_text
from timer_app.problems import Problem
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.support.background_task import BackgroundTask, gui_thread_callback
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import column, margins


def save_at_the_end(context: AppContext, theme: Theme) -> bool:
    """Close the context when the window is closed already, and return whether all is written.

    The screen stays alive meanwhile, and says what is going on where it takes a while. What could not be saved is shown
    in a box of its own: the banners are gone.
    """
    problems: list[Problem] = []
    context.on_problem = problems.append
    context.on_resolved = lambda problem: problems.remove(problem) if problem in problems else None
    note, loop = _Note(theme), QEventLoop()
    answers: list[bool | Exception] = []

    def close() -> bool | Exception:
        try:
            return context.close(gui_thread_callback(note, note.show))
        except Exception as error:  # noqa: BLE001 - raised again below, once nobody waits for it any more
            return error

    def accept(answer: bool | Exception) -> None:
        answers.append(answer)
        loop.quit()

    BackgroundTask(note, close, accept).start()
    while not answers:
        loop.exec()
    note.hide()
    note.deleteLater()
    if isinstance(answers[0], Exception):
        raise answers[0]
    if problems:
        _show_in_box(problems[-1])
    return answers[0]


class _Note(QDialog):
    """Says that the history is being saved, until it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setWindowTitle(_("Guided Session Timer"))
        what = Label(theme, _("Saving your history …"), Type.STRONG)
        advice = Label(theme, _("The disk or another program takes its time. The program ends by itself."), wrap=True)
        layout = column(what, advice, spacing=Space.SMALL)
        margins(layout, Space.LARGE)
        layout.setSpacing(Space.SMALL)
        self.setLayout(layout)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay until all is saved."""
        event.ignore()

    def reject(self) -> None:
        """Stay until all is saved."""


def _show_in_box(problem: Problem) -> None:
    """Show a problem in a box: the window is closed."""
    text = plain_text(f"{problem.what}\n\n{problem.advice}".rstrip())
    box = QMessageBox(QMessageBox.Icon.Warning, _("Guided Session Timer"), text)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()
