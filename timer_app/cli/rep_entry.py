"""Enter a count of reps in the terminal, in the rest after the work."""

from __future__ import annotations

from timer_app.conductor.conductor import Conductor
from timer_app.conductor.snapshot import rep_entry_index
from timer_app.i18n import _, ngettext

MOST = 9_999
_BACK = ("\x7f", "\b")
"""What terminals send for Backspace."""


class RepEntry:
    """Handle digits and Backspace while a count is asked for; the first digit begins a new number."""

    def __init__(self, conductor: Conductor) -> None:
        self._conductor = conductor
        self._typed: int | None = None

    def handle_key(self, key: str) -> bool:
        """Handle a key, and return whether it was part of a count."""
        index = rep_entry_index(self._conductor.state)
        if index is None or not (key in _BACK or (key.isascii() and key.isdigit())):
            return False
        entered = self._entered(index) if self._typed == index else None
        if key in _BACK:
            entered = self._entered(index)
            count = entered // 10 if entered is not None and entered > 9 else None
        else:
            count = (entered or 0) * 10 + int(key)
        self._typed = index
        if count is None or count <= MOST:
            self._conductor.enter_reps(index, count)
        return True

    def prompt(self) -> str:
        """Return the prompt with the count so far; empty while none is asked for."""
        index = rep_entry_index(self._conductor.state)
        if index is None:
            return ""
        count = self._entered(index)
        if count is None:
            return _("how many? type it")
        return ngettext("{count} rep", "{count} reps", count).format(count=count)

    def _entered(self, index: int) -> int | None:
        past = self._conductor.state.past[index]
        return None if past is None else past.reps
