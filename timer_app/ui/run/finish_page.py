"""Show the summary of an ended session, and ask for counts, ratings and a note.

Each answer is saved at once, so that the window can be closed at any moment.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from timer_app.conductor.conductor import Conductor
from timer_app.history.records import RunRecorder
from timer_app.i18n import _
from timer_app.presentation.phase import Phase
from timer_app.presentation.run_outcome import CountQuestion, OutcomeView, SummaryNumber, outcome_view
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Theme, Type
from timer_app.ui.run.rep_count_field import RepCountField
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.buttons import Button, IconButton
from timer_app.ui.widgets.labels import Label, set_tip
from timer_app.ui.widgets.layouts import Card, ScrollPage, centre, column, line, margins, row
from timer_app.ui.widgets.rating_row import RatingRow, digit_of

_WIDTH = 720
_NOTE_WAIT = 600
"""Milliseconds after the last typed letter until the note is saved."""
GRACE = 700
"""Milliseconds after the session's end in which Enter and Space are ignored: our choice, longer than a second stroke.

A user who presses them then means the step or the pause of a moment ago, and has not seen this page yet.
"""


class FinishPage(QWidget):
    """Show a session that has ended. `closed` is emitted when the user is done with the page.

    In a low window everything scrolls but the Done button.

    A digit, or 10, rates the effort first and then the back, unless the note has the focus; Enter closes the page, once
    it has been shown for a moment.
    """

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.scroll_page = ScrollPage(_WIDTH)
        self._foot = QWidget()
        self._conductor: Conductor | None = None
        self._record: RunRecorder | None = None
        self._saved_note = ""
        self._counts: list[RepCountField] = []
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.setInterval(_NOTE_WAIT)
        self._note_timer.timeout.connect(self._save_note)
        self.grace = QTimer(self, singleShot=True)
        self.grace.timeout.connect(self._focus_first_question)
        self.title = Label(theme, "", Type.DISPLAY)
        self.what = Label(theme, "", Type.BODY, tone="soft", wrap=True)
        self.streak = Label(theme, "", Type.STRONG, wrap=True)
        self._figures = QHBoxLayout()
        margins(self._figures, 0, spacing=Space.MEDIUM)
        self._count_grid = QGridLayout()
        self.effort = RatingRow(theme, _("Effort"), 1)
        self.comfort = RatingRow(theme, _("Back comfort"), 0, before=self.effort)
        self.note = QLineEdit()
        self.done = Button(theme, _("Done"), role="primary", sign="check", key="Return", shortcut=False)
        self._lay_out()
        self.effort.rated.connect(self._rate_effort)
        self.comfort.rated.connect(self._rate_comfort)
        self.note.textEdited.connect(lambda _text: self._note_timer.start())
        self.note.returnPressed.connect(self._close)
        self.done.clicked.connect(self._close)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_run(self, conductor: Conductor, record: RunRecorder, *, streak: str = "") -> None:
        """Show what was done in the session behind `conductor`, which has ended, and ask how it was."""
        self._conductor, self._record = conductor, record
        view = outcome_view(conductor.state)
        self.title.setText(view.title)
        self.what.setText(view.what)
        self.streak.setText(streak)
        self.streak.setVisible(bool(streak))
        self._show_figures(view)
        self._show_count_questions(view.questions)
        self.effort.clear()
        self.comfort.clear()
        self.note.clear()
        self._saved_note = ""
        self.scroll_page.verticalScrollBar().setValue(0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.grace.start(GRACE)
        announce(self, f"{view.title} {view.what} {streak}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rate with a digit, close with Enter; a key that has been held down since the session is ignored."""
        if event.isAutoRepeat():
            return
        digit = digit_of(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.grace.isActive():
                self._close()
        elif digit is not None:
            (self.effort if self.effort.value is None else self.comfort).choose_digit(digit)
        else:
            self.scroll_page.keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save the note."""
        self._save_note()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the page with the tint of the DONE phase."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colours.phase(Phase.DONE).tint)

    def _lay_out(self) -> None:
        theme = self._theme
        self.note.setPlaceholderText(_("A note, if you like"))
        self.note.setAccessibleName(_("Note"))
        self.note.setMaxLength(2_000)
        set_tip(self.note, _("Write down whatever you want to remember"))
        head = row(_OutcomeMark(theme), spacing=Space.LARGE)
        head.addLayout(column(self.title, self.what, spacing=Space.TIGHT), 1)
        ratings = Card()
        inside = QVBoxLayout(ratings)
        margins(inside, Space.WIDE, Space.LARGE, spacing=Space.SMALL)
        inside.addLayout(self._count_grid)
        inside.addLayout(_question(theme, _("How hard was it?"), _("1 easy · 10 all you had")))
        inside.addWidget(self.effort)
        inside.addSpacing(Space.MEDIUM)
        inside.addLayout(_question(theme, _("How does your back feel now?"), _("0 very sore · 10 just fine")))
        inside.addWidget(self.comfort)
        inside.addSpacing(Space.MEDIUM)
        inside.addWidget(self.note)
        hint = Label(theme, _("You may leave all of it out. It is kept as you go."), Type.SMALL, tone="soft", wrap=True)
        layout = QVBoxLayout(self.scroll_page.content)
        margins(layout, Space.WIDE, Space.LARGE, spacing=Space.LARGE)
        layout.addStretch(1)
        layout.addLayout(head)
        layout.addLayout(self._figures)
        layout.addWidget(self.streak)
        layout.addWidget(ratings)
        layout.addStretch(2)
        foot = QHBoxLayout(self._foot)
        margins(foot, Space.WIDE, Space.MEDIUM, spacing=Space.LARGE)
        foot.addWidget(hint, 1)
        foot.addWidget(self.done, 0)
        low = QWidget()
        centre(low, self._foot, _WIDTH)
        self.setLayout(column(self.scroll_page, line(), low))

    def _focus_first_question(self) -> None:
        """Focus the first question, unless the user has moved the focus."""
        if self.hasFocus():
            self.effort.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_figures(self, view: OutcomeView) -> None:
        _empty(self._figures)
        for figure in view.figures:
            self._figures.addWidget(_FigureCard(self._theme, figure), 1)

    def _show_count_questions(self, questions: tuple[CountQuestion, ...]) -> None:
        _empty(self._count_grid)
        self._counts = []
        if not questions:
            return
        self._count_grid.addWidget(Label(self._theme, _("How many did you do?"), Type.STRONG), 0, 0, 1, 4)
        for number, question in enumerate(questions, 1):
            field = RepCountField(self._theme, question.name)
            if question.reps is not None:
                field.setText(str(question.reps))
            field.counted.connect(lambda reps, index=question.index: self._count(index, reps))
            less, more = IconButton(self._theme, "minus", _("One less")), IconButton(self._theme, "plus", _("One more"))
            less.clicked.connect(lambda _checked=False, field=field: field.step(-1))
            more.clicked.connect(lambda _checked=False, field=field: field.step(1))
            self._count_grid.addWidget(Label(self._theme, question.name, Type.BODY, wrap=True), number, 0)
            for place, part in enumerate((less, field, more), 1):
                self._count_grid.addWidget(part, number, place)
            self._counts.append(field)
        self._count_grid.setColumnStretch(0, 1)
        self._count_grid.setRowMinimumHeight(len(questions) + 1, Space.MEDIUM)

    def _count(self, index: int, reps: int | None) -> None:
        if self._conductor is not None:
            self._conductor.enter_reps(index, reps)

    def _rate_effort(self, effort: int) -> None:
        if self._conductor is not None and self._record is not None:
            self._record.rate(self._conductor.run_id, effort=effort)
            if self.comfort.value is None:
                self.comfort.setFocus(Qt.FocusReason.OtherFocusReason)
                self.scroll_page.ensureWidgetVisible(self.comfort)

    def _rate_comfort(self, comfort: int) -> None:
        if self._conductor is not None and self._record is not None:
            self._record.rate(self._conductor.run_id, comfort_after=comfort)
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_note(self) -> None:
        self._note_timer.stop()
        note = self.note.text().strip()
        if self._conductor is not None and self._record is not None and note != self._saved_note:
            self._saved_note = note
            self._record.rate(self._conductor.run_id, note=note)

    def _close(self) -> None:
        self._save_note()
        if self._conductor is not None:
            self._conductor = self._record = None
            self.closed.emit()

    def _apply_theme(self) -> None:
        self.note.setFont(self._theme.font(Type.BODY))
        for part in (self.scroll_page.content, self._foot):
            part.setMaximumWidth(self._theme.px(_WIDTH))
        self.update()


class _OutcomeMark(QLabel):
    """The decorative check mark beside the title, not read by a screen reader."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._apply_theme()
        theme.changed.connect(self._apply_theme)

    def sizeHint(self) -> QSize:
        side = self._theme.px(64)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        shades = self._theme.colours.phase(Phase.DONE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawEllipse(box)
        inset = box.width() * 0.22
        paint_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), shades.on_accent)

    def _apply_theme(self) -> None:
        self.setFixedSize(self.sizeHint())


class _FigureCard(Card):
    """One number of the summary."""

    def __init__(self, theme: Theme, figure: SummaryNumber) -> None:
        super().__init__()
        number = QLabel(figure.done)
        number.setTextFormat(Qt.TextFormat.PlainText)
        number.setFont(theme.digits(theme.px(30), QFont.Weight.Bold))
        planned = Label(theme, figure.planned, Type.SMALL, tone="soft")
        layout = QVBoxLayout(self)
        margins(layout, Space.LARGE, Space.MEDIUM, spacing=Space.HAIR)
        layout.addLayout(row(number, planned, 0, spacing=Space.SMALL))
        layout.addWidget(Label(theme, figure.name, Type.LABEL, tone="soft"))
        self.setAccessibleName(" ".join(part for part in (figure.name, figure.done, figure.planned) if part))


def _question(theme: Theme, question: str, ends: str) -> QHBoxLayout:
    questions = row()
    questions.addWidget(Label(theme, question, Type.STRONG, wrap=True), 1)
    questions.addWidget(Label(theme, ends, Type.SMALL, tone="soft"), 0, Qt.AlignmentFlag.AlignBottom)
    return questions


def _empty(layout: QHBoxLayout | QGridLayout) -> None:
    """Remove every widget from a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
