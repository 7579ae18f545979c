"""The form of the selected step, or of the session itself, with signals for changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timer_app.definition import format_fields
from timer_app.definition.model import StepPath, where
from timer_app.editing.draft_parser import Draft
from timer_app.editing.form.builder import form_of
from timer_app.editing.form.edited_values import Values, line_value, own_values, values_of, without
from timer_app.editing.form.model import WORK, Control, Field, Form, FormKind, Group, Stray
from timer_app.i18n import _
from timer_app.timeline.phrase_parser import spoken_languages
from timer_app.ui.editor.form.field_rows import FieldRow, make_row
from timer_app.ui.editor.form.header import FormHeader
from timer_app.ui.editor.form.sections import FormFooter, FormGroup, FormNotice, StrayRow
from timer_app.ui.editor.form.spoken_lines import SpokenLines
from timer_app.ui.editor.tree.actions import HEAR_KEY, TRY_KEY
from timer_app.ui.look.theme import TEXT_WIDTH, Space
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.layouts import Card, ScrollPage, centre, line, margins

_WIDE = 330
"""Least width with labels beside their fields, in logical pixels at 100 % text size."""


class StepForm(QWidget):
    """Show one step of a draft; it changes nothing itself.

    `values_requested` carries the path of the step, the new values of its keys (None removes one), the label for undo,
    and a key that merges typing in one field into one undo step; `line_requested` the same with the index of a spoken
    line. `editing_finished` is emitted at the end of an edit, `closed` on Escape.
    """

    values_requested = Signal(object, object, str, str)
    line_requested = Signal(object, int, object, str, str)
    line_added = Signal(object)
    line_removed = Signal(object, int)
    editing_finished = Signal()
    closed = Signal()
    exercise_requested = Signal(object)
    hear_requested = Signal(object)
    try_requested = Signal(object)
    text_requested = Signal(int, int)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        theme = self._theme = services.theme
        self._form = Form((), FormKind.NOTHING)
        self._draft: Draft | None = None
        self._rows: dict[tuple[FormKind, str, Control], FieldRow] = {}
        self.shown_rows: tuple[FieldRow, ...] = ()
        self.stray_rows: list[StrayRow] = []
        self._tab_stops: tuple[QWidget, ...] = ()
        self._beside: bool | None = None
        self.notice = FormNotice(theme)
        self.notice.text_requested.connect(self.text_requested)
        self.header = FormHeader(services)
        self.header.exercise_requested.connect(lambda: self.exercise_requested.emit(self._form.path))
        self.header.own_requested.connect(self._make_own)
        self.groups = {group: FormGroup(theme, title) for group, title in _titles().items()}
        self.spoken_group = FormGroup(theme, _("What is said"))
        self.lines = SpokenLines(theme)
        self.spoken_group.rows.addWidget(self.lines)
        self.lines.line_edited.connect(self._edit_line)
        self.lines.line_added.connect(lambda: self.line_added.emit(self._form.path))
        self.lines.line_removed.connect(lambda index: self.line_removed.emit(self._form.path, index))
        self.lines.editing_finished.connect(self.editing_finished)
        self.stray_group = FormGroup(theme, _("What does not belong here"))
        self.footer = FormFooter(theme)
        self.footer.hear.clicked.connect(lambda: self.hear_requested.emit(self._form.path))
        self.footer.begin.clicked.connect(lambda: self.try_requested.emit(self._form.path))
        self._lay_out()
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        # With a slot as an argument, PySide forgets the context: the tree has these keys for itself.
        QShortcut(QKeySequence(HEAR_KEY), self, context=within).activated.connect(self.footer.hear.click)
        QShortcut(QKeySequence(TRY_KEY), self, context=within).activated.connect(self.footer.begin.click)

    @property
    def form(self) -> Form:
        """The form shown."""
        return self._form

    def row(self, name: str) -> FieldRow | None:
        """Return the visible row of a field, or None."""
        return next((row for row in self.shown_rows if row.field.name == name), None)

    def show_draft(self, draft: Draft, path: StepPath) -> None:
        """Show a step of a draft, or the session for the empty path, without changing text being typed."""
        before, self._draft = self._form, draft
        form = form_of(draft, path, self._services.catalogue)
        typed_in = next((row for row in self.shown_rows if row.typed_in), None)
        if typed_in is not None and (form.path, form.kind) == (before.path, before.kind):
            form = form.with_cleared_field(typed_in.field.name, before)
        if form == before:
            return
        self._form = form
        missing = form.kind is FormKind.NOTHING
        self.notice.show_form(form)
        for part in (self.header, self.body):
            part.setEnabled(not missing)
        if missing:
            # The last form of the step stays visible below the notice until the text can be parsed again.
            stays = form.broken and form.path == before.path and not self.body.isHidden()
            self.body.setVisible(stays)
            self.header.setVisible(stays)
            self.footer.setEnabled(False)
            return
        self.body.show()
        self.header.show()
        self.header.show_form(form)
        self._show_fields(form)
        self.spoken_group.setVisible(form.says)
        if form.says:
            self.lines.show_form(form)
        self._show_strays(form.strays)
        self.footer.show_form(form)
        self._set_tab_order()
        if form.path != before.path:
            self.page.verticalScrollBar().setValue(0)

    def show_conflicts(self, sentences: Sequence[str]) -> None:
        """Show sentences about lines that have too little time."""
        self.lines.show_conflicts(sentences)

    def focus_first(self) -> None:
        """Focus the first field: the name, or the amount."""
        row = next((row for row in self.shown_rows if row.field.name != WORK), None)
        if row is not None:
            self._focus(row.focus_parts[0])
            row.select_all()
        elif self.notice.isVisibleTo(self):
            self.notice.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_field(self, location: str) -> None:
        """Focus the field at a finding's `where`, such as `steps[3].say[1].at`."""
        name = self._form.named(location)
        part = self._focus_target(name)
        if part is not None:
            self._focus(part)

    def event(self, event: QEvent) -> bool:
        """Override shortcuts for Escape, which closes the form."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.editing_finished.emit()
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out labels beside their fields where there is room."""
        super().resizeEvent(event)
        self.footer.fit(self.height())
        self._lay_out_rows()

    def _lay_out(self) -> None:
        self.page = ScrollPage(TEXT_WIDTH)
        self.body = QWidget()
        body = QVBoxLayout(self.body)
        margins(body, 0, spacing=Space.LARGE)
        for group in (self.stray_group, *self.groups.values(), self.spoken_group):
            body.addWidget(group)
        content = QVBoxLayout(self.page.content)
        margins(content, Space.LARGE, Space.LARGE, spacing=Space.LARGE)
        content.addWidget(self.notice)
        content.addWidget(self.header)
        content.addWidget(self.body)
        content.addStretch(1)
        card = Card()
        inner = QVBoxLayout(card)
        margins(inner, 1)
        inner.addWidget(self.page, 1)
        inner.addWidget(line())
        below = QWidget()
        centre(below, self.footer, TEXT_WIDTH)
        inner.addWidget(below)
        outer = QVBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(card)
        self.setAccessibleName(_("The chosen step"))
        self.header.hide()
        self.body.hide()
        self._theme.changed.connect(self._lay_out_rows)

    def _lay_out_rows(self) -> None:
        beside = self.width() - 2 * Space.LARGE >= self._theme.px(_WIDE)
        self._beside = beside
        for row in self._rows.values():
            row.lay_out(beside=beside)
        for stray in self.stray_rows:
            stray.lay_out(beside=beside)
        self.lines.lay_out(beside=beside)
        self.header.lay_out(beside=beside)

    def _show_fields(self, form: Form) -> None:
        rows: list[FieldRow] = []
        for field in form.fields:
            if field.control is not Control.EXERCISE:
                row = self._row_for(form.kind, field)
                if row.field != field or row not in self.shown_rows:
                    row.show_field(field)
                rows.append(row)
        for row in self.shown_rows:
            if row not in rows:
                row.hide()
        for group, box in self.groups.items():
            box.arrange([row for row in rows if row.field.group is group])
        self.shown_rows = tuple(rows)

    def _row_for(self, kind: FormKind, field: Field) -> FieldRow:
        key = (kind, field.name, field.control)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = make_row(self._theme, field, self._words_for(kind, field))
            row.lay_out(beside=bool(self._beside))
            row.edited.connect(self._edit)
            row.editing_finished.connect(lambda: self._finish_editing(row))
        return row

    def _words_for(self, kind: FormKind, field: Field) -> Sequence[str]:
        """Return the completions of a field."""
        if kind is FormKind.SESSION and field.name == format_fields.TAGS.name:
            return sorted({tag for entry in self._services.library.entries() for tag in entry.tags}, key=str.casefold)
        return spoken_languages() if kind is FormKind.SESSION and field.name == format_fields.LANGUAGE.name else ()

    def _show_strays(self, strays: Sequence[Stray]) -> None:
        while len(self.stray_rows) < len(strays):
            row = StrayRow(self._theme)
            row.lay_out(beside=bool(self._beside))
            row.removed.connect(self._remove_stray)
            self.stray_rows.append(row)
            self.stray_group.rows.addWidget(row)
        for row, stray in zip(self.stray_rows, strays, strict=False):
            row.show_stray(stray)
            row.show()
        for row in self.stray_rows[len(strays) :]:
            row.hide()
        self.stray_group.setVisible(bool(strays))

    def _current_tab_stops(self) -> Iterator[QWidget]:
        yield self.header.change
        yield self.header.own
        for stray in self.stray_rows:
            yield stray.button
        for box in self.groups.values():
            for row in box.shown:
                yield from row.focus_parts
        yield from self.lines.focus_parts
        yield from (self.footer.hear, self.footer.begin)

    def _set_tab_order(self) -> None:
        """Set the tab order from top to bottom."""
        stops = tuple(self._current_tab_stops())
        if stops != self._tab_stops:
            self._tab_stops = stops
            for first, second in pairwise(stops):
                QWidget.setTabOrder(first, second)

    def _focus_target(self, name: str) -> QWidget | None:
        """Return the widget to focus for a field of this name."""
        if name == format_fields.EXERCISE.name:
            return self.header.change
        if name.startswith(f"{format_fields.SAY.name}["):
            index = int(name[len(format_fields.SAY.name) + 1 :].partition("]")[0])
            lines = self.lines.rows
            if index >= len(lines):
                return self.lines.add
            return lines[index].words if name.endswith(f".{format_fields.LINE.name}") else lines[index].focus_parts[0]
        row = self.row(name)
        if row is not None:
            return row.focus_parts[0]
        return next(
            (stray.button for stray in self.stray_rows if stray.stray.key == name and stray.isVisibleTo(self)), None
        )

    def _focus(self, part: QWidget) -> None:
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        # The problems are below the field, in its row.
        self.page.ensureWidgetVisible(part.parentWidget() or part, Space.WIDE, Space.WIDE)
        self.page.ensureWidgetVisible(part, Space.WIDE, Space.WIDE)

    def _finish_editing(self, row: FieldRow) -> None:
        """Emit `editing_finished`, and show the value as it is written."""
        self.editing_finished.emit()
        row.show_value(row.field)
        if self._draft is not None:
            self.show_draft(self._draft, self._form.path)

    def _edit(self, name: str, text: str) -> None:
        field = self._form.field(name)
        if field is not None:
            self._request_values(values_of(self._form, name, text), field.label, name)

    def _edit_line(self, index: int, key: str, text: str) -> None:
        path = self._form.path
        merge = f"{where(path)}:{format_fields.SAY.name}[{index}].{key}"
        self.line_requested.emit(path, index, line_value(key, text), _("Change of a line to be said"), merge)

    def _make_own(self) -> None:
        self._request_values(own_values(self._form), _("Exercise"), format_fields.OWN_NAME.name)
        self.editing_finished.emit()
        self.focus_first()

    def _remove_stray(self, key: str) -> None:
        self._request_values(without(self._form, key), key, key)
        self.editing_finished.emit()

    def _request_values(self, values: Values, label: str, name: str) -> None:
        """Request values, in one undo step with the typing in the same field just before."""
        path = self._form.path
        if values:
            done = _("Change of “{field}”").format(field=label)
            self.values_requested.emit(path, values, done, f"{where(path)}:{name}")


def _titles() -> dict[Group, str]:
    return {
        Group.WHAT: "",
        Group.AMOUNT: _("How much"),
        Group.SIDES: _("Sides"),
        Group.READY: _("Getting ready"),
    }
