"""The plan of a session: its steps as a list, each with a box to leave it out for today."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionViewItem

from timer_app.definition.exercise_swap import Swaps
from timer_app.definition.model import StepPath
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.presentation.phase import Phase
from timer_app.presentation.plan_lines import PlanLine
from timer_app.ui.look.icons import paint_icon
from timer_app.ui.look.theme import Radius, Space, Theme, Type
from timer_app.ui.widgets.labels import menu_text
from timer_app.ui.widgets.row_list import Index, RowDelegate, WholeList, draw_text, is_left_click, line_height

START_KEY = "Ctrl+Return"
SWAP_KEY = "S"
LOOK_UP_KEY = "H"

LINE_ROLE = int(Qt.ItemDataRole.UserRole)


class PlanModel(QAbstractListModel):
    """The steps of one session, which of them are left out, and in which another exercise is done today.

    `left_out_changed` and `swaps_changed` come after each change; after the latter, somebody gives the lines anew.
    """

    left_out_changed = Signal()
    swaps_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[PlanLine, ...] = ()
        self._left_out: frozenset[StepPath] = frozenset()
        self._swaps: Swaps = MappingProxyType({})

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        """The steps, with the exercises of today."""
        return self._lines

    @property
    def left_out(self) -> frozenset[StepPath]:
        """The steps that are left out for today."""
        return self._left_out

    @property
    def swaps(self) -> Swaps:
        """The exercises that are done today in place of those that the author wrote."""
        return self._swaps

    @property
    def swappable(self) -> bool:
        """Whether any step has a choice of exercises."""
        return any(line.choices for line in self._lines)

    def show(self, lines: tuple[PlanLine, ...]) -> None:
        """Show these steps, with none of them left out or swapped."""
        self.beginResetModel()
        self._lines = lines
        self._left_out = frozenset()
        self._swaps = MappingProxyType({})
        self.endResetModel()

    def show_swapped(self, lines: tuple[PlanLine, ...]) -> None:
        """Show the same steps with the exercises of today."""
        self._lines = lines
        self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def swap(self, path: StepPath, exercise: str | None) -> None:
        """Do another exercise in a step today; None is the one that the author wrote."""
        others = {where: other for where, other in self._swaps.items() if where != path}
        self._swaps = MappingProxyType(others if exercise is None else others | {path: exercise})
        self.swaps_changed.emit()

    def included(self, line: PlanLine) -> bool:
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
                state = "" if self.included(line) else _("not today")
                return ", ".join(part for part in (line.title, line.detail, state) if part)
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if line.path not in self._left_out else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ToolTipRole:
                key = QKeySequence(START_KEY).toString(QKeySequence.SequenceFormat.NativeText)
                tip = _("Leave this out for today, or take it in again (Space); start from here ({key})")
                if line.choices:
                    tip = _(
                        "Leave this out for today, or take it in again (Space); swap it (S); start from here ({key})"
                    )
                return tip.format(key=key)
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
        included = isinstance(model, PlanModel) and model.included(line)
        colours, theme = self.theme.colours, self.theme
        rect = rect.adjusted(line.depth * theme.px(26), 0, 0, 0)
        side = theme.px(20)
        box = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        self._paint_box(
            painter, box, ticked=index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked, included=included
        )
        rect = rect.adjusted(side + Space.MEDIUM, 0, 0, 0)
        if isinstance(model, PlanModel) and model.swappable:
            place = self.swap_box(QRectF(option.rect))
            rect.setRight(place.left() - Space.MEDIUM)
            if line.choices and included:
                at_hand = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus
                self._paint_swap(painter, place, swapped=line.swapped, framed=bool(option.state & at_hand))
        digits = theme.font(Type.DIGITS)
        length = formatting.clock_time(line.length) if line.length else ""
        if not included:
            length = _("not today")
        used_width = draw_text(painter, rect, length, digits, colours.text_soft, right=True)
        split = min(rect.width() * 0.46, theme.px(320)) - line.depth * theme.px(26)
        rect = rect.adjusted(0, 0, -used_width - Space.LARGE, 0)
        ink = colours.text if included else colours.text_soft
        name = theme.font(Type.STRONG if line.phase is Phase.WORK else Type.BODY)
        name.setStrikeOut(not included)
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

    def swap_box(self, row: QRectF) -> QRectF:
        """Return where in a row the button stands that swaps its exercise."""
        side = self.theme.px(28)
        return QRectF(row.right() - Space.MEDIUM - side, row.center().y() - side / 2, side, side)

    def _paint_swap(self, painter: QPainter, box: QRectF, *, swapped: bool, framed: bool) -> None:
        colours = self.theme.colours
        if swapped or framed:
            painter.setPen(QPen(colours.accent if swapped else colours.outline, 1))
            painter.setBrush(colours.selected if swapped else colours.surface)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Radius.SMALL, Radius.SMALL)
        inset = box.width() * 0.18
        ink = colours.accent_ink if swapped else colours.text_soft
        paint_icon(painter, "swap", box.adjusted(inset, inset, -inset, -inset), ink)

    def _narrow(self, width: int) -> bool:
        return width < self.theme.px(640)

    def _paint_box(self, painter: QPainter, box: QRectF, *, ticked: bool, included: bool) -> None:
        colours = self.theme.colours
        painter.setPen(QPen(colours.accent if ticked and included else colours.outline, 1.5))
        painter.setBrush(colours.accent if ticked and included else colours.surface)
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 5, 5)
        if ticked:
            paint_icon(painter, "check", box.adjusted(2, 2, -2, -2), colours.on_accent if included else colours.outline)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Let a click on the row's button swap, and anywhere else change its tick; the keys are the list's own."""
        if is_left_click(event):
            line: PlanLine = index.data(LINE_ROLE)
            view = self.parent()
            if (
                isinstance(event, QMouseEvent)
                and isinstance(view, PlanView)
                and line.choices
                and view.plan.included(line)
                and self.swap_box(QRectF(option.rect)).contains(event.position())
            ):
                view.offer_swaps(view.plan.index(index.row()))
                return True
            ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            return model.setData(index, state, int(Qt.ItemDataRole.CheckStateRole))
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            return False
        return super().editorEvent(event, model, option, index)


class PlanView(WholeList):
    """The plan as a list that is as high as all of its steps.

    `start_from_requested` carries the path of the step to begin with, `exercise_requested` the id of the exercise to
    look up.
    """

    start_from_requested = Signal(object)
    exercise_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self.plan = PlanModel()
        super().__init__(theme, _("Steps of this session"), self.plan, _PlanDelegate)
        self.start_here = QAction(_("Start from here"), self)
        self.start_here.setShortcut(QKeySequence(START_KEY))
        self.start_here.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.start_here.triggered.connect(self._start_here)
        self.swap_here = QAction(_("Swap this exercise…"), self)
        self.swap_here.setShortcut(QKeySequence(SWAP_KEY))
        self.swap_here.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.swap_here.triggered.connect(lambda: self.offer_swaps(self.currentIndex()))
        self.look_up = QAction(_("How it is done"), self)
        self.look_up.setShortcut(QKeySequence(LOOK_UP_KEY))
        self.look_up.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.look_up.triggered.connect(self._look_up)
        self.addActions([self.start_here, self.swap_here, self.look_up])

    def offer_swaps(self, index: QModelIndex) -> None:
        """Open the menu of the exercises that can be done in a step today; nothing where there is no choice."""
        line: PlanLine | None = index.data(LINE_ROLE) if index.isValid() else None
        if line is None or not line.choices or not self.plan.included(line):
            return
        menu = QMenu(self)
        self._add_choices(menu, line)
        menu.aboutToHide.connect(menu.deleteLater)
        delegate, rect = self.itemDelegate(), self.visualRect(index)
        place = delegate.swap_box(QRectF(rect)).toRect() if isinstance(delegate, _PlanDelegate) else rect
        menu.popup(self.viewport().mapToGlobal(place.bottomLeft()))

    def _add_choices(self, menu: QMenu, line: PlanLine) -> None:
        for choice in line.choices:
            action = QAction(menu_text(choice.words), menu, checkable=True, checked=choice.chosen)
            action.triggered.connect(partial(self._swap, line.path, choice.exercise))
            menu.addAction(action)

    def _swap(self, path: StepPath, exercise: str | None, _checked: bool = False) -> None:
        self.plan.swap(path, exercise)

    def menu_at(self, place: QPoint) -> QMenu | None:
        """Return the menu of the step at a place of the list; None where there is none, or it is left out."""
        index = self.indexAt(place)
        if not index.isValid() or not self.plan.included(index.data(LINE_ROLE)):
            return None
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.addAction(self.start_here)
        line: PlanLine = index.data(LINE_ROLE)
        if line.exercise is not None:
            menu.addAction(self.look_up)
        if line.choices:
            menu.addSeparator()
            self._add_choices(menu, line)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a step: with the one under the mouse, or by the menu key with the current one."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        place = event.pos() if by_mouse else self.visualRect(self.currentIndex()).center()
        menu = self.menu_at(place)
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.viewport().mapToGlobal(place))

    def _look_up(self) -> None:
        index = self.currentIndex()
        line: PlanLine | None = index.data(LINE_ROLE) if index.isValid() else None
        if line is not None and line.exercise is not None:
            self.exercise_requested.emit(line.exercise)

    def _start_here(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.plan.included(index.data(LINE_ROLE)):
            self.start_from_requested.emit(index.data(LINE_ROLE).path)
