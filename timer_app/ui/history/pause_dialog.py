"""The dialog for one pause: days of illness, holiday or planned rest, which break no streak."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from timer_app.history.records import Pause, PauseKind
from timer_app.i18n import _
from timer_app.ui.history.date_range_dialog import DayField
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.form_dialog import FormDialog
from timer_app.ui.widgets.toggle_switch import Switch

_WIDTH = 420


def kind_word(kind: PauseKind) -> str:
    """Return the name of a kind of pause."""
    return {
        PauseKind.ILLNESS: _("Illness"),
        PauseKind.HOLIDAY: _("Holiday"),
        PauseKind.REST: _("Planned rest"),
    }[kind]


class PauseDialog(FormDialog):
    """Ask for a pause, or for changes to an existing `pause`; `chosen` is the result once the dialog is accepted."""

    def __init__(self, theme: Theme, today: date, parent: QWidget | None = None, pause: Pause | None = None) -> None:
        super().__init__(theme, parent, width=_WIDTH)
        self.chosen: Pause | None = None
        self._pause = pause or Pause(str(uuid4()), next(iter(PauseKind)), today, today)
        self.setWindowTitle(_("A pause"))
        self.kind = ComboBox(theme)
        self.kind.offer([(kind_word(kind), kind) for kind in PauseKind])
        self.kind.choose(self._pause.kind)
        self.first = DayField(self._pause.first)
        self.last = DayField(self._pause.last or max(today, self._pause.first))
        self.last.set_first_day(self._pause.first)
        self.first.dateChanged.connect(lambda _day: self.last.set_first_day(self.first.day))
        self.until_back = Switch(theme, _("Until I am back"))
        self.until_back.toggled.connect(self.last.setDisabled)
        self.until_back.setChecked(self._pause.last is None)
        fields = (
            (_("Why"), self.kind),
            (_("First day"), self.first),
            (_("Last day"), self.last),
            (_("Until I am back"), self.until_back),
        )
        hint = _("A week with a day of it never breaks your weeks in a row.")
        self.add = self.build(_("A pause"), fields, _("Pause") if pause is None else _("Keep"), hint=hint)
        self.add.clicked.connect(self._add)

    def _add(self) -> None:
        last = None if self.until_back.isChecked() else self.last.day
        kind = PauseKind(self.kind.currentData())
        self.chosen = replace(self._pause, kind=kind, first=self.first.day, last=last)
        self.accept()
