"""A field for a length of time, typed as people type one: `90`, `1:30`, `1m30`, `1 min 30 s`."""

from __future__ import annotations

from timer_app.clock import Milliseconds
from timer_app.durations import LONGEST, SHORTEST, format_duration
from timer_app.editing.input_parsing import duration_of, stepped_duration, tidied_duration
from timer_app.i18n import _
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.typed_field import TypedField

_START: Milliseconds = 30_000


class DurationField(TypedField):
    """A length from 0.1 s to 4 h, or with `zero` 0 as well. `value()` is in milliseconds.

    The arrow keys step it by 5 s, below 10 s by 1 s; with Shift, or by page, by 30 s.
    """

    def __init__(self, theme: Theme, name: str, *, zero: bool = False) -> None:
        tip = _("Type 90, 1:30 or 1m30; ↑ and ↓ change it, with Shift by 30 s")
        self._zero = zero
        bounds = (0 if zero else SHORTEST, LONGEST)
        super().__init__(theme, name, tip=tip, widest="1 min 30 s", bounds=bounds, unit=1_000)

    @property
    def start(self) -> Milliseconds:
        """Half a minute."""
        return _START

    def value(self) -> Milliseconds | None:
        """Return the length in milliseconds, or None where the text is not a valid one."""
        return duration_of(self.text(), zero=self._zero)

    def tidied(self, text: str) -> str:
        """Return a typed duration as written to a file."""
        return tidied_duration(text)

    def stepped(self, value: Milliseconds, steps: int, *, large: bool) -> Milliseconds:
        """Return the length `steps` up or down from `value`."""
        return stepped_duration(value, steps, large=large, zero=self._zero)

    def written(self, value: Milliseconds) -> str:
        """Return a length as written to a file."""
        return format_duration(value)
