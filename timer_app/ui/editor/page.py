"""The editor page: a session as a timeline, a tree of steps with a form, and the file's text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from timer_app.definition.model import StepPath
from timer_app.definition.text_edit import difference
from timer_app.editing.draft_parser import Draft
from timer_app.editing.draft_timeline import NOTHING, DraftTimeline, overview
from timer_app.editing.edited_session import EditedSession
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
"""Least page height at which the timeline is shown, in logical pixels at 100 % text size."""


class EditorPage(QWidget):
    """Edit one session.

    `closed` carries the stem of the closed session, `try_requested` a `Session` and the path of the step to try it
    from.
    """

    closed = Signal(str)
    try_requested = Signal(object, object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._overview: DraftTimeline = NOTHING
        self._path: StepPath = ()
        theme = services.theme
        self.session = EditorSession(services, self)
        self.bar = Toolbar(theme)
        self.choice_bar = ChoiceBar(theme)
        self.close_prompt = ClosePrompt(services, self.session, self.choice_bar)
        self.edit_commands = EditCommands(services, self.session, self)
        self.strip = TimelineStrip(theme)
        self.problems = ProblemBar(theme)
        self.tree = StepTree(theme, services.catalogue, self.edit_commands.text_of)
        self.form = StepForm(services)
        self.code = CodeEditor(theme)
        self.code.show_catalogue(services.catalogue)
        self.sound_preview = SoundPreview(services, self)
        self._views = QStackedWidget()
        self._lay_out()
        theme.changed.connect(self._show_strip)
        self._connect_session()
        self._connect_views()
        self._make_keys()

    @property
    def unsaved(self) -> bool:
        """Whether there are unsaved changes."""
        document = self.session.document
        return document is not None and document.unsaved

    def open(self, edited: EditedSession) -> None:
        """Edit a session; the one before should have been saved or closed."""
        self._path, self._overview = (), NOTHING
        self.choice_bar.withdraw()
        self.session.open(edited)

    def go_back(self) -> None:
        """Close the editor, or withdraw the question about it."""
        if self.choice_bar.isVisible():
            self.close_prompt.cancel()
        else:
            self.close_prompt.close()

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
                self.choose_path(draft.path_at(self.code.caret))
            self.tree.setFocus()

    @property
    def shows_text(self) -> bool:
        """Whether the text is shown, and not the form."""
        return self._views.currentIndex() == 1

    @property
    def _draft(self) -> Draft | None:
        document = self.session.document
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
        below = column(self.choice_bar, self.strip, self.problems, spacing=Space.SMALL)
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
        """Show the timeline where there is room for it."""
        super().resizeEvent(event)
        self._show_strip()

    def _show_strip(self) -> None:
        room = self.height() >= self._services.theme.px(_STRIP_ROOM)
        self.strip.setVisible(room and self._overview.timeline is not None)

    def _connect_session(self) -> None:
        session, bar = self.session, self.bar
        session.opened.connect(self._show_opened)
        session.changed.connect(self._show_changed)
        session.chosen.connect(self._show_chosen)
        session.saved.connect(lambda _file: self._show_state())
        self.close_prompt.closed.connect(self._finish)
        self.close_prompt.stayed.connect(self._focus)
        bar.back.clicked.connect(self.go_back)
        bar.undo.clicked.connect(session.undo)
        bar.redo.clicked.connect(session.redo)
        bar.save.clicked.connect(session.save)
        bar.try_it.clicked.connect(lambda: self._try(self._path))
        bar.tab_requested.connect(lambda text: self.show_text(text=text))

    def _connect_views(self) -> None:
        session, tree, form, code = self.session, self.tree, self.form, self.code
        tree.current_changed.connect(self.choose_path)
        tree.edit_requested.connect(form.focus_first)
        self.edit_commands.connect_tree(tree)
        self.edit_commands.connect_form(form)
        form.closed.connect(tree.setFocus)
        form.text_requested.connect(self._go_to_text)
        for part in (tree, form):
            part.try_requested.connect(self._try)
            part.hear_requested.connect(self.sound_preview.hear)
        code.changed.connect(session.type)
        code.undo_requested.connect(session.undo)
        code.redo_requested.connect(session.redo)
        code.caret_moved.connect(self._follow_caret)
        self.strip.step_requested.connect(self.choose_path)
        self.problems.finding_requested.connect(self._go_to_problem)
        self.sound_preview.conflicts_changed.connect(self._show_conflicts)

    def _make_keys(self) -> None:
        undo, *redo = undo_keys()
        QShortcut(QKeySequence(SAVE_KEY), self, self.session.save)
        QShortcut(undo, self, self.session.undo)
        for key in redo:
            QShortcut(key, self, self.session.redo)
        QShortcut(QKeySequence(SWITCH_KEY), self, lambda: self.show_text(text=not self.shows_text))

    def _show_opened(self) -> None:
        document = self.session.document
        if document is None:
            return
        self.code.show_text(document.text)
        self._show_draft()
        self.tree.choose(())
        self.choose_path(())
        self.show_text(text=document.draft.broken)

    def _show_changed(self, _changes: Sequence[object], typed: bool) -> None:
        document = self.session.document
        if document is None:
            return
        if not typed and self.shows_text:
            self._bring_text_up_to_date()
        self._show_draft()

    def _bring_text_up_to_date(self) -> None:
        """Apply to the text view what was changed elsewhere since it was shown last."""
        document = self.session.document
        edit = difference(self.code.text, document.text) if document is not None else None
        if edit is not None:
            self.code.apply(edit)

    def _show_draft(self) -> None:
        """Show the draft as it is now in every view."""
        document = self.session.document
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
        self.sound_preview.set_timeline(self._overview.timeline)
        self._show_state()

    def _show_state(self) -> None:
        edited, document = self.session.edited, self.session.document
        if edited is None or document is None:
            return
        if not document.draft.broken or not self.bar.title.text():
            self.bar.title.setText(edited.title)
        focused = QApplication.focusWidget()
        timeline = self._overview.timeline
        total = formatting.total(timeline) if timeline is not None else formatting.clock_time(0)
        if document.unsaved:
            state = _("not saved yet")
        elif edited.file is None:
            state = _("came with the program; saved as yours") if edited.origin is not None else _("new")
        else:
            state = _("saved")
        self.bar.state.setText(f"{total} · {state}")
        self.bar.save.setEnabled(edited.can_save)
        self.bar.try_it.setEnabled(document.draft.session is not None)
        self.bar.show_history(document.undo_label, document.redo_label)
        if focused is not None and self.bar.isAncestorOf(focused) and not focused.isEnabled():
            self._focus()  # what was pressed can be pressed no more: Qt would go on to its neighbour

    def choose_path(self, path: StepPath) -> None:
        """Select a step in every view; the empty path is the session itself."""
        draft = self._draft
        if draft is None or (path and draft.place(path) is None):
            return
        if path != self._path:
            self.session.commit()
        self._path = path
        self.tree.choose((path,) if path else ())
        self.strip.mark_step(path or None)
        self.form.show_draft(draft, path)
        self.form.show_conflicts(self.sound_preview.sentences(path))
        if self.shows_text:
            self._show_in_text()

    def _show_chosen(self, paths: Sequence[StepPath]) -> None:
        self.choose_path(paths[0] if paths else ())
        self.tree.choose(tuple(paths))

    def _show_in_text(self) -> None:
        """Mark the lines of the selected step in the text, and scroll there unless the caret is there already."""
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
                self.choose_path(path)

    def _show_conflicts(self) -> None:
        self.strip.show_marks(self.sound_preview.marks)
        self.form.show_conflicts(self.sound_preview.sentences(self._path))

    def _go_to_problem(self, finding: Finding) -> None:
        draft = self._draft
        if draft is None:
            return
        if draft.broken or self.shows_text:
            self._go_to_text(finding.line, finding.column)
            return
        path = next((place.path for place in draft.places() if finding in draft.findings_of(place.path)), ())
        self.choose_path(path)
        self.form.show_field(finding.where)

    def _go_to_text(self, line: int, column: int) -> None:
        self.show_text(text=True)
        self.code.go_to(line, column)

    def _try(self, path: StepPath) -> None:
        draft = self._draft
        if draft is not None and draft.session is not None:
            self.session.save_draft()
            self.sound_preview.stop()
            self.try_requested.emit(draft.session, path)

    def _focus(self) -> None:
        (self.code if self.shows_text else self.tree).setFocus()

    def _finish(self, stem: str) -> None:
        self.sound_preview.stop()
        self.closed.emit(stem)
