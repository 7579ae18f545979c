"""The plan of a session: its steps as a list, each with a box to leave it out for today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QMenu, QStyleOptionViewItem

from timer_app.clock import Milliseconds
from timer_app.definition.model import RestStep, Rounds, Session, Step, StepPath
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _
from timer_app.timeline.intervals import Timeline
from timer_app.ui import words
from timer_app.ui.theme import Phase, Space, Theme, Type
from timer_app.ui.widgets.icons import paint_icon
from timer_app.ui.widgets.rows import Index, RowDelegate, WholeList, clicked_inside, draw_text, line_height

START_KEY = "Ctrl+Return"

LINE_ROLE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One step as the plan shows it. `length` is all that it takes, its setup and rests too; open parts count as 0."""

    path: StepPath
    title: str
    detail: str
    phase: Phase
    length: Milliseconds

    @property
    def depth(self) -> int:
        """How many rounds it stands in."""
        return len(self.path) - 1


def plan_lines(session: Session, catalogue: Catalogue, timeline: Timeline) -> tuple[PlanLine, ...]:
    """Return the lines of a session's plan, in order; `timeline` is the whole session, with nothing left out."""
    lengths: dict[StepPath, Milliseconds] = {}
    for interval in timeline.intervals:
        for end in range(1, len(interval.step) + 1):
            path = interval.step[:end]
            lengths[path] = lengths.get(path, 0) + (interval.length or 0)
    return tuple(_lines(session.steps, (), catalogue, lengths))


def _lines(
    steps: Sequence[Step], above: StepPath, catalogue: Catalogue, lengths: dict[StepPath, Milliseconds]
) -> Iterator[PlanLine]:
    for index, step in enumerate(steps):
        path = (*above, index)
        phase = Phase.REST if isinstance(step, RestStep) else Phase.WORK
        title, detail = words.step_title(step, catalogue), words.step_detail(step, catalogue)
        yield PlanLine(path, title, detail, phase, lengths.get(path, 0))
        if isinstance(step, Rounds):
            yield from _lines(step.steps, path, catalogue, lengths)


class PlanModel(QAbstractListModel):
    """The steps of one session and which of them are left out. `left_out_changed` comes after each change."""

    left_out_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[PlanLine, ...] = ()
        self._left_out: frozenset[StepPath] = frozenset()

    @property
    def left_out(self) -> frozenset[StepPath]:
        """The steps that are left out for today."""
        return self._left_out

    def show(self, lines: tuple[PlanLine, ...]) -> None:
        """Show these steps, with none of them left out."""
        self.beginResetModel()
        self._lines = lines
        self._left_out = frozenset()
        self.endResetModel()

    def kept(self, line: PlanLine) -> bool:
        """Whether a step is done today: neither it nor the rounds that it stands in are left out."""
        return not any(line.path[:end] in self._left_out for end in range(1, len(line.path) + 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of steps."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that every step can be ticked."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return a step's words, its tick, or the `PlanLine` itself."""
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                state = "" if self.kept(line) else _("not today")
                return ", ".join(part for part in (line.title, line.detail, state) if part)
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if line.path not in self._left_out else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                return _("Leave this out for today, or take it in again (Space); start from here ({key})").format(
                    key=QKeySequence(START_KEY).toString(QKeySequence.SequenceFormat.NativeText)
                )
            case _:
                return line if role == LINE_ROLE else None

    def setData(self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Take a step in or leave it out."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        path = self._lines[index.row()].path
        keep = Qt.CheckState(value) is Qt.CheckState.Checked
        self._left_out = self._left_out - {path} if keep else self._left_out | {path}
        self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))
        self.left_out_changed.emit()
        return True


class _PlanDelegate(RowDelegate):
    """Paints a step: box, name, how much, how long. On a narrow page it takes two lines."""

    def row_height(self, index: Index, width: int) -> int:
        lines = line_height(self.theme.font(Type.STRONG))
        if self._narrow(width):
            lines += line_height(self.theme.font(Type.SMALL)) + Space.HAIR
        return lines + 2 * Space.MEDIUM

    def marks_selection(self, index: Index) -> bool:
        return False

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, option: QStyleOptionViewItem) -> None:
        line: PlanLine = index.data(LINE_ROLE)
        model = index.model()
        kept = isinstance(model, PlanModel) and model.kept(line)
        colours, theme = self.theme.colours, self.theme
        rect = rect.adjusted(line.depth * theme.px(26), 0, 0, 0)
        side = theme.px(20)
        box = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        self._paint_box(
            painter, box, ticked=index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked, kept=kept
        )
        rect = rect.adjusted(side + Space.MEDIUM, 0, 0, 0)
        digits = theme.font(Type.DIGITS)
        length = words.clock_time(line.length) if kept and line.length else ("" if kept else _("not today"))
        taken = draw_text(painter, rect, length, digits, colours.text_soft, right=True)
        split = min(rect.width() * 0.46, theme.px(320)) - line.depth * theme.px(26)
        rect = rect.adjusted(0, 0, -taken - Space.LARGE, 0)
        ink = colours.text if kept else colours.text_soft
        name = theme.font(Type.STRONG if line.phase is Phase.WORK else Type.BODY)
        name.setStrikeOut(not kept)
        if self._narrow(int(option.rect.width())):
            upper = line_height(name)
            lower = line_height(theme.font(Type.SMALL))
            top = rect.center().y() - (upper + lower + Space.HAIR) / 2
            draw_text(painter, QRectF(rect.left(), top, rect.width(), upper), line.title, name, ink)
            below = QRectF(rect.left(), top + upper + Space.HAIR, rect.width(), lower)
            draw_text(painter, below, line.detail, theme.font(Type.SMALL), colours.text_soft)
            return
        title = QRectF(rect.left(), rect.top(), split - Space.LARGE, rect.height())
        draw_text(painter, title, line.title, name, ink)
        draw_text(painter, rect.adjusted(split, 0, 0, 0), line.detail, theme.font(Type.BODY), colours.text_soft)

    def _narrow(self, width: int) -> bool:
        return width < self.theme.px(640)

    def _paint_box(self, painter: QPainter, box: QRectF, *, ticked: bool, kept: bool) -> None:
        colours = self.theme.colours
        painter.setPen(QPen(colours.accent if ticked and kept else colours.outline, 1.5))
        painter.setBrush(colours.accent if ticked and kept else colours.surface)
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 5, 5)
        if ticked:
            paint_icon(painter, "check", box.adjusted(2, 2, -2, -2), colours.on_accent if kept else colours.outline)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Let a click anywhere on the row change its tick; the keys are the list's own."""
        if clicked_inside(event):
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            return model.setData(index, wanted, int(Qt.ItemDataRole.CheckStateRole))
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return False
        return super().editorEvent(event, model, option, index)


class PlanView(WholeList):
    """The plan as a list that is as high as all of its steps.

    `start_from_wanted` carries the path of the step that the person wants to begin with.
    """

    start_from_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self.plan = PlanModel()
        super().__init__(theme, _("Steps of this session"), self.plan, _PlanDelegate)
        self.start_here = QAction(_("Start from here"), self)
        self.start_here.setShortcut(QKeySequence(START_KEY))
        self.start_here.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.start_here.triggered.connect(self._start_here)
        self.addAction(self.start_here)

    def menu_at(self, place: QPoint) -> QMenu | None:
        """Return the menu of the step at a place of the list; None where there is none, or it is left out."""
        index = self.indexAt(place)
        if not index.isValid() or not self.plan.kept(index.data(LINE_ROLE)):
            return None
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.addAction(self.start_here)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to start from a step: from the one under the mouse, or from the current one by the menu key."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        place = event.pos() if by_mouse else self.visualRect(self.currentIndex()).center()
        menu = self.menu_at(place)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.viewport().mapToGlobal(place))

    def _start_here(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.plan.kept(index.data(LINE_ROLE)):
            self.start_from_wanted.emit(index.data(LINE_ROLE).path)
