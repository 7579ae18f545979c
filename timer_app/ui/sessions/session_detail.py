"""One session in full: what it is, the whole of it drawn, its steps, and the way to start it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timer_app.conductor.start_options import StartOptions
from timer_app.definition.exercise_swap import Swaps, swapped
from timer_app.definition.library import LibraryEntry
from timer_app.definition.model import Session, StepPath
from timer_app.i18n import _, ngettext
from timer_app.presentation import formatting
from timer_app.presentation.plan_lines import PlanLine, plan_lines
from timer_app.problems import Finding, Problem, UnreadableFile
from timer_app.timeline.compile import compile_session
from timer_app.timeline.intervals import Timeline
from timer_app.ui.figures.step_figure import StepFigure
from timer_app.ui.look.theme import TEXT_WIDTH, Space, Type
from timer_app.ui.sessions.comfort_question import ComfortBar
from timer_app.ui.sessions.plan_view import LINE_ROLE, PlanView
from timer_app.ui.sessions.progression_card import ProgressionCard
from timer_app.ui.sessions.voice_preload import VoicePreload
from timer_app.ui.support.open_externally import open_externally
from timer_app.ui.support.services import Services
from timer_app.ui.widgets.action_bar import ActionBar
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.findings_view import FindingsView
from timer_app.ui.widgets.labels import ElidedLabel, Label
from timer_app.ui.widgets.layouts import ROW_INSET, Card, ScrollPage, centre, column, inset, margins, row
from timer_app.ui.widgets.progress_line import ProgressLine
from timer_app.ui.widgets.session_strip import SessionStrip
from timer_app.ui.widgets.stat_row import StatRow

if TYPE_CHECKING:
    # What makes sound files is loaded when the first one is wanted.
    from timer_app.ui.sessions.audio_export_dialog import AudioExportDialog


_FIGURE_ROOM = 640
"""How wide the page must be for a figure beside its title, in logical pixels at text of 100 %."""
_ASKING_ROOM = 420
"""How high it must be for the question how the back feels to stay in sight; in less, it scrolls with the plan."""


class SessionDetail(Card):
    """The right side of the Sessions page. `start_requested` comes when the user wants to start what is shown.

    `start_from_requested` carries the path of a step when the user wants to begin with that one.

    `copy_requested` and `edit_requested` come when the user wants a copy of it, or to change it.
    """

    start_requested = Signal()
    start_from_requested = Signal(object)
    copy_requested = Signal()
    edit_requested = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._entry: LibraryEntry | None = None
        self._session: Session | None = None
        self._whole: Timeline | None = None
        self._today: Timeline | None = None
        self.voice_preload = VoicePreload(services, self)
        self.voice_preload.progressed.connect(self._show_preparing)
        self.sound_dialog: AudioExportDialog | None = None
        theme = services.theme
        self._overline = ElidedLabel(theme, role=Type.LABEL, tone="accent")
        self.title = Label(theme, role=Type.DISPLAY, wrap=True)
        self._about = Label(theme, tone="soft", wrap=True)
        self.strip = SessionStrip(theme)
        self.figures = StatRow(theme, 3)
        self._steps_title = Label(theme, _("Steps"), Type.HEADING)
        self._hint = ElidedLabel(theme, _("Untick or swap what does not suit today"), Type.SMALL, tone="soft")
        self.plan = PlanView(theme)
        self.findings = FindingsView(theme)
        self._planned = self._make_planned()
        self._scroll = ScrollPage(TEXT_WIDTH)
        body = QVBoxLayout(self._scroll.content)
        margins(body, Space.PAGE - ROW_INSET, Space.WIDE)
        self.step_figure = StepFigure(services)
        body.addLayout(inset(self._make_heading()))
        self.growth = ProgressionCard(services)
        body.addWidget(self.growth)
        body.addWidget(self._planned)
        body.addWidget(self.findings)
        body.addStretch(1)
        outer = QVBoxLayout(self)
        margins(outer, 1)
        outer.addWidget(self._scroll, 1)
        self.voice_line = ProgressLine(theme, _("Preparing the voice"), separates=True)
        self.voice_preload.ended.connect(self.voice_line.set_idle)
        outer.addWidget(self.voice_line)
        self._comfort = ComfortBar(theme)
        self._asking = QWidget()
        centre(self._asking, self._comfort, TEXT_WIDTH)
        outer.addWidget(self._asking)
        outer.addWidget(self._make_actions())
        self._body, self._outer = body, outer
        self._connect()

    def _connect(self) -> None:
        """React to what is done with the plan, and to another look."""
        self.plan.start_from_requested.connect(self.start_from_requested)
        self.plan.plan.left_out_changed.connect(self._add_up)
        self.plan.plan.swaps_changed.connect(self._show_swaps)
        self.plan.selectionModel().currentChanged.connect(self._follow)
        self.plan.selectionModel().currentChanged.connect(self._show_figure_of)
        self.plan.entered.connect(self._show_figure_of)
        self._services.theme.changed.connect(self._make_room)

    @property
    def entry(self) -> LibraryEntry | None:
        """The session that is shown."""
        return self._entry

    @property
    def left_out(self) -> frozenset[StepPath]:
        """The steps that are left out for today."""
        return self.plan.plan.left_out

    @property
    def swaps(self) -> Swaps:
        """The exercises that are done today in place of those that the author wrote."""
        return self.plan.plan.swaps

    def begin(self, step: StepPath = ()) -> StartOptions:
        """Return how what is shown is begun, with the step at this path, and ask anew how the back feels."""
        return StartOptions(step, self._comfort.pop_rating(), self.swaps)

    @property
    def can_start(self) -> bool:
        """Whether there is something to do in what is shown."""
        return self._session is not None and self.start.isEnabled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show a figure, and keep the question in sight, where there is room for it."""
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Have the voice of what is shown prepared, as it is chosen now."""
        super().showEvent(event)
        self.voice_preload.request(self._today)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the voice to whoever comes after."""
        super().hideEvent(event)
        self.voice_preload.cancel()
        if self.sound_dialog is not None:
            self.sound_dialog.reject()

    def show_entry(self, entry: LibraryEntry) -> None:
        """Show a session; the steps left out stay so while it is the same session, read again."""
        self.growth.check(entry)
        session, findings = self._read(entry)
        same_file = self._entry is not None and self._entry.file == entry.file
        if same_file and session is not None and session == self._session:
            self._entry = entry
            return
        self._entry, self._session = entry, session
        self._planned.setVisible(session is not None)
        self.findings.setVisible(session is None)
        self.start.setVisible(session is not None)
        self._comfort.setVisible(session is not None)
        self.copy.setVisible(session is not None)
        self.sound_file.setVisible(session is not None)
        self._make_room()
        self._left_out_note.clear()
        self.title.setText(entry.title)
        self._scroll.verticalScrollBar().setValue(0)
        if session is not None:
            self._show_session(session)
        else:
            self._show_findings(findings)

    def _read(self, entry: LibraryEntry) -> tuple[Session | None, Sequence[Finding]]:
        """Return the session as its file has it now, or what is wrong with it."""
        if entry.broken:
            return None, entry.findings
        try:
            return self._services.library.open(entry), ()
        except UnreadableFile as error:
            return None, error.findings
        except Problem as error:
            return None, (Finding(str(entry.file), 1, 1, "", error.what, error.advice),)

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        self._overline.setText(_("This file needs mending"))
        self._overline.show()
        self._about.setText(
            _("The session cannot be used until this is put right. Save the file, and it is read again by itself.")
        )
        self._about.show()
        self.findings.show_findings(findings)
        self._today = None
        self.voice_preload.request(None)

    def _show_session(self, session: Session) -> None:
        level = [formatting.level(session.level)] if session.level is not None else []
        self._overline.setText(" · ".join([*level, *session.tags]))
        self._overline.setVisible(bool(self._overline.text()))
        self._about.setText(session.about or "")
        self._about.setVisible(bool(session.about))
        self._whole = compile_session(session, self._services.catalogue)
        self.plan.plan.show(plan_lines(session, self._services.catalogue, self._whole))
        self._show_first_figure()
        self._add_up()

    def _show_first_figure(self) -> None:
        first = next((line.exercise for line in self.plan.plan.lines if line.exercise is not None), None)
        self.step_figure.show_exercise(first)

    def _show_figure_of(self, index: QModelIndex) -> None:
        """Show the figure of the step under the mouse, or that the keys have reached."""
        line: PlanLine | None = index.data(LINE_ROLE) if index.isValid() else None
        if line is not None and line.exercise is not None:
            self.step_figure.show_exercise(line.exercise)

    def _make_room(self) -> None:
        room = self.width() >= self._services.theme.px(_FIGURE_ROOM)
        self.step_figure.setVisible(room and self._session is not None)
        stays = self.height() >= self._services.theme.px(_ASKING_ROOM)
        layout = self._outer if stays else self._body
        if layout.indexOf(self._asking) < 0:
            # In front of the buttons, or at the end of the plan.
            layout.insertWidget(layout.count() - 1, self._asking)
            self._comfort.indent(Space.PAGE if stays else ROW_INSET)

    def _add_up(self) -> None:
        """Show the total of what is kept, and what that leaves out."""
        session, whole = self._session, self._whole
        if session is None or whole is None:
            return
        try:
            wanted = swapped(session, self.swaps, self._services.catalogue)
            today: Timeline | None = compile_session(wanted, self._services.catalogue, leave_out=self.left_out)
        except Problem:
            today = None
        self._today = today
        self.voice_preload.request(today if self.isVisible() else None)
        self.strip.show_timeline(today)
        kept = today.total if today is not None else 0
        work = sum(interval.length or 0 for interval in today.intervals if interval.works) if today else 0
        exercises = different_exercises(today) if today else 0
        self.figures.show_figures(
            (formatting.total(today) if today else formatting.clock_time(0), _("in all")),
            (formatting.clock_time(work), _("of work")),
            (str(exercises), ngettext("exercise", "exercises", exercises)),
        )
        self.start.setEnabled(today is not None)
        self.sound_file.setEnabled(today is not None)
        less = whole.total - kept
        if today is None:
            note = _("Tick at least one step")
        elif less > 0:
            note = _("{length} shorter today").format(length=formatting.clock_time(less))
        elif less < 0:
            note = _("{length} longer today").format(length=formatting.clock_time(-less))
        else:
            note = ""
        self._left_out_note.setText(note)

    def _show_swaps(self) -> None:
        """Show the steps with the exercises of today."""
        session, catalogue = self._session, self._services.catalogue
        if session is not None:
            whole = compile_session(swapped(session, self.swaps, catalogue), catalogue)
            self.plan.plan.show_swapped(plan_lines(session, catalogue, whole, self.swaps))
            self._show_figure_of(self.plan.currentIndex())
            self._add_up()

    def _make_heading(self) -> QHBoxLayout:
        """Return the title and what is below it, with a figure beside them."""
        about = column(self._overline, Space.TIGHT, self.title, Space.SMALL, self._about)
        about.addStretch(1)
        above = row(about, self.step_figure, spacing=Space.WIDE)
        above.setStretch(0, 1)
        above.setAlignment(self.step_figure, Qt.AlignmentFlag.AlignVCenter)
        return above

    def _make_planned(self) -> QWidget:
        planned = QWidget()
        layout = QVBoxLayout(planned)
        margins(layout, 0)
        heading = row(self._steps_title, self._hint, spacing=Space.MEDIUM)
        heading.setStretch(1, 1)
        above = column(Space.WIDE, self.strip, Space.LARGE, self.figures, Space.WIDE, heading, Space.SMALL)
        layout.addLayout(inset(above))
        layout.addWidget(self.plan)
        return planned

    def _make_actions(self) -> QWidget:
        theme = self._services.theme
        self.start = Button(theme, _("Start"), role="primary", sign="play", key="Return", shortcut=False)
        self.start.clicked.connect(self.start_requested)
        self._left_out_note = ElidedLabel(theme, role=Type.SMALL, tone="soft")
        self.edit = Button(theme, _("Edit"), role="quiet", sign="pencil", tip=_("Change this session"), key="Ctrl+E")
        self.edit.clicked.connect(self.edit_requested)
        folder = Button(theme, _("Folder"), role="quiet", sign="folder", tip=_("Show the folder that it is in"))
        folder.clicked.connect(self._open_folder)
        tip = _("Copy it to your own sessions, to change it there")
        self.copy = Button(theme, _("Duplicate"), role="quiet", sign="copy", tip=tip)
        self.copy.clicked.connect(self.copy_requested)
        tip = _("Make a sound file of the whole session, for a phone")
        self.sound_file = Button(theme, _("Sound file…"), role="quiet", sign="sound", tip=tip)
        self.sound_file.clicked.connect(self._make_sound_file)
        bar = ActionBar(self.start, self._left_out_note, (self.sound_file, self.copy, self.edit), spare=folder)
        outer = QWidget()
        centre(outer, bar, TEXT_WIDTH)
        return outer

    def _show_preparing(self, there: int, wanted: int) -> None:
        text = _("Preparing the voice: {there} of {wanted}").format(there=there, wanted=wanted)
        self.voice_line.show_share(there / wanted if wanted else 0.0, text)

    def _make_sound_file(self) -> None:
        """Ask where the sound file of what is shown goes, and have it made."""
        from timer_app.ui.sessions.audio_export_dialog import AudioExportDialog  # noqa: PLC0415 - seldom needed

        if self._entry is None or self.sound_dialog is not None:
            return
        # The file needs the voice for itself; what is rendered stays.
        self.voice_preload.cancel()
        try:
            self.sound_dialog = AudioExportDialog(self._services, self._entry, self.left_out, self.window(), self.swaps)
        except Problem as problem:
            self._services.messages.show_problem(problem)
            return
        self.sound_dialog.finished.connect(self._forget_sound_dialog)
        self.sound_dialog.open()

    def _forget_sound_dialog(self) -> None:
        dialog, self.sound_dialog = self.sound_dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _open_folder(self) -> None:
        if self._entry is not None:
            open_externally(self._entry.file.parent, self._services.messages)

    def _follow(self, current: QModelIndex) -> None:
        """Scroll the page to the step that the keys have reached."""
        if not current.isValid() or not self.plan.hasFocus():
            return
        rect = self.plan.visualRect(current)
        corner = self.plan.viewport().mapTo(self._scroll.content, rect.center())
        self._scroll.ensureVisible(corner.x(), corner.y(), 0, rect.height())


def different_exercises(timeline: Timeline) -> int:
    """Return how many different exercises there are in a session; one without an entry goes by its name."""
    return len({interval.exercise or interval.title for interval in timeline.intervals if interval.works})
