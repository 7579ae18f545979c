"""The one message channel: what stands in the person's way, told once, with what to do about it.

It can be told from any thread; the banners in `banners.py` show what it was told.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from timer_app.problems import Problem, SessionProblem

UNDO_FOR = 12_000
"""How long a banner with an offer stays, in milliseconds."""


class Notice(Struct, frozen=True):
    """One banner: what is to be known, what to do, and perhaps something that a button does.

    `kind` is `warning` for a problem and `info` for the rest. With `lasting` False it goes by itself after `UNDO_FOR`.
    `refuse` is called when the banner is dismissed without its button. It takes the place of the banners with the words
    `replaces`. One that is `of_session` goes with the session that runs.
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
    """Takes what is to be told. `told` comes in the thread that this object lives in.

    `taken_back` carries what an offer would have called, where it is not to be had any more. `session_over` comes when
    what was told of a session is past.

    What is told before somebody listens is kept until then: the banners come after the first paint.
    """

    told = Signal(object)
    taken_back = Signal(object)
    session_over = Signal()
    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Notice] | None = []
        # Automatic: at once from this object's own thread, through its event loop from any other.
        self._arrived.connect(self._pass_on)

    def tell(self, problem: Problem) -> None:
        """Tell the person about a problem. May be called from any thread."""
        of_session = isinstance(problem, SessionProblem)
        self._arrived.emit(Notice(problem.what, problem.advice, kind="warning", of_session=of_session))

    def say(self, what: str, advice: str = "") -> None:
        """Tell the person something that needs no action. May be called from any thread."""
        self._arrived.emit(Notice(what, advice, lasting=False))

    def offer(self, what: str, action: str, act: Callable[[], None]) -> None:
        """Tell what was done, with a button that calls `act`, such as "Undo"; it goes away after a while."""
        self._arrived.emit(Notice(what, action=action, act=act, lasting=False))

    def take_back(self, act: Callable[[], None]) -> None:
        """Take back what was offered with `act`: it would do something else by now. On this object's own thread."""
        if self._waiting is None:
            self.taken_back.emit(act)
        else:
            self._waiting = [notice for notice in self._waiting if notice.act != act]

    def ask(
        self, what: str, action: str, act: Callable[[], None], refuse: Callable[[], None], advice: str = ""
    ) -> None:
        """Ask something that stays until it is answered: by the button, or by dismissing it."""
        self._arrived.emit(Notice(what, advice, action=action, act=act, refuse=refuse))

    def tell_over(self, problem: Problem, what: str) -> None:
        """Take back what was told of a problem, and say what holds instead. May be called from any thread."""
        self._arrived.emit(Notice(what, replaces=problem.what, lasting=False))

    def listen(self, show: Callable[[Notice], None]) -> None:
        """Have `show` called with each notice, beginning with those that nobody has listened to yet."""
        self.told.connect(show)
        waiting, self._waiting = self._waiting or [], None
        for notice in waiting:
            self.told.emit(notice)

    def _pass_on(self, notice: Notice) -> None:
        if self._waiting is None:
            self.told.emit(notice)
        else:
            self._waiting.append(notice)


class OngoingProblem:
    """A trouble that comes and goes, told as long as it is there; `over` are the words for its end."""

    def __init__(self, messages: Messages, over: str) -> None:
        self._messages = messages
        self._over = over
        self._problem: Problem | None = None

    def is_now(self, problem: Problem | None) -> None:
        """Tell what it is now, None when it is over."""
        before, self._problem = self._problem, problem
        if problem is not None:
            self._messages.tell(problem)
        elif before is not None:
            self._messages.tell_over(before, self._over)
