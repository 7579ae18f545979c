"""The question of the next morning: how the back is on the day after a session, asked once on that day.

From noon on it asks how the back was in the morning, which is what is recorded.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.history.records import RunSummary
from timer_app.i18n import _
from timer_app.problems import Problem
from timer_app.ui.look.theme import PAGE_WIDTH, Space, Type
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.flow_layout import FlowLayout
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, centre, margins, row
from timer_app.ui.widgets.rating_row import RatingRow

MORNING, NOON = 4, 12
"""The hours at which the morning begins and ends: our choice. Before it, nothing is asked."""


class NextMorningQuestion(QWidget):
    """Ask on the first start of a day how the back is after yesterday's session: one click, or never again.

    `asked` is emitted when there is something to ask: the parent shows the question, which hides itself.
    """

    asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._run: RunSummary | None = None
        self._checked_on: date | None = None
        self._compact = self._folded = self._unfolded = False
        theme = services.theme
        self._question = Label(theme, role=Type.STRONG, tone="info", wrap=True)
        self.rating = RatingRow(theme, _("Back comfort this morning"), 0)
        self.rating.rated.connect(self._answer)
        self.later = Button(theme, _("Not today"), role="quiet", tip=_("Leave it out for this session"))
        self.later.clicked.connect(lambda: self._answer(None))
        self.never = Button(theme, _("Never ask"), role="quiet", tip=_("Do not ask on any morning"))
        self.never.clicked.connect(self._never)
        self.unfold = Button(theme, "", role="quiet", tip=_("Answer with one click"))
        self.unfold.clicked.connect(self._unfold)
        card = Card("info")
        # As wide as the pages below it.
        centre(self, card, PAGE_WIDTH - 2 * Space.WIDE)
        layout = self._inside = QVBoxLayout(card)
        layout.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._question)
        # In one line where it fits: the question takes its space from the page below.
        answers = self._answers = QWidget()
        flow = FlowLayout(answers)
        flow.addWidget(self.rating)
        instead = QWidget()
        instead.setLayout(row(self.later, self.never))
        flow.addWidget(instead)
        layout.addWidget(answers)
        self.set_compact(compact=False)
        self._reading = BackgroundTask(self, self._read, self._show)
        self.hide()

    @property
    def pending(self) -> bool:
        """Whether the question waits for an answer."""
        return self._run is not None

    def set_compact(self, *, compact: bool, folded: bool = False) -> None:
        """Take as little height as possible; `folded`, a single line until the user unfolds it."""
        self._compact, self._folded = compact, folded
        self._fold()
        self._update_text()
        between = Space.HAIR if compact else Space.SMALL
        self.setContentsMargins(Space.WIDE, between, Space.WIDE, between)
        margins(self._inside, Space.LARGE, Space.TIGHT if compact else Space.MEDIUM, spacing=between)
        # The style sheet's least height is for buttons that are pressed often; these need a line of text.
        least = self.fontMetrics().height()
        self.setStyleSheet(f"QPushButton {{ min-height: {least}px; }}" if compact else "")

    def _fold(self) -> None:
        folded = self._folded and not self._unfolded
        self.unfold.setVisible(folded)
        self._question.setVisible(not folded)
        self._answers.setVisible(not folded)

    def _unfold(self) -> None:
        self._unfolded = True
        self._fold()
        self.rating.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> None:
        """Read in the background whether there is a run to ask about today."""
        now = self._services.clock.wall()
        if self._services.settings.value.ask_next_morning and now.hour >= MORNING:
            self._checked_on = now.date()
            self._reading.start()

    def refresh(self) -> None:
        """Check again where the window has stayed open into another day."""
        if self._today() != self._checked_on:
            self._run = None
            self.check()

    def _read(self) -> RunSummary | None:
        """Read the run to ask about, on a worker thread; errors are reported by the History page."""
        try:
            return self._services.history.next_morning_due(self._today())
        except Problem:
            return None

    def _show(self, run: RunSummary | None) -> None:
        if run is None:
            return
        self._run = run
        self._unfolded = False
        self._fold()
        self._update_text()
        self.rating.clear()
        self.asked.emit()

    def _update_text(self) -> None:
        """Set the text of the question, in full or short."""
        if self._run is None:
            return
        if self._services.clock.wall().hour < NOON:
            short = _("How is your back this morning?")
            full = _("Good morning. How is your back today, after “{session}” yesterday?")
        else:
            short = _("How was your back this morning?")
            full = _("How was your back this morning, after “{session}” yesterday?")
        question = short if self._compact else full.format(session=self._run.session)
        self._question.setText(_("{question} 0 is very sore, 10 just fine.").format(question=question))
        self.unfold.setText(short)

    def _answer(self, comfort: int | None) -> None:
        run, self._run = self._run, None
        if run is not None:
            self._services.journal.answer_next_morning(run.id, comfort)
            self.hide()

    def _never(self) -> None:
        settings = self._services.settings
        settings.save(replace(settings.value, ask_next_morning=False))
        self._run = None
        self.hide()
        self._services.messages.show_offer(
            _("The next morning is not asked for any more. In the settings you can have it back."),
            _("Undo"),
            self._ask_again,
        )

    def _ask_again(self) -> None:
        settings = self._services.settings
        settings.save(replace(settings.value, ask_next_morning=True))
        self.check()

    def _today(self) -> date:
        return self._services.clock.wall().date()
