"""The message channel: problems, notes, offers and questions for the user, posted from any thread.

`ui/shell/banners.py` shows them.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from timer_app.problems import Problem, SessionProblem

UNDO_FOR = 12_000
"""How long a banner that hides by itself stays, in milliseconds."""


class Notice(Struct, frozen=True):
    """The content of one banner: a text, advice, and an optional action button.

    `kind` is `warning` for a problem, `info` otherwise. Unless `lasting`, the banner hides after `UNDO_FOR`.
    `act` is called by the button, `refuse` when the banner is dismissed without it. Banners whose `what` equals
    `replaces` are removed. A banner that is `of_session` is removed when the running session ends.
    """

    what: str
    advice: str = ""
    kind: str = "info"
    action: str = ""
    act: Callable[[], None] | None = None
    lasting: bool = True
    refuse: Callable[[], None] | None = None
    replaces: str = ""
    of_session: bool = False


class Messages(QObject):
    """Deliver notices from any thread to the subscriber, on the thread of this object.

    `notified` carries each `Notice`, `withdrawn` the `act` of an offer that no longer holds. `session_ended` removes
    the notices of the session that ran. Notices posted before the first `subscribe` are queued.
    """

    notified = Signal(object)
    withdrawn = Signal(object)
    session_ended = Signal()
    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Notice] | None = []
        # An automatic connection: direct on this object's own thread, queued from any other.
        self._posted.connect(self._deliver)

    def show_problem(self, problem: Problem) -> None:
        """Show a problem, from any thread."""
        of_session = isinstance(problem, SessionProblem)
        self._posted.emit(Notice(problem.what, problem.advice, kind="warning", of_session=of_session))

    def show_note(self, what: str, advice: str = "") -> None:
        """Show a note that hides by itself, from any thread."""
        self._posted.emit(Notice(what, advice, lasting=False))

    def show_offer(self, what: str, action: str, act: Callable[[], None]) -> None:
        """Show what was done, with a button that calls `act`, such as "Undo"; it hides by itself."""
        self._posted.emit(Notice(what, action=action, act=act, lasting=False))

    def withdraw(self, act: Callable[[], None]) -> None:
        """Remove the offer of `act`, which no longer holds. Call it on this object's thread."""
        if self._waiting is None:
            self.withdrawn.emit(act)
        else:
            self._waiting = [notice for notice in self._waiting if notice.act != act]

    def show_question(
        self, what: str, action: str, act: Callable[[], None], refuse: Callable[[], None], advice: str = ""
    ) -> None:
        """Show a question that stays until the button or dismissal answers it."""
        self._posted.emit(Notice(what, advice, action=action, act=act, refuse=refuse))

    def show_resolved(self, problem: Problem, what: str) -> None:
        """Replace the banner of a problem that is over by the note `what`, from any thread."""
        self._posted.emit(Notice(what, replaces=problem.what, lasting=False))

    def subscribe(self, show: Callable[[Notice], None]) -> None:
        """Call `show` with each notice, beginning with the queued ones."""
        self.notified.connect(show)
        waiting, self._waiting = self._waiting or [], None
        for notice in waiting:
            self.notified.emit(notice)

    def _deliver(self, notice: Notice) -> None:
        if self._waiting is None:
            self.notified.emit(notice)
        else:
            self._waiting.append(notice)


class OngoingProblem:
    """Show a problem while it lasts, and the text `over` when it is resolved."""

    def __init__(self, messages: Messages, over: str) -> None:
        self._messages = messages
        self._over = over
        self._problem: Problem | None = None

    def update(self, problem: Problem | None) -> None:
        """Show the current problem, None when there is none."""
        before, self._problem = self._problem, problem
        if problem is not None:
            self._messages.show_problem(problem)
        elif before is not None:
            self._messages.show_resolved(before, self._over)
