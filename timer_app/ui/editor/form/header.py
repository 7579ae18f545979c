"""The header of a form: title, description and figure."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from timer_app.definition import format_fields
from timer_app.editing.form.model import Form, FormKind
from timer_app.i18n import _
from timer_app.ui.editor.form.field_rows import FieldProblem
from timer_app.ui.figures.step_figure import StepFigure
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.flow_layout import FlowLayout
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, column, margins

CHANGE_KEY = "Ctrl+E"


class FormHeader(QWidget):
    """Show the form's subject. `exercise_requested` asks for another exercise, `own_requested` for a custom one."""

    exercise_requested = Signal()
    own_requested = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        theme = services.theme
        self.title = Label(theme, role=Type.TITLE, wrap=True)
        self.about = Label(theme, role=Type.SMALL, tone="soft", wrap=True)
        self.problem_label = FieldProblem(theme)
        self.change = Button(
            theme, _("Change exercise…"), sign="swap", tip=_("Choose another exercise"), key=CHANGE_KEY
        )
        self.change.clicked.connect(self.exercise_requested)
        self.own = Button(
            theme,
            _("Make it my own"),
            role="quiet",
            tip=_("Give it a name and words of your own; it is done in the same way"),
        )
        self.own.clicked.connect(self.own_requested)
        self.buttons = QWidget()
        flow = FlowLayout(self.buttons, Space.SMALL)
        flow.addWidget(self.change)
        flow.addWidget(self.own)
        self.stage = Card("stage")
        margins(QVBoxLayout(self.stage), Space.SMALL)
        self.figure = StepFigure(services)
        stage = self.stage.layout()
        if stage is not None:
            stage.addWidget(self.figure)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        margins(self._across, 0, spacing=Space.MEDIUM)
        texts = column(self.title, self.about, 0, spacing=Space.TIGHT)
        self._across.addWidget(self.stage)
        self._across.addLayout(texts, 1)
        outer = QVBoxLayout(self)
        margins(outer, 0, spacing=Space.MEDIUM)
        outer.addLayout(self._across)
        outer.addWidget(self.problem_label)
        outer.addWidget(self.buttons)

    def show_form(self, form: Form) -> None:
        """Show a form's title, description and figure."""
        field = form.field(format_fields.EXERCISE.name)
        exercise = form.exercise
        self.title.setText(_title(form))
        self.about.setText(_about(form))
        self.about.setVisible(bool(self.about.text()))
        self.problem_label.show_problems((*form.problems, *(field.problems if field is not None else ())))
        drawn = exercise is not None and exercise.poses is not None
        self.stage.setVisible(drawn)
        self.figure.show_exercise(exercise.id if exercise is not None and drawn else None)
        self.buttons.setVisible(form.kind is FormKind.EXERCISE)
        self.own.setVisible(field is not None and field.given)
        words = f"{self.title.text()} {self.problem_label.text}".strip()
        if words != self.change.accessibleDescription():
            self.change.setAccessibleDescription(words)

    def lay_out(self, *, beside: bool) -> None:
        """Lay out the figure beside the text, or above it."""
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._across.setDirection(direction)


def _title(form: Form) -> str:
    match form.kind:
        case FormKind.SESSION:
            return _("The session")
        case FormKind.REST:
            return form.text(format_fields.REST_NAME.name) or _("Rest")
        case FormKind.ROUNDS:
            return _("Rounds")
        case _:
            if form.exercise is not None:
                return form.exercise.name
            unknown = form.text(format_fields.EXERCISE.name)
            own = form.text(format_fields.OWN_NAME.name)
            return own or (_("“{word}”").format(word=unknown) if unknown else _("An exercise"))


def _about(form: Form) -> str:
    match form.kind:
        case FormKind.SESSION:
            return _("What holds for all of it. What is done stands in the list of steps.")
        case FormKind.REST:
            return _("A pause of its own. The rest between sets belongs to the exercise itself.")
        case FormKind.ROUNDS:
            return form.note
        case _:
            if form.exercise is not None:
                return form.exercise.position
            return "" if form.given(format_fields.EXERCISE.name) else _("An exercise of your own.")
