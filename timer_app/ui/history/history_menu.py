"""The menu of the history: add a run or a pause, undo, redo, export and import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from timer_app.history.merge import MergeResult
from timer_app.history.records import Pause
from timer_app.history.run_edits import HistoryEdit
from timer_app.history.statistics.statistics import current_pause
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.history.add_run_dialog import AddRunDialog
from timer_app.ui.history.pause_dialog import PauseDialog
from timer_app.ui.history.pauses_dialog import PausesDialog
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services

_NAME = "history"
_ENDINGS = (".json", ".csv", ".ics", ".sqlite")


class _ExportRequest(Struct, frozen=True):
    """The file to export to, whether a table has a row for each interval, and whether a file may be replaced."""

    file: Path
    intervals: bool = False
    replace: bool = False


class HistoryMenu(QMenu):
    """The menu beside the search. `changed` is emitted after a change of the history."""

    changed = Signal()
    _imported = Signal(object)

    def __init__(self, services: Services, page: QWidget) -> None:
        super().__init__(page)
        self._services = services
        self._page = page
        self._request = _ExportRequest(Path())
        self._folder: Path | None = None
        self._writing = BackgroundTask(self, self._write, self._written)
        self._imported.connect(self._show_imported)
        self.add = self._action(_("Add a run …"), self._add, "Ctrl+N")
        self.pause = self._action("", self._pause)
        self.pauses_action = self._action(_("Your pauses …"), self._show_pauses)
        self.pauses_dialog: PausesDialog | None = None
        self._pauses: tuple[Pause, ...] = ()
        self._undoable = False
        self._current_pause: Pause | None = None
        self.addSeparator()
        self.undo_action = self._action(_("Undo"), self.undo, QKeySequence.StandardKey.Undo)
        self.redo_action = self._action(_("Redo"), self.redo, QKeySequence.StandardKey.Redo)
        self.addSeparator()
        self.export_action = self._action(_("Export …"), self._ask_where_to)
        self.import_action = self._action(_("Import …"), self._ask_where_from)
        self.offer((None, None), ())

    def offer(self, changes: tuple[HistoryEdit | None, HistoryEdit | None], pauses: tuple[Pause, ...]) -> None:
        """Show the changes that can be undone and redone, and offer to begin a pause or to end the current one."""
        undoable, redoable = changes
        self._pauses, self._undoable = pauses, undoable is not None
        if self.pauses_dialog is not None:
            self.pauses_dialog.show_pauses(pauses, undoable=self._undoable)
        self._current_pause = current_pause(pauses, self._today())
        self.pause.setText(_("Pause …") if self._current_pause is None else _("I am back from my pause"))
        for action, change, name in (
            (self.undo_action, undoable, _("Undo")),
            (self.redo_action, redoable, _("Redo")),
        ):
            action.setEnabled(change is not None)
            action.setText(
                name if change is None else _("{action}: {change}").format(action=name, change=describe_edit(change))
            )

    def end_pause(self, pause: Pause) -> None:
        """End the current pause: yesterday was its last day, unless it began today."""
        last = max(pause.first, self._today() - timedelta(days=1))
        self._services.journal.put_pause(replace(pause, last=last))
        self.changed.emit()
        self.offer_undo(_("Welcome back. Begin gently."))

    def offer_undo(self, what: str) -> None:
        """Show a message about a change with an offer to undo it, in place of the one before."""
        self._services.messages.withdraw(self.undo)
        self._services.messages.show_offer(what, _("Undo"), self.undo)

    def undo(self) -> None:
        """Undo the last change."""
        self._services.messages.withdraw(self.undo)
        self._services.journal.undo()
        self.changed.emit()

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self._services.messages.withdraw(self.undo)
        self._services.journal.redo()
        self.changed.emit()

    def export(self, file: Path, *, intervals: bool = False, replace: bool = False) -> None:
        """Export the history to a file, in the format of its suffix.

        With `intervals` a table has a row for each interval. An existing file is replaced only with `replace`.
        """
        self._request = _ExportRequest(file, intervals, replace)
        self._writing.start()

    def import_file(self, file: Path) -> None:
        """Import the history from a file."""
        # The callback runs on the journal's thread; the signal delivers its result to this one.
        self._services.journal.import_file(file, self._imported.emit)

    def _action(self, name: str, act: Callable[[], None], key: str | QKeySequence.StandardKey | None = None) -> QAction:
        action = QAction(name, self)
        action.triggered.connect(lambda _checked=False: act())
        if key is not None:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(action)
        # A shortcut needs a visible widget, and the menu is seldom visible.
        self._page.addAction(action)
        return action

    def _add(self) -> None:
        services = self._services
        dialog = AddRunDialog(services.theme, services.library.entries(), services.clock.wall(), self._page)
        dialog.finished.connect(lambda _result: self._accept_run(dialog))
        dialog.open()

    def _accept_run(self, dialog: AddRunDialog) -> None:
        run = dialog.added
        dialog.deleteLater()
        if run is not None:
            self._services.journal.add_run(run)
            self.changed.emit()
            added = _("“{session}” was added.").format(session=run.begun.session)
            self.offer_undo(added)

    def _pause(self) -> None:
        if self._current_pause is not None:
            self.end_pause(self._current_pause)
            return
        dialog = PauseDialog(self._services.theme, self._today(), self._page)
        dialog.finished.connect(lambda _result: self._accept_pause(dialog))
        dialog.open()

    def _show_pauses(self) -> None:
        """Open the dialog of all pauses."""
        dialog = self.pauses_dialog = PausesDialog(self._services.theme, self._today(), self._page)
        dialog.put.connect(self._put_pause)
        dialog.ended.connect(self.end_pause)
        dialog.deleted.connect(self._delete_pause)
        dialog.undo_requested.connect(self.undo)
        dialog.finished.connect(self._close_pauses)
        dialog.show_pauses(self._pauses, undoable=self._undoable)
        dialog.open()

    def _close_pauses(self) -> None:
        if self.pauses_dialog is not None:
            self.pauses_dialog.deleteLater()
            self.pauses_dialog = None

    def _put_pause(self, pause: Pause) -> None:
        self._services.journal.put_pause(pause)
        self.changed.emit()
        self.offer_undo(_("Your pause is noted. Take your time."))

    def _delete_pause(self, pause: Pause) -> None:
        self._services.journal.delete_pause(pause.id)
        self.changed.emit()
        self.offer_undo(_("The pause was deleted."))

    def _accept_pause(self, dialog: PauseDialog) -> None:
        pause = dialog.chosen
        dialog.deleteLater()
        if pause is not None:
            self._put_pause(pause)

    def _today(self) -> date:
        return self._services.clock.wall().date()

    def _ask_where_to(self) -> None:
        forms = {
            _("Everything, to be imported again (*.json)"): ".json",
            _("Table of runs (*.csv)"): ".csv",
            (of_intervals := _("Table of intervals (*.csv)")): ".csv",
            _("Calendar (*.ics)"): ".ics",
            _("Backup (*.sqlite)"): ".sqlite",
        }
        name = str(self._first_folder() / f"{_NAME}.json")
        chosen, form = QFileDialog.getSaveFileName(self._page, _("Export the history"), name, ";;".join(forms))
        if chosen:
            self._folder = Path(chosen).parent
            file = with_ending(Path(chosen), forms.get(form, ".json"))
            # The dialog has asked about replacing the chosen file, not about a file with another suffix.
            self.export(file, intervals=form == of_intervals, replace=file == Path(chosen))

    def _ask_where_from(self) -> None:
        forms = _("A history (*.json *.sqlite);;All files (*)")
        folder = str(self._first_folder())
        chosen, _form = QFileDialog.getOpenFileName(self._page, _("Import a history"), folder, forms)
        if chosen:
            self._folder = Path(chosen).parent
            self.import_file(Path(chosen))

    def _first_folder(self) -> Path:
        """Return the folder that a file dialog opens in: the one used last, else the one for documents."""
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        return next((folder for folder in (self._folder, documents) if folder and folder.is_dir()), Path.home())

    def _write(self) -> str:
        """Write the file on a worker thread, and return the message to show."""
        from timer_app.history.exchange import export_formats, file_transfer  # noqa: PLC0415 - seldom needed

        history, own = self._services.history, self._services.paths.history
        complete = self._services.journal.flush()
        request = self._request
        file = request.file
        try:
            file_transfer.check_target(own, file, replace=request.replace)
            match file.suffix:
                case ".csv":
                    table = export_formats.intervals_csv if request.intervals else export_formats.runs_csv
                    file_transfer.write_lines(file, table(history.records()))
                case ".ics":
                    file_transfer.write_lines(file, export_formats.calendar(history.records()))
                case ".sqlite":
                    file_transfer.write_backup(own, file)
                case _:
                    file_transfer.write_document(own, file)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return ""
        text = _("The history was written to {file}.").format(file=file)
        return text if complete else text + " " + _("What you did last is not in it: it could not be saved yet.")

    def _written(self, text: str) -> None:
        if text:
            self._services.messages.show_note(text)

    def _show_imported(self, merged: MergeResult) -> None:
        self._services.messages.show_note(" ".join(merged.describe()))
        self.changed.emit()


def with_ending(chosen: Path, ending: str) -> Path:
    """Return the file to write for a typed name and a chosen format with that `ending`.

    With the first format, which is the default, the suffix of the name decides; else the format does.
    """
    if chosen.suffix not in _ENDINGS:
        return chosen.with_name(chosen.name + ending)
    return chosen if ending == _ENDINGS[0] else chosen.with_suffix(ending)


def describe_edit(change: HistoryEdit) -> str:
    """Return the name of a change: `deleted run`, `note`, `effort`."""
    if "deleted" in change.fields:
        gone = {"run": _("run deleted"), "pause": _("pause deleted")}
        come = {"run": _("run added"), "pause": _("pause added")}
        return (gone if change.deletes else come)[change.subject]
    names = {
        "effort": _("effort"),
        "comfort_before": _("comfort before"),
        "comfort_after": _("comfort after"),
        "comfort_next": _("comfort next morning"),
        "note": _("note"),
        "tags": _("tags"),
    }
    return ", ".join(names.get(field, _("pause")) for field in change.fields)
