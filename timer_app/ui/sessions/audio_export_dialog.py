"""A session as a sound file: where to, of which kind, and how far it is; made off the GUI thread."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QObject, QSize, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from timer_app.clock import Milliseconds
from timer_app.conductor.audio_export import Progress, make_sound_file
from timer_app.conductor.prerender import Cancelled
from timer_app.conductor.start_run import plan_run
from timer_app.definition.exercise_swap import Swaps
from timer_app.definition.library import LibraryEntry
from timer_app.definition.model import StepPath
from timer_app.i18n import _
from timer_app.presentation import formatting
from timer_app.problems import Problem
from timer_app.sound.mixdown import file_size
from timer_app.timeline.intervals import Timeline
from timer_app.ui.look.theme import Space, Type
from timer_app.ui.support.background_task import BackgroundTask
from timer_app.ui.support.open_externally import open_externally
from timer_app.ui.support.services import Services
from timer_app.ui.support.window_state import size_dialog
from timer_app.ui.widgets.buttons import Button
from timer_app.ui.widgets.combo_box import ComboBox
from timer_app.ui.widgets.labels import ElidedLabel, Label, set_tip
from timer_app.ui.widgets.layouts import Card, ScrollPage, column, line, margins, row
from timer_app.ui.widgets.progress_line import ProgressLine
from timer_app.ui.widgets.slider import Slider

_WIDTH = 560
_CONTROL_WIDTH = 230
_OPEN_BOUNDS = (10, 300)
_OPEN_SECONDS = 60
_MEGABYTE = 1_000_000


class AudioExportJob(QObject):
    """Render one sound file. `progressed` carries the progress; `ended` carries its length, a Problem, or None.

    None says that it was given up; then there is no file.
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._timeline: Timeline | None = None
        self._out = Path()
        self._open_length: Milliseconds = 0
        self._cancelled = False
        self._work = BackgroundTask(self, self._make, self.ended.emit)

    @property
    def busy(self) -> bool:
        """Whether a file is being made."""
        return self._work.busy

    def start(self, timeline: Timeline, out: Path, open_length: Milliseconds) -> None:
        """Begin to make `out` from a session, whose open steps last `open_length` milliseconds."""
        self._timeline, self._out, self._open_length = timeline, out, open_length
        self._cancelled = False
        self._work.start()

    def cancel(self) -> None:
        """Stop soon, and leave no file behind."""
        self._cancelled = True

    def _make(self) -> Milliseconds | Problem | None:
        """Make the file. On another thread."""
        services, timeline = self._services, self._timeline
        if timeline is None:
            return None
        try:
            return make_sound_file(
                timeline,
                self._out,
                catalogue=services.catalogue,
                settings=services.settings.value,
                voice=services.voice,
                open_length=self._open_length,
                progress=self._emit_progress,
                is_cancelled=lambda: self._cancelled,
            )
        except Problem as problem:
            return problem
        except Cancelled:
            return None

    def _emit_progress(self, progress: Progress) -> None:
        try:
            self.progressed.emit(progress)
        except RuntimeError:
            # The window was closed meanwhile: nobody waits for the file any more.
            self._cancelled = True


class AudioExportDialog(QDialog):
    """Asks where a session's sound file goes, and makes it. Raises Problem when the session cannot be read now.

    It closes by itself once the file is there, and a notice says so.
    """

    def __init__(
        self,
        services: Services,
        entry: LibraryEntry,
        leave_out: AbstractSet[StepPath],
        parent: QWidget,
        swaps: Swaps = MappingProxyType({}),
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._timeline = plan_run(entry, services.catalogue, leave_out, swaps).timeline
        self.file = free_name(music_folder(), entry.stem, "mp3")
        self.job = AudioExportJob(services, self)
        self.job.progressed.connect(self.show_progress, Qt.ConnectionType.QueuedConnection)
        self.job.ended.connect(self._end)
        theme = services.theme
        self.setWindowTitle(_("Sound file"))
        self.kind = ComboBox(theme)
        self.kind.setAccessibleName(_("Kind of file"))
        set_tip(self.kind, _("Kind of file"))
        self.kind.chosen.connect(lambda kind: self._set_file(self.file.with_suffix(f".{kind}")))
        self.open_length = Slider(
            theme, _("Length of open steps"), _OPEN_BOUNDS, lambda value: formatting.brief(value * 1000), step=10
        )
        self.open_length.choose(_OPEN_SECONDS)
        self._open_seconds = _OPEN_SECONDS
        self.open_length.chosen.connect(self._set_open_length)
        self.location = ElidedLabel(theme, role=Type.SMALL, tone="soft")
        self.elsewhere = Button(theme, _("Elsewhere…"), tip=_("Choose the folder and the name"))
        self.elsewhere.clicked.connect(self._choose_location)
        self._options = self._make_options(bool(leave_out))
        self.bar = ProgressLine(theme, _("Making the sound file"), height=6)
        self.doing = Label(theme, role=Type.SMALL, tone="soft")
        self._shown_progress = QWidget()
        self._shown_progress.setLayout(column(self.doing, self.bar, spacing=Space.SMALL))
        self.make = Button(theme, _("Make it"), role="primary", sign="sound", key="Return", shortcut=False)
        self.make.clicked.connect(self._make)
        self.make.setDefault(True)
        self.cancel = Button(theme, _("Cancel"), role="quiet", key="Esc", shortcut=False)
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._set_file(self.file)
        self._shown_progress.hide()
        size_dialog(self, QSize(_WIDTH, self.sizeHint().height()), QSize(440, 360))

    def reject(self) -> None:
        """Give up what is being made, and close."""
        self.job.cancel()
        super().reject()

    def _make_options(self, left_out: bool) -> Card:
        theme = self._services.theme
        card = Card()
        layout = QVBoxLayout(card)
        margins(layout, Space.LARGE, Space.MEDIUM, spacing=Space.MEDIUM)
        layout.addLayout(self._option_row(_("Kind"), self.kind))
        if self._timeline.open_intervals:
            layout.addWidget(line())
            layout.addLayout(self._option_row(_("Steps without an end last"), self.open_length))
        layout.addWidget(line())
        where = row(column(Label(theme, _("Where"), Type.STRONG), self.location), self.elsewhere)
        where.setStretch(0, 1)
        layout.addLayout(where)
        if left_out:
            layout.addWidget(line())
            text = _("What you leave out today is not in it.")
            layout.addWidget(Label(theme, text, Type.SMALL, tone="soft", wrap=True))
        return card

    def _option_row(self, title: str, control: QWidget) -> QHBoxLayout:
        control.setFixedWidth(min(self._services.theme.px(_CONTROL_WIDTH), 320))
        return row(Label(self._services.theme, title, Type.STRONG, wrap=True), control)

    def _lay_out(self) -> None:
        theme = self._services.theme
        scroll = ScrollPage(_WIDTH)
        body = QVBoxLayout(scroll.content)
        margins(body, Space.WIDE, Space.WIDE, spacing=Space.MEDIUM)
        body.addWidget(Label(theme, self._timeline.name, Type.TITLE, wrap=True))
        text = _("The whole session as it will sound, for a phone or a player.")
        body.addWidget(Label(theme, text, tone="soft", wrap=True))
        body.addWidget(self._options)
        body.addWidget(self._shown_progress)
        body.addStretch(1)
        low = QWidget()
        layout = QVBoxLayout(low)
        margins(layout, Space.WIDE, Space.MEDIUM)
        layout.addLayout(row(self.make, self.cancel, 0))
        outer = QVBoxLayout(self)
        margins(outer, 0)
        outer.addWidget(scroll, 1)
        outer.addWidget(line())
        outer.addWidget(low)

    @property
    def _length(self) -> Milliseconds:
        return self._timeline.total + self._timeline.open_intervals * self._open_seconds * 1000

    def _set_open_length(self, seconds: int) -> None:
        self._open_seconds = seconds
        self._set_file(self.file)

    def _set_file(self, file: Path) -> None:
        """Show where the file will be, and how large it will be as either kind."""
        self.file = file
        self.location.setText(_("{name} in {folder}").format(name=file.name, folder=file.parent))
        offered = []
        for kind in ("mp3", "wav"):
            size = max(1, round(file_size(self._length, kind) / _MEGABYTE))
            offered.append((_("{kind}, about {size} MB").format(kind=kind.upper(), size=size), kind))
        self.kind.offer(offered)
        self.kind.choose(file.suffix[1:])

    def _choose_location(self) -> None:
        kinds = {_("MP3 (*.mp3)"): "mp3", _("WAV (*.wav)"): "wav"}
        shown = next(name for name, kind in kinds.items() if kind == self.file.suffix[1:])
        name, kind = QFileDialog.getSaveFileName(
            self, _("Save the sound file"), str(self.file), ";;".join(kinds), shown
        )
        if name:
            file = Path(name)
            suffix = file.suffix.lower().removeprefix(".")
            ending = suffix if suffix in kinds.values() else kinds.get(kind, "mp3")
            self._set_file(file.with_suffix(f".{ending}") if suffix in kinds.values() else Path(f"{name}.{ending}"))

    def _make(self) -> None:
        if self.job.busy:
            return
        self.show_progress(Progress())
        self.job.start(self._timeline, self.file, self._open_seconds * 1000)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the file is; nothing can be changed until it is there."""
        self._options.setEnabled(False)
        self.make.setEnabled(False)
        self._shown_progress.show()
        if progress.written:
            text = _("Writing the file: {percent} %").format(percent=round(progress.written * 100))
        elif progress.lines:
            text = _("Preparing the voice: {there} of {wanted}").format(there=progress.spoken, wanted=progress.lines)
        else:
            text = _("Preparing the voice")
        self.doing.setText(text)
        self.bar.show_share(progress.share, text)

    def _end(self, ended: Milliseconds | Problem | None) -> None:
        self.bar.set_idle()
        self._shown_progress.hide()
        self._options.setEnabled(True)
        self.make.setEnabled(True)
        messages = self._services.messages
        if isinstance(ended, Problem):
            messages.show_problem(ended)
            self.reject()
        elif ended is not None:
            file = self.file
            what = _("The sound file is made: {name}, {length}.").format(
                name=file.name, length=formatting.clock_time(ended)
            )
            messages.show_offer(what, _("Show folder"), lambda: open_externally(file.parent, messages))
            self.accept()


def music_folder() -> Path:
    """Return the user's folder for music, or their home where there is none."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation) or Path.home())


def free_name(folder: Path, stem: str, kind: str) -> Path:
    """Return a file of this kind in `folder` that is not there yet, as far as can be seen."""
    names = (f"{stem}.{kind}", *(f"{stem}-{number}.{kind}" for number in range(2, 1000)))
    try:
        return next((folder / name for name in names if not (folder / name).exists()), folder / names[0])
    except OSError:
        # A folder that cannot be looked into cannot be written to either: the attempt shows that.
        return folder / names[0]
