"""The dialog for one pause: days of illness, holiday or planned rest, which break no streak."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from timer_app.history.records import Pause, PauseKind
from timer_app.i18n import _
from timer_app.ui.history.date_range_dialog import DayField
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import column, margins, row
from timer_app.ui.widgets.toggle_switch import Switch

_WIDTH = 420


def kind_word(kind: PauseKind) -> str:
    """Return the name of a kind of pause."""
    return {
        PauseKind.ILLNESS: _("Illness"),
        PauseKind.HOLIDAY: _("Holiday"),
        PauseKind.REST: _("Planned rest"),
    }[kind]


class PauseDialog(QDialog):
    """Ask for a pause, or for changes to an existing `pause`; `chosen` is the result once the dialog is accepted."""

    def __init__(self, theme: Theme, today: date, parent: QWidget | None = None, pause: Pause | None = None) -> None:
        super().__init__(parent)
        self.chosen: Pause | None = None
        self._pause = pause or Pause(str(uuid4()), next(iter(PauseKind)), today, today)
        self.setWindowTitle(_("A pause"))
        self.kind = ComboBox(theme)
        self.kind.offer([(kind_word(kind), kind) for kind in PauseKind])
        self.kind.choose(self._pause.kind)
        self.first = DayField(theme, self._pause.first, _("First day"))
        self.last = DayField(theme, self._pause.last or max(today, self._pause.first), _("Last day"))
        self.last.set_first_day(self._pause.first)
        self.first.dateChanged.connect(lambda _day: self.last.set_first_day(self.first.day))
        self.until_back = Switch(theme, _("Until I am back"))
        self.until_back.toggled.connect(self.last.setDisabled)
        self.until_back.setChecked(self._pause.last is None)
        grid = QGridLayout()
        margins(grid, 0, spacing=Space.SMALL)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Why"), self.kind),
            (_("First day"), self.first),
            (_("Last day"), self.last),
            (_("Until I am back"), self.until_back),
        )
        for number, (name, control) in enumerate(rows):
            caption = Label(theme, name)
            caption.setBuddy(control)
            control.setAccessibleName(name)
            control.setFont(theme.font(Type.BODY))
            grid.addWidget(caption, number, 0)
            side = Qt.AlignmentFlag.AlignLeft if control is self.until_back else Qt.AlignmentFlag(0)
            grid.addWidget(control, number, 1, side)
        grid.setColumnStretch(1, 1)
        self.add = Button(theme, _("Pause") if pause is None else _("Keep"), role="primary")
        self.add.setDefault(True)
        self.add.clicked.connect(self._add)
        cancel = Button(theme, _("Cancel"))
        cancel.clicked.connect(self.reject)
        title = Label(theme, _("A pause"), Type.TITLE, wrap=True)
        encouragement = Label(
            theme, _("A week with a day of it never breaks your weeks in a row."), tone="soft", wrap=True
        )
        layout = QVBoxLayout(self)
        margins(layout, Space.WIDE)
        buttons = row(0, cancel, self.add)
        layout.addLayout(column(title, Space.TIGHT, encouragement, Space.LARGE, grid, Space.WIDE, buttons))
        self.setMinimumWidth(theme.px(_WIDTH))

    def _add(self) -> None:
        last = None if self.until_back.isChecked() else self.last.day
        kind = PauseKind(self.kind.currentData())
        self.chosen = replace(self._pause, kind=kind, first=self.first.day, last=last)
        self.accept()
