"""The switch between the views of the History page, and the statistics that they load in the background."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from timer_app.history.reader import History
from timer_app.history.statistics.comfort_stats import ComfortGrouping, ComfortObservation
from timer_app.history.statistics.exercise_progress import ExerciseProgress
from timer_app.i18n import _
from timer_app.ui.look.theme import Space, Theme
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.labels import set_tip
from timer_app.ui.widgets.layouts import row


class ViewStatistics(Struct, frozen=True):
    """Statistics that are slow to compute for a long history: exercise progress and comfort by group."""

    progress: tuple[ExerciseProgress, ...]
    observed: Mapping[ComfortGrouping, tuple[ComfortObservation, ...]]


def read_statistics(history: History) -> ViewStatistics:
    """Compute the statistics, on a worker thread: slow where weeks are not aggregated yet. Raises Problem."""
    return ViewStatistics(history.progress(), {beside: history.comfort_by(beside) for beside in ComfortGrouping})


class ViewSwitcher(QWidget):
    """A button for each view, or a combo box where space is short. `view_requested` carries the number of a view."""

    view_requested = Signal(int)

    def __init__(self, theme: Theme, names: tuple[str, ...]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons = [Button(theme, name, role="quiet") for name in names]
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            self._group.addButton(button, number)
        self.buttons[0].setChecked(True)
        self._group.idClicked.connect(self.view_requested)
        self.choice = ComboBox(theme)
        self.choice.setAccessibleName(_("View"))
        set_tip(self.choice, _("What to look at"))
        self.choice.setPlaceholderText(_("One run"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.offer([(name, number) for number, name in enumerate(names)])
        self.choice.chosen.connect(lambda number: self.view_requested.emit(int(number)))
        self.choice.hide()
        layout = row(*self.buttons, self.choice, 0, spacing=Space.TIGHT)
        layout.setStretchFactor(self.choice, 100)
        self.setLayout(layout)
        theme.changed.connect(self._fit)

    def mark(self, number: int | None) -> None:
        """Mark the view that is shown, None for none of them."""
        self._group.setExclusive(False)
        for each, button in enumerate(self.buttons):
            button.setChecked(each == number)
        self._group.setExclusive(True)
        self.choice.choose(number)

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for the combo box."""
        return QSize(self.choice.minimumSizeHint().width(), self.choice.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the buttons or the combo box, whichever fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = sum(button.sizeHint().width() for button in self.buttons) + Space.TIGHT * len(self.buttons)
        narrow = self.width() < needed
        for button in self.buttons:
            button.setVisible(not narrow)
        self.choice.setVisible(narrow)
