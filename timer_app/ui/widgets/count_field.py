"""A field for a whole number: reps, sets or rounds."""

from __future__ import annotations

from timer_app.editing.input_parsing import count_of, stepped_count, tidied_count
from timer_app.i18n import _
from timer_app.ui.look.theme import Theme
from timer_app.ui.widgets.typed_field import TypedField


class CountField(TypedField):
    """A whole number from `low` to `high`. The arrow keys step it by one; with Shift, or by page, by ten."""

    def __init__(self, theme: Theme, name: str, *, low: int = 1, high: int = 1_000) -> None:
        tip = _("Type a number; ↑ and ↓ change it, with Shift by 10")
        self._low, self._high = low, high
        super().__init__(theme, name, tip=tip, widest="100000", bounds=(low, high))

    @property
    def start(self) -> int:
        """The least number."""
        return self._low

    def value(self) -> int | None:
        """Return the number, or None where the text is not one within the bounds."""
        return count_of(self.text(), self._low, self._high)

    def tidied(self, text: str) -> str:
        """Return a typed number as written to a file."""
        return tidied_count(text)

    def stepped(self, value: int, steps: int, *, large: bool) -> int:
        """Return the number `steps` up or down from `value`."""
        return stepped_count(value, steps, self._low, self._high, large=large)

    def written(self, value: int) -> str:
        """Return a number as written to a file."""
        return str(value)
