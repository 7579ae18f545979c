"""The picker's list: what there is to add, by what it trains, and how a row of it is painted."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, Qt

from timer_app.exercises.catalogue import LoadedCatalogue
from timer_app.presentation.exercise_rows import Heading
from timer_app.ui.editor.offers import Offer, Row, best, offers
from timer_app.ui.exercises.rows import ExerciseDelegate
from timer_app.ui.widgets.rows import ROW_ROLE, Index


class OfferModel(QAbstractListModel):
    """What there is to add that passes the search."""

    def __init__(self, loaded: LoadedCatalogue, *, exercises_alone: bool = False) -> None:
        super().__init__()
        self._loaded = loaded
        self._exercises_alone = exercises_alone
        self._typed = ""
        self._rows = self._found()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def search(self, text: str) -> int:
        """Keep what fits the text, and return the number of the row to begin at, -1 for none."""
        if text != self._typed:
            self.beginResetModel()
            self._typed = text
            self._rows = self._found()
            self.endResetModel()
        return best(self._rows, text)

    def _found(self) -> tuple[Row, ...]:
        return offers(self._loaded, self._typed, exercises_alone=self._exercises_alone)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows, headings too."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that offers can be chosen, and headings cannot."""
        if isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return a row's words, or the row itself."""
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title if isinstance(row, Heading) else row.spoken
            case _:
                return row if role == ROW_ROLE else None


class OfferDelegate(ExerciseDelegate):
    """Paints an offer: its name, and below it how much of it there will be."""

    def texts(self, index: Index) -> tuple[str, str, str]:
        """Return a row's title, its detail, and its mark on the right."""
        row: Offer = index.data(ROW_ROLE)
        return row.title, row.detail, row.mark
