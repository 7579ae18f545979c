"""The dialog that adds a run done away from the computer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from timer_app.clock import Milliseconds, in_this_zone
from timer_app.definition.library import LibraryEntry
from timer_app.history.db_file import definition_hash
from timer_app.history.records import IntervalOutcome, IntervalRecord, RunBegun, RunOutcome, RunRecord
from timer_app.i18n import _
from timer_app.ui.look.theme import CONTROL_HEIGHT, Theme
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.form_dialog import FormDialog

WHOLE_RUN = "whole"
"""The kind of the one interval of a run that was added by hand."""

_MINUTE: Milliseconds = 60_000
_LONGEST = 480
_WIDTH = 420


def manual_run(entry: LibraryEntry, started_at: datetime, minutes: int, note: str = "") -> RunRecord:
    """Return the record of a run done away from the computer, in one interval; `started_at` is aware of its zone."""
    length = minutes * _MINUTE
    text = entry.text()
    piece = IntervalRecord(
        0, None, entry.title, WHOLE_RUN, None, None, None, entry.total or None, length, IntervalOutcome.DONE
    )
    return RunRecord(
        RunBegun(str(uuid4()), entry.title, entry.stem, text, definition_hash(text), entry.total, started_at),
        started_at + timedelta(milliseconds=length),
        RunOutcome.COMPLETED,
        (piece,),
        note=note,
        away=True,
    )


class AddRunDialog(FormDialog):
    """Ask what was done, when and for how long; `added` is the run once the dialog is accepted."""

    def __init__(
        self, theme: Theme, entries: Sequence[LibraryEntry], now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent, width=_WIDTH)
        self.added: RunRecord | None = None
        self._now = now
        self.setWindowTitle(_("Add a run"))
        self._entries = {entry.stem: entry for entry in entries if not entry.broken}
        self.session = ComboBox(theme)
        self.session.offer([(entry.title, entry.stem) for entry in self._entries.values()])
        self.session.setCurrentIndex(0)
        self.session.chosen.connect(self._suggest)
        self.when = QDateTimeEdit(_for_qt(now))
        self.when.setDisplayFormat("ddd d MMM yyyy, HH:mm")
        self.when.setMaximumDateTime(_for_qt(now))
        self.minutes = QSpinBox()
        self.minutes.setRange(1, _LONGEST)
        self.minutes.setSuffix(_(" min"))
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(_("A note"))
        self.note.setTabChangesFocus(True)
        # The field that shrinks on a low screen.
        self.note.setMinimumHeight(theme.px(CONTROL_HEIGHT))
        self.note.setMaximumHeight(theme.px(64))
        fields = (
            (_("Session"), self.session),
            (_("When"), self.when),
            (_("How long"), self.minutes),
            (_("Note"), self.note),
        )
        self.add = self.build(_("Done away from the computer"), fields, _("Add"))
        self.add.clicked.connect(self._add)
        self.add.setEnabled(bool(self._entries))
        self._suggest(self.session.currentData())

    def _suggest(self, stem: object) -> None:
        entry = self._entries.get(str(stem))
        if entry is not None:
            minutes = max(1, round(entry.total / _MINUTE))
            self.minutes.setValue(minutes)
            self.when.setDateTime(_for_qt(self._now - timedelta(minutes=minutes)))

    def _add(self) -> None:
        entry = self._entries.get(str(self.session.currentData()))
        if entry is None:
            return
        picked = self.when.dateTime()
        day, time = picked.date(), picked.time()
        local = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._now.tzinfo)
        self.added = manual_run(entry, _with_local_offset(local, self._now), self.minutes.value(), self._note())
        self.accept()

    def _note(self) -> str:
        return self.note.toPlainText().strip()


def _for_qt(when: datetime) -> QDateTime:
    """Return the local date and time of the user as a QDateTime, unchanged by the zone of this computer."""
    return QDateTime.fromString(when.strftime("%Y-%m-%dT%H:%M:00"), Qt.DateFormat.ISODate)


def _with_local_offset(local: datetime, now: datetime) -> datetime:
    """Return a local date and time with the UTC offset of that day, where this computer knows it."""
    in_zone = in_this_zone(local.replace(tzinfo=None))
    # Of the zone of a traveller only the offset now is known.
    return in_zone if in_this_zone(now).utcoffset() == now.utcoffset() else local
