"""The details of a picker entry: figure, instructions and cautions."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from timer_app.i18n import _
from timer_app.presentation.picker_entries import PickerEntry
from timer_app.ui.exercises.caution_box import CautionBox
from timer_app.ui.figures.figure_preview import FigurePreview
from timer_app.ui.look.theme import TEXT_WIDTH, Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, ScrollPage, column, margins

_STAGE_LEAST = 104
_STAGE_MOST = 200
_STAGE_SHARE = 0.3
"""The figure's height: logical pixels, and a share of the panel's, so that the caution is visible too."""


class PickerDetail(Card):
    """The right side of the picker."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        theme = services.theme
        self.figure = FigurePreview(theme, services.clock)
        self.title = Label(theme, role=Type.TITLE, wrap=True)
        self.dose = Label(theme, role=Type.STRONG, tone="accent", wrap=True)
        self.about = Label(theme, tone="soft", wrap=True)
        self.position = Label(theme, wrap=True)
        self.caution = CautionBox(theme)
        self._stage = Card("stage")
        stage = QVBoxLayout(self._stage)
        margins(stage, Space.SMALL)
        stage.addWidget(self.figure)
        self.scroller = ScrollPage(TEXT_WIDTH)
        self.scroller.enable_keyboard_scrolling(_("How it is done"))
        body = QVBoxLayout(self.scroller.content)
        margins(body, Space.WIDE, Space.LARGE)
        body.addLayout(
            column(
                column(self.title, Space.TIGHT, self.dose, Space.TIGHT, self.about),
                column(self._stage, self.position, self.caution, spacing=Space.MEDIUM),
                spacing=Space.MEDIUM,
            )
        )
        body.addStretch(1)
        outer = QVBoxLayout(self)
        margins(outer, 1)
        outer.addWidget(self.scroller)

    def show_entry(self, entry: PickerEntry) -> None:
        """Show an entry, scrolled to the top."""
        exercise = entry.exercise
        self.title.setText(entry.title)
        self.dose.setText(entry.detail)
        self.about.setText(entry.about if exercise is None else exercise.trains)
        self.position.setText("" if exercise is None else exercise.position)
        self.caution.text.setText("" if exercise is None else exercise.caution)
        labels = (self.about, self.position, self.caution.text)
        self.scroller.setAccessibleDescription(" ".join(part.text() for part in labels if part.text()))
        self._stage.setVisible(exercise is not None and exercise.poses is not None)
        for part in (self.position, self.caution):
            part.setVisible(exercise is not None)
        self.figure.show_exercise(exercise)
        self.scroller.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the figure its share of the height."""
        super().resizeEvent(event)
        self._stage.setFixedHeight(max(_STAGE_LEAST, min(_STAGE_MOST, round(self.height() * _STAGE_SHARE))))
