"""One exercise in full: its figure, instructions, easier and harder ones, and its sessions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from timer_app.definition.library import LibraryEntry
from timer_app.exercises.body_areas import area_of
from timer_app.exercises.model import Exercise
from timer_app.i18n import _
from timer_app.presentation.exercise_text import area_title, tempo_text
from timer_app.ui.exercises.caution_box import CautionBox
from timer_app.ui.exercises.link_button import LinkButton
from timer_app.ui.figures.figure_preview import FigurePreview
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.flow_layout import FlowLayout
from timer_app.ui.widgets.labels import ElidedLabel, Label
from timer_app.ui.widgets.layouts import Card, ScrollCard, column, margins, row

_FIGURE_HEIGHT = 236


class _Tick(QLabel):
    """The decorative icon before a cue."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        side = self._theme.px(16)
        painter = QPainter(self)
        paint_icon(painter, "check", QRectF(0, (self.height() - side) / 2, side, side), self._theme.colours.accent)

    def _apply_theme(self) -> None:
        self.setFixedSize(self._theme.px(24), self.fontMetrics().height() + Space.TIGHT)


class ExerciseDetail(ScrollCard):
    """The right side of the Exercises page.

    `exercise_requested` carries the id of an easier or a harder exercise, `session_requested` the stem of a session.
    """

    exercise_requested = Signal(str)
    session_requested = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__(Space.PAGE)
        self._services = services
        theme = services.theme
        self._exercise: Exercise | None = None
        self._overline = ElidedLabel(theme, role=Type.LABEL, tone="accent")
        self.title = Label(theme, role=Type.DISPLAY, wrap=True)
        self.trains = Label(theme, tone="soft", wrap=True)
        self.figure = FigurePreview(theme, services.clock)
        self.figure.setFixedHeight(_FIGURE_HEIGHT)
        self._stage = Card("stage")
        stage = QVBoxLayout(self._stage)
        margins(stage, Space.MEDIUM)
        stage.addWidget(self.figure)
        self.position = Label(theme, wrap=True)
        self._cues = QGridLayout()
        self._cues.setColumnStretch(1, 1)
        self._cues.setSpacing(Space.TIGHT)
        self._warning = CautionBox(theme)
        self.caution = self._warning.text
        self.dose = Label(theme, wrap=True)
        self._dose_title = Label(theme, _("How much"), Type.HEADING, wrap=True)
        self.tempo = Label(theme, tone="soft", wrap=True)
        self._related = QWidget()
        self._related_flow = FlowLayout(self._related)
        self._related_title = Label(theme, _("Too much, or too little?"), Type.HEADING, wrap=True)
        self._sessions = QWidget()
        self._sessions_flow = FlowLayout(self._sessions)
        self._sessions_title = Label(theme, _("Sessions with it"), Type.HEADING, wrap=True)
        self.scroller.enable_keyboard_scrolling(_("How it is done"))
        self.body.addLayout(self._build_layout())
        self.body.addStretch(1)

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that is shown."""
        return self._exercise

    def show_exercise(self, exercise: Exercise, *, own: bool) -> None:
        """Show an exercise, scrolled to the top."""
        self._exercise = exercise
        area = area_title(area_of(exercise))
        self._overline.setText(_("{area} · your own").format(area=area) if own else area)
        self.title.setText(exercise.name)
        self.trains.setText(exercise.trains)
        self.figure.show_exercise(exercise)
        self._stage.setVisible(self.figure.drawn)
        self.position.setText(exercise.position)
        self._show_cues(exercise.cues)
        self.caution.setText(exercise.caution)
        self.dose.setText(exercise.dose or "")
        self.dose.setVisible(bool(exercise.dose))
        self.tempo.setText(tempo_text(exercise.tempo))
        self._show_related(exercise)
        self.scroller.verticalScrollBar().setValue(0)

    def show_sessions(self, entries: Sequence[LibraryEntry]) -> None:
        """Show links to the sessions that use the exercise."""
        _clear(self._sessions_flow)
        for entry in entries:
            button = LinkButton(self._services.theme, entry.title, _("Show this session"))
            button.clicked.connect(lambda _checked=False, stem=entry.stem: self.session_requested.emit(stem))
            self._sessions_flow.addWidget(button)
        for part in (self._sessions, self._sessions_title):
            part.setVisible(bool(entries))

    def _show_cues(self, cues: Sequence[str]) -> None:
        _clear(self._cues)
        for number, cue in enumerate(cues):
            self._cues.addWidget(_Tick(self._services.theme), number, 0, Qt.AlignmentFlag.AlignTop)
            self._cues.addWidget(Label(self._services.theme, cue, wrap=True), number, 1)

    def _show_related(self, exercise: Exercise) -> None:
        _clear(self._related_flow)
        catalogue = self._services.catalogue
        for identifier, words in ((exercise.easier, _("Easier: {name}")), (exercise.harder, _("Harder: {name}"))):
            related = catalogue.get(identifier) if identifier is not None else None
            if related is None:
                continue
            button = LinkButton(self._services.theme, words.format(name=related.name), _("Show this exercise"))
            button.clicked.connect(
                lambda _checked=False, identifier=related.id: self.exercise_requested.emit(identifier)
            )
            self._related_flow.addWidget(button)
        for part in (self._related, self._related_title):
            part.setVisible(self._related_flow.count() > 0)

    def _build_layout(self) -> QVBoxLayout:
        theme = self._services.theme
        return column(
            column(self._overline, Space.TIGHT, self.title, Space.SMALL, self.trains),
            Space.LARGE,
            self._stage,
            Space.WIDE,
            Label(theme, _("Getting into position"), Type.HEADING, wrap=True),
            Space.SMALL,
            self.position,
            Space.WIDE,
            Label(theme, _("While you do it"), Type.HEADING, wrap=True),
            Space.SMALL,
            self._cues,
            Space.LARGE,
            self._warning,
            Space.WIDE,
            self._dose_title,
            Space.SMALL,
            self.dose,
            Space.TIGHT,
            self.tempo,
            Space.WIDE,
            self._related_title,
            Space.SMALL,
            row(self._related),
            Space.WIDE,
            self._sessions_title,
            Space.SMALL,
            row(self._sessions),
        )


def _clear(layout: FlowLayout | QGridLayout) -> None:
    """Delete all widgets of a layout."""
    while (item := layout.takeAt(0)) is not None:
        part = item.widget()
        if part is not None:
            part.hide()
            part.deleteLater()
