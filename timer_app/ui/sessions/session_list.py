"""The list of sessions: a model of what there is, filtered by words and tags, and how a row of it is painted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from timer_app.definition.library import LibraryEntry
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.widgets.row_list import Index, RowDelegate, draw_row, draw_text, line_height, two_lines

ROW_ROLE = int(Qt.ItemDataRole.UserRole)


class SessionRow(Struct, frozen=True):
    """One session as the list shows it. `length` is empty for a file with problems."""

    entry: LibraryEntry
    title: str
    length: str
    detail: str
    search: str


def session_rows(
    entries: Iterable[LibraryEntry], catalogue: Catalogue, last_done: Mapping[str, datetime], today: date
) -> tuple[SessionRow, ...]:
    """Return a row for each file; `last_done` has the time of each session's last run, by its stem."""
    return tuple(_row(entry, catalogue, last_done.get(entry.stem), today) for entry in entries)


def _row(entry: LibraryEntry, catalogue: Catalogue, done: datetime | None, today: date) -> SessionRow:
    if entry.broken:
        count = len(entry.findings)
        detail = ngettext("{n} problem in its file", "{n} problems in its file", count).format(n=count)
        return SessionRow(entry, entry.title, "", detail, f"{entry.title} {entry.stem}".casefold())
    parts = [formatting.level(entry.level)] if entry.level is not None else []
    if not entry.shipped:
        parts.append(_("yours"))
    if done is not None:
        parts.append(_("done {when}").format(when=formatting.ago(done.date(), today)))
    exercises = [catalogue[name].name for name in entry.exercises if name in catalogue]
    search = " ".join((entry.title, entry.stem, *entry.tags, *parts, *exercises)).casefold()
    length = formatting.clock_time(entry.total) + ("+" if entry.open_intervals else "")
    return SessionRow(entry, entry.title, length, " · ".join(parts), search)


class SessionModel(QAbstractListModel):
    """The sessions that pass the filter, in the library's order."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[SessionRow, ...] = ()
        self._shown: tuple[SessionRow, ...] = ()
        self._words: tuple[str, ...] = ()
        self._tags: frozenset[str] = frozenset()

    @property
    def every_row(self) -> tuple[SessionRow, ...]:
        """All sessions, whether they pass the filter or not."""
        return self._all

    @property
    def rows(self) -> tuple[SessionRow, ...]:
        """The sessions that pass the filter."""
        return self._shown

    @property
    def filtered(self) -> bool:
        """Whether there is a filter."""
        return bool(self._words or self._tags)

    def show(self, rows: tuple[SessionRow, ...]) -> None:
        """Show these sessions, as far as they pass the filter."""
        self._all = rows
        self._filter()

    def search(self, text: str) -> None:
        """Keep the sessions that have every word of `text` in their title, tags, level or exercises."""
        self._words = tuple(text.casefold().split())
        self._filter()

    def keep_tags(self, tags: frozenset[str]) -> None:
        """Keep the sessions that have all of these tags."""
        self._tags = tags
        self._filter()

    def row_of(self, stem: str) -> int:
        """Return the number of a session's row, or -1 when it is not shown."""
        return next((number for number, row in enumerate(self._shown) if row.entry.stem == stem), -1)

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = tuple(
            row
            for row in self._all
            if self._tags <= set(row.entry.tags) and all(word in row.search for word in self._words)
        )
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of sessions shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return a session's words, or the `SessionRow` itself."""
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                sign = _("Warning") if row.entry.broken else ""
                return ", ".join(part for part in (sign, row.title, row.length, row.detail) if part)
            case _:
                return row if role == ROW_ROLE else None


class SessionDelegate(RowDelegate):
    """Paints a session: title and length, and below what else is known."""

    def row_height(self, index: Index, width: int) -> int:
        """Return the height of two lines with room around them."""
        upper, lower = self.theme.font(Type.STRONG), self.theme.font(Type.SMALL)
        return line_height(upper) + line_height(lower) + Space.HAIR + 2 * Space.MEDIUM

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        """Paint the two lines."""
        row: SessionRow = index.data(ROW_ROLE)
        theme, colours = self.theme, self.theme.colours
        name, small = theme.font(Type.STRONG), theme.font(Type.SMALL)
        upper, lower = line_height(name), line_height(small)
        both = upper + (lower + Space.HAIR if row.detail else 0)
        lines = two_lines(rect, rect.center().y() - both / 2, upper, lower)
        if not row.entry.broken:
            draw_row(painter, lines, (row.title, row.detail, row.length), theme)
            return
        side = theme.px(20)
        sign = QRectF(rect.right() - side, rect.center().y() - side / 2, side, side)
        paint_icon(painter, "warning", sign, colours.warning.ink)
        room = -side - Space.MEDIUM
        draw_text(painter, lines[0].adjusted(0, 0, room, 0), row.title, name, colours.text)
        draw_text(painter, lines[1].adjusted(0, 0, room, 0), row.detail, small, colours.warning.ink)
