"""A tree of the steps of the edited session, with signals for what the user requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QStyle, QStyleOptionViewItem, QTreeView

from timer_app.clock import Milliseconds
from timer_app.definition.model import StepPath
from timer_app.editing.draft_parser import Draft
from timer_app.editing.step_operations import topmost
from timer_app.exercises.model import Catalogue
from timer_app.i18n import _, ngettext
from timer_app.presentation import step_moves as places
from timer_app.presentation.step_rows import StepRowBuilder, TreeRow
from timer_app.problems import Problem
from timer_app.ui.editor.tree.actions import HEAR_KEY, TRY_KEY, Actions, StepAction
from timer_app.ui.editor.tree.delegate import StepDelegate, indent
from timer_app.ui.editor.tree.drag_drop import DropTree
from timer_app.ui.editor.tree.empty_hint import EmptyHint
from timer_app.ui.editor.tree.model import ROW_ROLE, Content, StepModel
from timer_app.ui.look.theme import Theme
from timer_app.ui.support.accessibility import announce
from timer_app.ui.widgets.row_list import Index

_Flag = QItemSelectionModel.SelectionFlag

TextOf = Callable[[Sequence[StepPath]], str]


class StepTree(DropTree):
    """Show a draft: the session in the first row, then its steps, those of rounds as child rows.

    It changes nothing itself. The signals carry the paths of the outermost steps concerned, and the path `at` before
    which something is to be inserted. The receiver then shows the new draft and chooses steps in it; a move that is
    done at once is announced. `text_of` returns steps as the text dragged to other windows; it may raise Problem.
    """

    current_changed = Signal(object)
    edit_requested = Signal(object)
    insert_requested = Signal(object)
    remove_requested = Signal(object)
    copy_requested = Signal(object)
    cut_requested = Signal(object)
    paste_requested = Signal(object)
    duplicate_requested = Signal(object)
    move_requested = Signal(object, object)
    wrap_requested = Signal(object)
    unwrap_requested = Signal(object)
    try_requested = Signal(object)
    hear_requested = Signal(object)
    text_dropped = Signal(str, object)

    def __init__(self, theme: Theme, catalogue: Catalogue, text_of: TextOf) -> None:
        super().__init__(theme)
        self._text_of = text_of
        self._row_builder = StepRowBuilder(catalogue)
        self._lists: Mapping[StepPath, int] = {(): 0}
        self._steps = StepModel()
        self._reported_path: StepPath = ()
        self._showing = False
        self._moving = False
        self._hovered = QPersistentModelIndex()
        self.setModel(self._steps)
        self.setItemDelegate(StepDelegate(theme, self))
        self._set_up()
        self.empty = EmptyHint(theme, self.viewport())
        self.empty.add.clicked.connect(lambda: self.insert_requested.emit((0,)))
        self.step_actions = Actions(self, self._groups())
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def _set_up(self) -> None:
        self.setAccessibleName(_("Steps"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)
        self.selectionModel().selectionChanged.connect(self._repair_selection)
        self.selectionModel().currentChanged.connect(self._emit_current)
        self.entered.connect(self._hover)
        self.collapsed.connect(self._deselect_folded)
        self.doubleClicked.connect(lambda index: self.edit_requested.emit(self.path_of(index)))

    @property
    def current(self) -> StepPath:
        """The path of the current step, empty for the session itself."""
        return self.path_of(self.currentIndex()) or ()

    @property
    def chosen(self) -> tuple[StepPath, ...]:
        """The outermost selected steps in their order; none for the session."""
        marked = (self.path_of(index) for index in self.selectionModel().selectedIndexes())
        return tuple(topmost([path for path in marked if path]))

    @property
    def place_after(self) -> StepPath:
        """The path after the current step, in empty rounds, or at the end for the session itself."""
        return places.after(self.current, self._lists)

    def show_draft(self, draft: Draft, lengths: Mapping[StepPath, Milliseconds]) -> None:
        """Show a draft, with the lengths of its steps as far as they are known.

        Selection, scroll position and folding stay. For a text that is no YAML the last rows stay, disabled.
        """
        self.setEnabled(not draft.broken)
        if draft.broken:
            return
        rows = self._row_builder.rows(draft, lengths)
        if self._steps.keeps_places(rows):
            self._steps.update_rows(rows)
            return
        before = {
            QPersistentModelIndex(index): (content, self.isExpanded(index)) for index, content in self._steps.rounds()
        }
        self._showing = True
        self._lists = places.lists_of(rows)
        self._steps.show_rows(rows)
        self._fold_as(before)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._steps.index_of(()))
        self._showing = False
        self._repair_selection(QItemSelection(), QItemSelection())
        self._show_empty()
        self._emit_current()

    def choose(self, paths: Iterable[StepPath]) -> None:
        """Select some steps, the first of them as the current one; the session where there are none."""
        indexes = [index for path in paths if path and (index := self._steps.index_of(path)).isValid()]
        first = indexes[0] if indexes else self._steps.index_of(())
        marked = QItemSelection()
        for index in indexes or [first]:
            marked.select(index, index)
        self._showing = True
        self.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
        self.selectionModel().select(marked, _Flag.ClearAndSelect)
        self._showing = False
        self.scrollTo(first)
        if self._moving and indexes:
            announce(self, _moved([index.data(ROW_ROLE) for index in indexes]))
        self._moving = False
        self._emit_current()

    def path_of(self, index: Index) -> StepPath | None:
        """Return the path of a row's step; None where there is no row."""
        row = index.data(ROW_ROLE) if index.isValid() else None
        return row.path if isinstance(row, TreeRow) else None

    def index_of(self, path: StepPath) -> QModelIndex:
        """Return the row of a step."""
        return self._steps.index_of(path)

    def lists(self) -> Mapping[StepPath, int]:
        """Return the number of steps in each list of the session."""
        return self._lists

    def request_move(self, paths: Sequence[StepPath], at: StepPath) -> None:
        """Request to move steps, unless they are there already."""
        if not places.stays(paths, at):
            self._moving = True
            self.move_requested.emit(tuple(paths), at)
            self._moving = False  # refused, if nothing has been chosen by now

    def request_drop(self, text: str, at: StepPath) -> None:
        """Request to insert the dropped text."""
        self.text_dropped.emit(text, at)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected steps."""
        chosen = self.chosen
        if not chosen:
            return
        try:
            text = self._text_of(chosen)
        except Problem:
            text = ""  # it can be moved within the tree all the same
        title = self.index_of(chosen[0]).data(Qt.ItemDataRole.DisplayRole)
        several = ngettext("{n} step", "{n} steps", len(chosen)).format(n=len(chosen))
        self.drag(chosen, several if len(chosen) > 1 else title, text)

    def selectAll(self) -> None:
        """Select every step."""
        if self._lists[()]:
            first, last = self.index_of((0,)), self.index_of((self._lists[()] - 1,))
            if not self.current:
                self.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
            self.selectionModel().select(QItemSelection(first, last), _Flag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys of actions to them, also of disabled ones."""
        if not self.step_actions.claims(event):
            super().keyPressEvent(event)

    def menu_at(self, place: QPoint) -> QMenu:
        """Return the menu for the selected steps, or for the one at a point if that is not selected."""
        index = self.indexAt(place)
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        return self.step_actions.menu()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu for the step under the mouse, or by the menu key for the selected ones."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        place = event.pos() if by_mouse else self.visualRect(self.currentIndex()).center()
        menu = self.menu_at(place)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(place))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row over its whole width, without branches."""
        row_option = QStyleOptionViewItem(option)
        state = QStyle.StateFlag
        for flag, holds in (
            (state.State_Selected, self.selectionModel().isSelected(index)),
            (state.State_HasFocus, self.hasFocus() and index == self.currentIndex()),
            (state.State_MouseOver, index == self._hovered),
            (state.State_Enabled, self.isEnabled()),
        ):
            row_option.state = row_option.state | flag if holds else row_option.state & ~flag
        self.itemDelegate().paint(painter, row_option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint no branches: the rows have icons of their own."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the hint for an empty session."""
        super().resizeEvent(event)
        self._show_empty()

    def viewportEvent(self, event: QEvent) -> bool:
        """Reset the hovered row when the mouse leaves."""
        if event.type() is QEvent.Type.Leave:
            self._hover(QModelIndex())
        return super().viewportEvent(event)

    def _groups(self) -> tuple[tuple[StepAction, ...], ...]:
        def chosen() -> bool:
            return bool(self.chosen)

        def step() -> bool:
            return bool(self.current)

        def always() -> bool:
            return True

        def request(signal: Callable[[object], None]) -> Callable[[], None]:
            return lambda: signal(self.chosen)

        def move(text: str, key: str, destination: Callable[..., StepPath | None]) -> StepAction:
            def target() -> StepPath | None:
                return destination(self.chosen, self._lists) if self.chosen else None

            return StepAction(
                text, (key,), lambda: self.request_move(self.chosen, target() or ()), lambda: target() is not None
            )

        return (
            (
                StepAction(
                    _("Add a step…"), ("Ins", "Ctrl+I"), lambda: self.insert_requested.emit(self.place_after), always
                ),
                StepAction(
                    _("Edit"), ("F2", "Return", "Enter"), lambda: self.edit_requested.emit(self.current), always
                ),
            ),
            (
                StepAction(_("Cut"), ("Ctrl+X",), request(self.cut_requested.emit), chosen),
                StepAction(_("Copy"), ("Ctrl+C",), request(self.copy_requested.emit), chosen),
                StepAction(_("Paste"), ("Ctrl+V",), lambda: self.paste_requested.emit(self.place_after), always),
                StepAction(_("Duplicate"), ("Ctrl+D",), request(self.duplicate_requested.emit), chosen),
                StepAction(_("Remove"), ("Del", "Backspace"), request(self.remove_requested.emit), chosen),
            ),
            (
                move(_("Move up"), "Alt+Up", places.above),
                move(_("Move down"), "Alt+Down", places.below),
                move(_("Move into the rounds beside it"), "Alt+Right", places.inwards),
                move(_("Move out of its rounds"), "Alt+Left", places.outwards),
            ),
            (
                StepAction(_("Group into rounds"), ("Ctrl+G",), request(self.wrap_requested.emit), chosen),
                StepAction(
                    _("Ungroup"),
                    ("Ctrl+Shift+G",),
                    lambda: self.unwrap_requested.emit(self.current),
                    lambda: self.current and self.current in self._lists,
                ),
            ),
            (
                StepAction(_("Hear it"), (HEAR_KEY,), lambda: self.hear_requested.emit(self.current), step),
                StepAction(_("Try from here"), (TRY_KEY,), lambda: self.try_requested.emit(self.current), step),
            ),
        )

    def _apply_theme(self) -> None:
        self.setIndentation(indent(self._theme))
        self.scheduleDelayedItemsLayout()
        self._show_empty()
        self.viewport().update()

    def _repair_selection(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        """Keep something selected, and never the session together with steps."""
        if self._showing:
            return
        model, session = self.selectionModel(), self._steps.index_of(())
        marked = model.selectedIndexes()
        if not marked:
            model.select(self.currentIndex(), _Flag.Select)
        elif len(marked) > 1 and session in marked:
            alone = selected.indexes() == [session]
            model.select(session, _Flag.ClearAndSelect if alone else _Flag.Deselect)
        self.step_actions.refresh()

    def _emit_current(self) -> None:
        if not self._showing and self.current != self._reported_path:
            self._reported_path = self.current
            self.current_changed.emit(self._reported_path)
            self.step_actions.refresh()

    def _deselect_folded(self, folded: QModelIndex) -> None:
        """Select folded rounds in place of the steps that they hide."""
        above = self.path_of(folded) or ()
        hidden = [
            index
            for index in self.selectionModel().selectedIndexes()
            if places.within_itself([above], self.path_of(index) or ())
        ]
        if places.within_itself([above], self.current):
            self.setCurrentIndex(folded)
        for index in hidden:
            self.selectionModel().select(index, _Flag.Deselect)

    def _fold_as(self, before: Mapping[QPersistentModelIndex, tuple[Content, bool]]) -> None:
        """Restore the folding of rounds, wherever they have moved; new ones are expanded."""
        moved: list[tuple[QModelIndex, Content]] = []
        unclaimed = dict(before)
        for index, content in list(self._steps.rounds()):
            folded_before = before.get(QPersistentModelIndex(index))
            if folded_before is not None and folded_before[0] == content:
                del unclaimed[QPersistentModelIndex(index)]
            else:
                moved.append((index, content))
        for index, content in moved:
            origin = next(
                (old for old, state in unclaimed.items() if state[0] == content), QPersistentModelIndex(index)
            )
            self.setExpanded(index, unclaimed.pop(origin, (content, True))[1])

    def _hover(self, index: QModelIndex) -> None:
        if index != self._hovered:
            self._hovered = QPersistentModelIndex(index)
            self.viewport().update()

    def _show_empty(self) -> None:
        empty = self._steps.rowCount() > 0 and not self._lists[()]
        if not empty and self.window().focusWidget() is self.empty.add:
            self.setFocus()
        self.empty.setVisible(empty)
        below = self.visualRect(self._steps.index_of(())).bottom() + 1
        self.empty.setGeometry(0, below, self.viewport().width(), max(0, self.viewport().height() - below))


def _moved(rows: Sequence[TreeRow]) -> str:
    """Return the announcement for moved steps."""
    if len(rows) == 1:
        return rows[0].moved
    moved = ngettext("{n} step moved", "{n} steps moved", len(rows)).format(n=len(rows))
    return f"{moved}. {rows[0].moved}"
