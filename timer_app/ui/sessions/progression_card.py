"""A longer hold, proposed above the plan of the session that is shown: taken with one click, or put off."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.coaching.progression import RUNS, Progression, next_progression
from timer_app.coaching.proposal_answers import ProposalAnswers
from timer_app.definition.library import LibraryEntry
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.problems import Problem
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.sessions.voice_preload import DELAY
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.labels import Label
from timer_app.ui.widgets.layouts import Card, inset, margins, row


class ProgressionCard(QWidget):
    """Shows what `next_progression` proposes for a session, and hides where that is nothing.

    `taken` carries the entry and the `Progression` that the user says yes to; the writer then calls `remember`.
    """

    accepted = Signal(object, object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._entry: LibraryEntry | None = None
        self.growth: Progression | None = None
        theme = services.theme
        self.question = Label(theme, role=Type.STRONG, wrap=True)
        self.reason = Label(theme, role=Type.SMALL, tone="soft", wrap=True)
        self.yes = Button(theme, _("Yes"), tip=_("Write it into the session; you can undo it"))
        self.yes.clicked.connect(self._accept)
        self.later = Button(theme, _("Not now"), role="quiet", tip=_("Leave it as it is for two weeks"))
        self.later.clicked.connect(self._put_off)
        card = Card()
        inside = QVBoxLayout(card)
        margins(inside, Space.LARGE, Space.MEDIUM, spacing=Space.TIGHT)
        inside.addWidget(self.question)
        inside.addWidget(self.reason)
        inside.addSpacing(Space.TIGHT)
        inside.addLayout(row(self.yes, self.later, 0))
        outer = inset(QVBoxLayout(self))
        outer.addSpacing(Space.LARGE)
        outer.addWidget(card)
        self._resting = QTimer(self, singleShot=True, interval=DELAY)
        self._search = BackgroundTask(self, self._find_progression, self._show)
        self._resting.timeout.connect(self._search.start)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether a search for a proposal is under way."""
        return self._resting.isActive() or self._search.busy

    def check(self, entry: LibraryEntry) -> None:
        """Look, off the GUI thread and after a moment, whether a hold of this session may grow."""
        if self._entry is None or self._entry.file != entry.file:
            self._propose(None)
        self._entry = entry
        self._resting.start()

    def remember(self, entry: LibraryEntry) -> None:
        """Keep in mind that the user has answered for a session, so that it is not asked again for two weeks."""
        try:
            ProposalAnswers(self._services.paths.answers).record(entry.stem, self._services.clock.wall().date())
        except OSError as error:
            what = _("Your answer could not be kept: {reason}.").format(reason=error.strerror or error)
            self._services.messages.show_problem(Problem(what, _("You may be asked once more.")))

    def _find_progression(self) -> tuple[LibraryEntry | None, Progression | None]:
        """Work out what may grow in the session that is shown. On another thread."""
        entry, services = self._entry, self._services
        if entry is None or entry.broken or entry.file.parent not in (services.library.shipped, services.library.own):
            return entry, None
        today, answered = services.clock.wall().date(), ProposalAnswers(services.paths.answers).last(entry.stem)
        try:
            with services.history.snapshot() as history:
                runs = [history.run(run.id) for run in history.runs(RUNS, session=entry.stem)]
            return entry, next_progression(services.library.open(entry), runs, services.catalogue, answered, today)
        except Problem:
            # The plan and the History page show what cannot be read; here only a proposal is missing.
            return entry, None

    def _show(self, result: tuple[LibraryEntry | None, Progression | None]) -> None:
        entry, growth = result
        if entry == self._entry:
            self._propose(growth)

    def _propose(self, growth: Progression | None) -> None:
        self.growth = growth
        self.setVisible(growth is not None)
        if growth is None:
            return
        then, now = formatting.brief(growth.proposed), formatting.brief(growth.current)
        asked = _("{exercise}: {longer} instead of {now}?")
        self.question.setText(asked.format(exercise=growth.exercise.name, longer=then, now=now))
        self.reason.setText(
            ngettext(
                "You have done it as planned three times, and your back was no worse the next morning.",
                "You have done it as planned three times, and your back was no worse the mornings after.",
                growth.mornings,
            )
        )
        yes = _("Yes, {length}").format(length=then)
        self.yes.setText(yes)
        self.yes.setAccessibleName(f"{yes}. {self.question.text()} {self.reason.text()}")

    def _accept(self) -> None:
        entry, growth = self._entry, self.growth
        self._propose(None)
        if entry is not None and growth is not None:
            self.accepted.emit(entry, growth)

    def _put_off(self) -> None:
        self._propose(None)
        if self._entry is not None:
            self.remember(self._entry)
