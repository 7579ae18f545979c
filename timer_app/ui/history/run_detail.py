"""One run in full: its time and length, the user's feedback, and what was planned and done step by step."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from timer_app.history.records import IntervalOutcome, RunRecord, Tag, TagKind
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.problems import Problem
from timer_app.ui.history.run_steps import StepsView
from timer_app.ui.history.tag_fields import TagFields
from timer_app.ui.look.theme import TEXT_WIDTH, Space, Type
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.action_bar import ActionBar
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.labels import ElidedLabel, Label, set_tip
from timer_app.ui.widgets.layouts import ScrollCard, centre, column, inset, line, margins, row
from timer_app.ui.widgets.stat_row import StatRow

_RATINGS = ("effort", "comfort_before", "comfort_after", "comfort_next")
NOTE_LENGTH = 2_000
"""The most characters of a note."""


class RunDetail(ScrollCard):
    """The right side of the History page when a run is chosen.

    `edited` carries the run with the user's changes, `delete_requested` the run to delete; `closed` is emitted when
    the user goes back.
    """

    edited = Signal(object)
    delete_requested = Signal(object)
    closed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._run: RunRecord | None = None
        theme = services.theme
        self._overline = ElidedLabel(theme, role=Type.LABEL, tone="accent")
        self._title = Label(theme, role=Type.DISPLAY, wrap=True)
        self._when = Label(theme, tone="soft", wrap=True)
        self._figures = StatRow(theme, 3)
        self.ratings = {name: ComboBox(theme) for name in _RATINGS}
        self.note = QPlainTextEdit()
        self.note.setPlaceholderText(_("A note"))
        self.note.setAccessibleName(_("Note"))
        self.note.setTabChangesFocus(True)
        self.note.installEventFilter(self)
        self.tags = TagFields(theme, self._known_words)
        self.tags.tagged.connect(self._tag)
        self.steps = StepsView(theme)
        self._steps_title = Label(theme, _("What was done"), Type.HEADING)
        self._make_definition()
        body = self.body
        above = column(self._overline, Space.TIGHT, self._title, Space.SMALL, self._when, Space.LARGE, self._figures)
        body.addLayout(inset(above))
        body.addSpacing(Space.WIDE)
        body.addLayout(inset(self._make_ratings()))
        body.addSpacing(Space.WIDE)
        body.addLayout(inset(column(self._steps_title, Space.SMALL)))
        body.addWidget(self.steps)
        body.addSpacing(Space.MEDIUM)
        body.addLayout(inset(column(row(self.show_definition, 0), Space.SMALL, self.definition)))
        body.addStretch(1)
        self.back = Button(theme, _("Overview"), role="quiet", sign="back", tip=_("Back to the overview"))
        self.back.clicked.connect(self.closed)
        self.delete = Button(
            theme, _("Delete"), role="quiet", sign="bin", tip=_("Delete this run"), key="Del", shortcut=False
        )
        self.delete.clicked.connect(self._delete)
        bar = ActionBar(self.back, ElidedLabel(theme), (self.delete,))
        low = QWidget()
        centre(low, bar, TEXT_WIDTH)
        self.outer.addWidget(line())
        self.outer.addWidget(low)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def run(self) -> RunRecord | None:
        """The run that is shown."""
        return self._run

    def show_run(self, run: RunRecord) -> None:
        """Show a run."""
        is_new = self._run is None or self._run.begun.id != run.begun.id
        self._run = run
        self._overline.setText(formatting.run_outcome(run.outcome))
        self._title.setText(run.begun.session)
        self._when.setText(formatting.moment(run.begun.started_at))
        ended = [step for step in run.intervals if step.outcome is IntervalOutcome.DONE]
        parts = (
            (_("away"), _("added by hand")) if run.away else (f"{len(ended)}/{len(run.intervals)}", _("parts in full"))
        )
        self._figures.show_figures(
            (formatting.clock_time(run.actual), _("done")),
            (formatting.clock_time(run.begun.planned), _("planned")),
            parts,
        )
        for name, choice in self.ratings.items():
            choice.choose(getattr(run, name))
        if self.note.toPlainText() != run.note:
            self.note.setPlainText(run.note)
        self.tags.show_tags(run.tags)
        if is_new:
            self.steps.show_steps(run.intervals)
            for part in (self.steps, self._steps_title):
                part.setVisible(not run.away)
            self.definition.setPlainText(run.begun.definition)
            self.show_definition.setVisible(bool(run.begun.definition))
            self.show_definition.setChecked(False)
            self.scroller.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save the note when it loses the focus."""
        if watched is self.note and event.type() is QEvent.Type.FocusOut:
            self.save_note()
        return super().eventFilter(watched, event)

    def save_note(self) -> None:
        """Save the note and the tags where they have changed."""
        self.tags.commit()
        text = self.note.toPlainText().strip()[:NOTE_LENGTH]
        if self._run is not None and text != self._run.note:
            self._edit(replace(self._run, note=text))

    def _make_definition(self) -> None:
        """Create the session's text as it was then, hidden until it is asked for."""
        self.definition = QPlainTextEdit()
        self.definition.setReadOnly(True)
        self.definition.setTabChangesFocus(True)
        self.definition.setAccessibleName(_("The session's text as it was then"))
        self.definition.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.definition.hide()
        self.show_definition = Button(
            self._services.theme,
            _("Its text then"),
            role="quiet",
            sign="file",
            tip=_("The session's text as it was then"),
        )
        self.show_definition.setCheckable(True)
        self.show_definition.toggled.connect(self.definition.setVisible)

    def _make_ratings(self) -> QVBoxLayout:
        theme = self._services.theme
        grid = QGridLayout()
        margins(grid, 0, spacing=Space.SMALL)
        grid.setHorizontalSpacing(Space.SMALL)
        captions = {
            "effort": (_("Effort (1–10)"), range(1, 11)),
            "comfort_before": (_("Back before (0–10)"), range(11)),
            "comfort_after": (_("Back after (0–10)"), range(11)),
            "comfort_next": (_("Next morning (0–10)"), range(11)),
        }
        for place, (name, choice) in enumerate(self.ratings.items()):
            caption, scale = captions[name]
            choice.offer([(_("none"), None), *((str(number), number) for number in scale)])
            choice.setAccessibleName(caption)
            set_tip(choice, _("{caption}, from low to high").format(caption=caption))
            choice.chosen.connect(lambda value, name=name: self._rate(name, value))
            label = Label(theme, caption, Type.SMALL, tone="soft", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            label.setBuddy(choice)
            # In two columns: four do not fit into a small window with large text.
            down, across = divmod(place, 2)
            grid.addWidget(label, 2 * down, across)
            grid.addWidget(choice, 2 * down + 1, across)
            grid.setColumnStretch(across, 1)
        title = Label(theme, _("How it felt"), Type.HEADING)
        return column(title, Space.MEDIUM, grid, Space.MEDIUM, self.note, Space.SMALL, self.tags)

    def _rate(self, name: str, value: object) -> None:
        if self._run is None or getattr(self._run, name) == value:
            return
        ratings = {each: getattr(self._run, each) for each in _RATINGS} | {
            name: value if isinstance(value, int) else None
        }
        self._edit(replace(self._run, **ratings))

    def _tag(self, tags: tuple[Tag, ...]) -> None:
        if self._run is not None:
            self._edit(replace(self._run, tags=tags))

    def _known_words(self, kind: TagKind) -> tuple[str, ...]:
        """Return the tags that were used before; the page reports a history that cannot be read."""
        try:
            return self._services.history.tag_words(kind)
        except Problem:
            return ()

    def _edit(self, run: RunRecord) -> None:
        self._run = run
        self.edited.emit(run)

    def _delete(self) -> None:
        if self._run is not None:
            self.delete_requested.emit(self._run)

    def _apply_theme(self) -> None:
        theme = self._services.theme
        self.note.setFont(theme.font(Type.BODY))
        self.note.setFixedHeight(theme.px(76))
        self.definition.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.definition.setFixedHeight(theme.px(260))
        self.tags.apply_theme()
