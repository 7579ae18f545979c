"""The model of the step tree, updated in place so that selection and folding stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from timer_app.definition.model import StepPath
from timer_app.i18n import _
from timer_app.presentation.step_rows import RowKind, TreeRow
from timer_app.ui.widgets.labels import plain_tip
from timer_app.ui.widgets.row_list import Index

ROW_ROLE = int(Qt.ItemDataRole.UserRole)

Content = tuple[object, ...]


class _Branch(Struct, frozen=True):
    """A row with its child rows."""

    row: TreeRow
    inner: tuple[_Branch, ...]

    @property
    def content(self) -> Content:
        """What identifies it wherever it is: its texts and those of its children."""
        row = self.row
        return (row.kind, row.title, row.detail, *(branch.content for branch in self.inner))


class StepModel(QStandardItemModel):
    """The session in the first row, its steps in the others; rounds have child rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalHeaderLabels([_("Steps")])  # hidden, but a screen reader comes across it
        self._rows: Sequence[TreeRow] = ()

    def keeps_places(self, rows: Sequence[TreeRow]) -> bool:
        """Whether the rows differ from those shown in lengths and in the texts of at most one row alone."""
        if len(rows) != len(self._rows):
            return False
        others = [(old, new) for old, new in zip(self._rows, rows, strict=True) if old is not new]
        stay = all(old.path == new.path and old.kind is new.kind for old, new in others)
        return stay and sum(not _alike(old, new) for old, new in others) <= 1

    def update_rows(self, rows: Sequence[TreeRow]) -> None:
        """Update rows that keep their places."""
        for old, new in zip(self._rows, rows, strict=True):
            if old is not new and old != new:
                self.setData(self.index_of(new.path), new, ROW_ROLE)
        self._rows = rows

    def show_rows(self, rows: Sequence[TreeRow]) -> None:
        """Show these rows, inserting and removing rows only where steps came or went."""
        self._sync(self.invisibleRootItem(), _branches(self._rows), _branches(rows))
        self._rows = rows

    def index_of(self, path: StepPath) -> QModelIndex:
        """Return the index of the step at a path, of the session for the empty path; invalid if there is none."""
        index = QModelIndex()
        for depth, number in enumerate(path or (-1,)):
            index = self.index(number if depth else number + 1, 0, index)
            if not index.isValid():
                return index
        return index

    def rounds(self) -> Iterator[tuple[QModelIndex, Content]]:
        """Yield the index and the identifying content of all rounds, outer ones first."""
        tops: list[tuple[StepPath, _Branch]] = [
            ((number - 1,), branch) for number, branch in enumerate(_branches(self._rows))
        ]
        waiting = tops[:0:-1]
        while waiting:
            path, branch = waiting.pop()
            if branch.row.kind is RowKind.ROUNDS:
                yield self.index_of(path), branch.content
                waiting += [((*path, number), inner) for number, inner in enumerate(branch.inner)][::-1]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return a row's texts, or the `TreeRow` itself."""
        row = super().data(index, ROW_ROLE)
        if not isinstance(row, TreeRow):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join(part for part in (row.title, row.detail, *row.problems) if part))
            case _:
                return row if role == ROW_ROLE else None

    def _sync(self, parent: QStandardItem, old: Sequence[_Branch], new: Sequence[_Branch]) -> None:
        """Replace an item's rows `old` by `new`, keeping those that are alike at both ends."""
        fewer = min(len(old), len(new))
        head = next((number for number in range(fewer) if not _alike(old[number].row, new[number].row)), fewer)
        left = fewer - head
        tail = next((number for number in range(left) if not _alike(old[-1 - number].row, new[-1 - number].row)), left)
        changed = fewer - tail
        for number in range(changed):
            self._update(parent.child(number), old[number], new[number])
        for number in range(-tail, 0):
            self._update(parent.child(len(old) + number), old[number], new[number])
        if len(old) > fewer:
            parent.removeRows(changed, len(old) - fewer)
        if len(new) > fewer:
            parent.insertRows(changed, [_item(branch) for branch in new[changed : changed + len(new) - fewer]])

    def _update(self, item: QStandardItem, old: _Branch, new: _Branch) -> None:
        if old.row != new.row:
            item.setData(new.row, ROW_ROLE)
        self._sync(item, old.inner, new.inner)


def _branches(rows: Sequence[TreeRow]) -> tuple[_Branch, ...]:
    """Return rows in depth-first order as a tree."""
    open_rows: list[tuple[TreeRow | None, list[_Branch]]] = [(None, [])]

    def close(depth: int) -> None:
        while len(open_rows) > depth:
            row, inner = open_rows.pop()
            if row is not None:
                open_rows[-1][1].append(_Branch(row, tuple(inner)))

    for row in rows:
        close(max(1, len(row.path)))
        open_rows.append((row, []))
    close(1)
    return tuple(open_rows[0][1])


def _alike(old: TreeRow, new: TreeRow) -> bool:
    """Whether two rows may show the same step."""
    return (old.kind, old.title, old.detail) == (new.kind, new.title, new.detail)


def _item(branch: _Branch) -> QStandardItem:
    item = QStandardItem()
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
    item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled if branch.row.path else flags)
    item.setData(branch.row, ROW_ROLE)
    if branch.inner:
        item.appendRows([_item(inner) for inner in branch.inner])
    return item
