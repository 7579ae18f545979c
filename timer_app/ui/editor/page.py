"""The editor: a session as a drawing, a tree of steps with a form, and the file's own text, all of one document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from timer_app.definition.model import StepPath
from timer_app.editing.draft_parser import Draft
from timer_app.editing.draft_timeline import NOTHING, DraftTimeline, overview
from timer_app.editing.edited_session import EditedSession
from timer_app.editing.text_change import difference
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.problems import Finding
from timer_app.ui.editor.close_prompt import ClosePrompt
from timer_app.ui.editor.edit_commands import EditCommands
from timer_app.ui.editor.editor_session import EditorSession
from timer_app.ui.editor.form.step_form import StepForm
from timer_app.ui.editor.preview.sound_preview import SoundPreview
from timer_app.ui.editor.preview.timeline_strip import TimelineStrip
from timer_app.ui.editor.problem_bar import ChoiceBar, ProblemBar
from timer_app.ui.editor.text.code_editor import CodeEditor
from timer_app.ui.editor.toolbar import SAVE_KEY, SWITCH_KEY, Toolbar, undo_keys
from timer_app.ui.editor.tree.step_tree import StepTree
from timer_app.ui.look.theme import PAGE_WIDTH, Space
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.layouts import Card, KeepWidth, centre, column, margins

_STRIP_ROOM = 400
"""How high the page must be for the whole session drawn, in logical pixels at text of 100 %: in less, the steps win."""


class EditorPage(QWidget):
    """One session being edited.

    `left` carries the stem of the session to be shown once the person is done, `try_requested` a `Session` and the path
    of the step that it is to be tried from, and `brought_back` the `EditedSession` that is wanted on the desk again.
    """

    left = Signal(str)
    try_requested = Signal(object, object)
    brought_back = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._overview: DraftTimeline = NOTHING
        self._path: StepPath = ()
        theme = services.theme
        self.desk = EditorSession(services, self)
        self.bar = Toolbar(theme)
        self.choice = ChoiceBar(theme)
        self.leaving = ClosePrompt(services, self.desk, self.choice)
        self.intents = EditCommands(services, self.desk, self)
        self.strip = TimelineStrip(theme)
        self.problems = ProblemBar(theme)
        self.tree = StepTree(theme, services.catalogue, self.intents.text_of)
        self.form = StepForm(services)
        self.code = CodeEditor(theme)
        self.code.show_catalogue(services.catalogue)
        self.listening = SoundPreview(services, self)
        self._views = QStackedWidget()
        self._lay_out()
        theme.changed.connect(self._show_strip)
        self._connect_desk()
        self._connect_views()
        self._make_keys()

    @property
    def unsaved(self) -> bool:
        """Whether there is something on the desk that is not saved."""
        document = self.desk.document
        return document is not None and document.unsaved

    def open(self, work: EditedSession) -> None:
        """Edit a session; what was on the desk before should have been saved or let go."""
        self._path, self._overview = (), NOTHING
        self.choice.withdraw()
        self.desk.open(work)

    def go_back(self) -> None:
        """Leave, or go on where that is being asked."""
        if self.choice.isVisible():
            self.leaving.stay()
        else:
            self.leaving.leave()

    def show_text(self, *, text: bool) -> None:
        """Show the file's text, or the form."""
        self._views.setCurrentIndex(1 if text else 0)
        self.bar.show_tab(text=text)
        if text:
            self._bring_text_up_to_date()
            self._show_in_text()
            self.code.setFocus()
        else:
            draft = self._draft
            if draft is not None and not draft.broken:
                self._choose_path(draft.path_at(self.code.caret))
            self.tree.setFocus()

    @property
    def shows_text(self) -> bool:
        """Whether the text is shown, and not the form."""
        return self._views.currentIndex() == 1

    @property
    def _draft(self) -> Draft | None:
        document = self.desk.document
        return document.draft if document is not None else None

    def _lay_out(self) -> None:
        form = QWidget()
        layout = QHBoxLayout(form)
        margins(layout, 0, spacing=Space.LARGE)
        left = Card()
        within = QVBoxLayout(left)
        margins(within, 1)
        within.addWidget(self.tree)
        layout.addWidget(left)
        layout.addWidget(self.form, 1)
        KeepWidth(self._services.theme, left, form)
        self._views.addWidget(form)
        self._views.addWidget(self.code)
        body = QWidget()
        below = column(self.choice, self.strip, self.problems, spacing=Space.SMALL)
        inside = QVBoxLayout(body)
        margins(inside, Space.WIDE, Space.MEDIUM, spacing=Space.MEDIUM)
        inside.addLayout(below)
        inside.addWidget(self._views, 1)
        holder = QWidget()
        centre(holder, body, PAGE_WIDTH)
        outer = QVBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(self.bar)
        outer.addWidget(holder, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the whole session drawn where there is room for it above its steps."""
        super().resizeEvent(event)
        self._show_strip()

    def _show_strip(self) -> None:
        room = self.height() >= self._services.theme.px(_STRIP_ROOM)
        self.strip.setVisible(room and self._overview.timeline is not None)

    def _connect_desk(self) -> None:
        desk, bar = self.desk, self.bar
        desk.opened.connect(self._show_opened)
        desk.changed.connect(self._show_changed)
        desk.chosen.connect(self._show_chosen)
        desk.saved.connect(lambda _file: self._show_state())
        self.leaving.left.connect(self._left)
        self.leaving.stayed.connect(self._focus)
        self.leaving.brought_back.connect(self.brought_back)
        bar.back.clicked.connect(self.go_back)
        bar.undo.clicked.connect(desk.undo)
        bar.redo.clicked.connect(desk.redo)
        bar.save.clicked.connect(desk.save)
        bar.try_it.clicked.connect(lambda: self._try(self._path))
        bar.tab_requested.connect(lambda text: self.show_text(text=text))

    def _connect_views(self) -> None:
        desk, tree, form, code = self.desk, self.tree, self.form, self.code
        tree.current_changed.connect(self._choose_path)
        tree.edit_requested.connect(form.focus_first)
        self.intents.answer_tree(tree)
        self.intents.answer_form(form)
        form.left.connect(tree.setFocus)
        form.text_requested.connect(self._go_to_text)
        for part in (tree, form):
            part.try_requested.connect(self._try)
            part.hear_requested.connect(self.listening.hear)
        code.changed.connect(desk.type)
        code.undo_requested.connect(desk.undo)
        code.redo_requested.connect(desk.redo)
        code.caret_moved.connect(self._follow_caret)
        self.strip.step_requested.connect(self._choose_path)
        self.problems.wanted.connect(self._go_to_problem)
        self.listening.squeezed.connect(self._show_squeezed)

    def _make_keys(self) -> None:
        undo, *redo = undo_keys()
        QShortcut(QKeySequence(SAVE_KEY), self, self.desk.save)
        QShortcut(undo, self, self.desk.undo)
        for key in redo:
            QShortcut(key, self, self.desk.redo)
        QShortcut(QKeySequence(SWITCH_KEY), self, lambda: self.show_text(text=not self.shows_text))

    # What is shown

    def _show_opened(self) -> None:
        document = self.desk.document
        if document is None:
            return
        self.code.show_text(document.text)
        self._show_draft()
        self.tree.choose(())
        self._choose_path(())
        if document.draft.broken:
            self.show_text(text=True)
        else:
            self.show_text(text=False)

    def _show_changed(self, _changes: Sequence[object], typed: bool) -> None:
        document = self.desk.document
        if document is None:
            return
        if not typed and self.shows_text:
            self._bring_text_up_to_date()
        self._show_draft()

    def _bring_text_up_to_date(self) -> None:
        """Make in the text what was changed elsewhere since it was last seen."""
        document = self.desk.document
        change = difference(self.code.text, document.text) if document is not None else None
        if change is not None:
            self.code.apply(change)

    def _show_draft(self) -> None:
        """Show the draft as it is now in every view."""
        document = self.desk.document
        if document is None:
            return
        draft = document.draft
        if not draft.broken:
            self._overview = overview(draft, self._services.catalogue, self._overview)
            self.strip.show_timeline(self._overview.timeline)
            self._show_strip()
        self.tree.show_draft(draft, self._overview.lengths)
        if draft.place(self._path) is None and not draft.broken:
            self._path = ()
        self.form.show_draft(draft, self._path)
        self.problems.show_findings(draft.problems)
        if self.shows_text:
            self.code.show_findings(draft.findings)
        self.listening.want(self._overview.timeline)
        self._show_state()

    def _show_state(self) -> None:
        work, document = self.desk.work, self.desk.document
        if work is None or document is None:
            return
        if not document.draft.broken or not self.bar.title.text():
            self.bar.title.setText(work.title)
        focused = QApplication.focusWidget()
        timeline = self._overview.timeline
        total = formatting.total(timeline) if timeline is not None else formatting.clock_time(0)
        if document.unsaved:
            state = _("not saved yet")
        elif work.file is None:
            state = _("came with the program; saved as yours") if work.origin is not None else _("new")
        else:
            state = _("saved")
        self.bar.state.setText(f"{total} · {state}")
        self.bar.save.setEnabled(work.can_save)
        self.bar.try_it.setEnabled(document.draft.session is not None)
        self.bar.show_history(document.undo_label, document.redo_label)
        if focused is not None and self.bar.isAncestorOf(focused) and not focused.isEnabled():
            self._focus()  # what was pressed can be pressed no more: Qt would go on to its neighbour

    def _choose_path(self, path: StepPath) -> None:
        """Show a step everywhere; the empty path is the session itself."""
        draft = self._draft
        if draft is None or (path and draft.place(path) is None):
            return
        if path != self._path:
            self.desk.settle()
        self._path = path
        self.tree.choose((path,) if path else ())
        self.strip.mark_step(path or None)
        self.form.show_draft(draft, path)
        self.form.show_squeezed(self.listening.sentences(path))
        if self.shows_text:
            self._show_in_text()

    def _show_chosen(self, paths: Sequence[StepPath]) -> None:
        self._choose_path(paths[0] if paths else ())
        self.tree.choose(tuple(paths))

    def _show_in_text(self) -> None:
        """Mark the lines of the chosen step in the text, and lead there unless the caret is there already."""
        draft = self._draft
        place = draft.place(self._path) if draft is not None else None
        if draft is not None:
            self.code.show_findings(draft.findings)
        if draft is None or place is None:
            self.code.mark_lines(0, 0)
            return
        self.code.mark_lines(place.first_line, draft.last_line(place))
        if draft.path_at(self.code.caret) != self._path:
            self.code.go_to(place.first_line, place.node.column)

    def _follow_caret(self, offset: int) -> None:
        draft = self._draft
        if draft is not None and self.shows_text and not draft.broken:
            path = draft.path_at(offset)
            if path != self._path:
                self._choose_path(path)

    def _show_squeezed(self) -> None:
        self.strip.show_marks(self.listening.marks)
        self.form.show_squeezed(self.listening.sentences(self._path))

    # What the person wants

    def _go_to_problem(self, finding: Finding) -> None:
        draft = self._draft
        if draft is None:
            return
        if draft.broken or self.shows_text:
            self._go_to_text(finding.line, finding.column)
            return
        path = next((place.path for place in draft.places() if finding in draft.findings_of(place.path)), ())
        self._choose_path(path)
        self.form.show_field(finding.where)

    def _go_to_text(self, line: int, column: int) -> None:
        self.show_text(text=True)
        self.code.go_to(line, column)

    def _try(self, path: StepPath) -> None:
        draft = self._draft
        if draft is not None and draft.session is not None:
            self.desk.keep()
            self.listening.stop()
            self.try_requested.emit(draft.session, path)

    def _focus(self) -> None:
        (self.code if self.shows_text else self.tree).setFocus()

    def _left(self, stem: str) -> None:
        self.listening.stop()
        self.listening.want(None)
        self.left.emit(stem)
