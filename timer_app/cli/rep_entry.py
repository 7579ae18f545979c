"""A count that only the person knows, typed in the terminal in the rest behind the work."""

from __future__ import annotations

from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import rep_entry_index
from timer_app.i18n import _, ngettext

MOST = 9_999
_BACK = ("\x7f", "\b")
"""What terminals send for Backspace."""


class RepEntry:
    """Takes digits and Backspace while a count is asked for; the first digit begins a new number."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._typed: int | None = None

    def take(self, key: str) -> bool:
        """Take a key, and return whether it told a count."""
        asked = rep_entry_index(self._conductor.state)
        if asked is None or not (key in _BACK or (key.isascii() and key.isdigit())):
            return False
        known = self._known(asked) if self._typed == asked else None
        if key in _BACK:
            known = self._known(asked)
            count = known // 10 if known is not None and known > 9 else None
        else:
            count = (known or 0) * 10 + int(key)
        self._typed = asked
        if count is None or count <= MOST:
            self._conductor.enter_reps(asked, count)
        return True

    def told(self) -> str:
        """Return what to say of it: nothing while none is asked for."""
        asked = rep_entry_index(self._conductor.state)
        if asked is None:
            return ""
        count = self._known(asked)
        if count is None:
            return _("how many? type it")
        return ngettext("{count} rep", "{count} reps", count).format(count=count)

    def _known(self, index: int) -> int | None:
        past = self._conductor.state.past[index]
        return None if past is None else past.reps
