"""A field for a day, and the dialog for a range of days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from timer_app.i18n import _
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.form_dialog import FormDialog

_FORMAT = "ddd d MMM yyyy"
_WIDTH = 380


class DayField(QDateEdit):
    """A field for a day."""

    def __init__(self, day: date) -> None:
        super().__init__(_for_qt(day))
        self.setDisplayFormat(_FORMAT)

    @property
    def day(self) -> date:
        """The chosen day."""
        day = self.date()
        return date(day.year(), day.month(), day.day())

    def set_first_day(self, day: date) -> None:
        """Set the earliest day that can be chosen."""
        self.setMinimumDate(_for_qt(day))


class DateRangeDialog(FormDialog):
    """Ask for a range of days; `chosen` is the first and the last, once the dialog is accepted."""

    def __init__(self, theme: Theme, first: date, last: date, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, width=_WIDTH)
        self.chosen: tuple[date, date] | None = None
        self.setWindowTitle(_("From when to when"))
        self.first = DayField(first)
        self.last = DayField(last)
        self.last.set_first_day(first)
        self.first.dateChanged.connect(lambda _day: self.last.set_first_day(self.first.day))
        fields = ((_("From"), self.first), (_("To"), self.last))
        self.show_button = self.build(_("From when to when"), fields, _("Show"))
        self.show_button.clicked.connect(self._choose)

    def _choose(self) -> None:
        self.chosen = self.first.day, self.last.day
        self.accept()


def _for_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
