"""A field for a day, and the dialog for a range of days."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import column, margins, row

_FORMAT = "ddd d MMM yyyy"
_WIDTH = 380


class DayField(QDateEdit):
    """A field for a day."""

    def __init__(self, theme: Theme, day: date, name: str) -> None:
        super().__init__(_for_qt(day))
        self.setDisplayFormat(_FORMAT)
        self.setAccessibleName(name)
        self.setFont(theme.font(Type.BODY))
        inside = self.findChild(QLineEdit)
        if inside is not None:
            # The style sheet's padding does not reach the line inside.
            inside.setTextMargins(Space.SMALL, 0, Space.SMALL, 0)

    @property
    def day(self) -> date:
        """The chosen day."""
        day = self.date()
        return date(day.year(), day.month(), day.day())

    def set_first_day(self, day: date) -> None:
        """Set the earliest day that can be chosen."""
        self.setMinimumDate(_for_qt(day))


class DateRangeDialog(QDialog):
    """Ask for a range of days; `chosen` is the first and the last, once the dialog is accepted."""

    def __init__(self, theme: Theme, first: date, last: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: tuple[date, date] | None = None
        self.setWindowTitle(_("From when to when"))
        self.first = DayField(theme, first, _("From"))
        self.last = DayField(theme, last, _("To"))
        self.last.set_first_day(first)
        self.first.dateChanged.connect(lambda _day: self.last.set_first_day(self.first.day))
        grid = QGridLayout()
        margins(grid, 0, spacing=Space.SMALL)
        for number, field in enumerate((self.first, self.last)):
            caption = Label(theme, field.accessibleName())
            caption.setBuddy(field)
            grid.addWidget(caption, number, 0)
            grid.addWidget(field, number, 1)
        grid.setColumnStretch(1, 1)
        self.show_button = Button(theme, _("Show"), role="primary")
        self.show_button.setDefault(True)
        self.show_button.clicked.connect(self._choose)
        cancel = Button(theme, _("Cancel"))
        cancel.clicked.connect(self.reject)
        title = Label(theme, _("From when to when"), Type.TITLE, wrap=True)
        layout = QVBoxLayout(self)
        margins(layout, Space.WIDE)
        layout.addLayout(column(title, Space.LARGE, grid, Space.WIDE, row(0, cancel, self.show_button)))
        self.setMinimumWidth(theme.px(_WIDTH))

    def _choose(self) -> None:
        self.chosen = self.first.day, self.last.day
        self.accept()


def _for_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
