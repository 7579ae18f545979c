"""The picker's list of entries, and its delegate."""

from __future__ import annotations

from timer_app.exercises.catalogue import LoadedCatalogue
from timer_app.presentation.exercise_rows import Heading
from timer_app.presentation.picker_entries import PickerEntry, Row, best, offers
from timer_app.ui.exercises.exercise_list import ExerciseDelegate, HeadedModel
from timer_app.ui.widgets.row_list import ROW_ROLE, Index


class PickerModel(HeadedModel[Row]):
    """The entries that match the search."""

    def __init__(self, loaded: LoadedCatalogue, *, exercises_alone: bool = False) -> None:
        super().__init__(_words)
        self._loaded = loaded
        self._exercises_alone = exercises_alone
        self._typed = ""
        self.rows = self._matching_rows()

    def search(self, text: str) -> int:
        """Filter by a text, and return the row to select, -1 for none."""
        if text != self._typed:
            self._typed = text
            self.show(self._matching_rows())
        return best(self.rows, text)

    def _matching_rows(self) -> tuple[Row, ...]:
        return offers(self._loaded, self._typed, exercises_alone=self._exercises_alone)


def _words(row: Row) -> str:
    return row.title if isinstance(row, Heading) else row.spoken


class PickerDelegate(ExerciseDelegate):
    """Paint an entry: its name, and its amount below."""

    def texts(self, index: Index) -> tuple[str, str, str]:
        """Return a row's title, its detail, and its mark on the right."""
        row: PickerEntry = index.data(ROW_ROLE)
        return row.title, row.detail, row.mark
