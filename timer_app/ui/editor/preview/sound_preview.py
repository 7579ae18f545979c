"""Preview the speech of the edited session: lines without enough time, and playback of a step."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from timer_app.definition.model import StepPath
from timer_app.editing.line_conflicts import by_step, find_conflicts, markers_by_interval
from timer_app.i18n import _
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.ui.editor.preview.render_job import render_job
from timer_app.ui.editor.preview.step_player import StepPlayer
from timer_app.ui.support.services import Services


class SoundPreview(QObject):
    """Prerender the timeline whenever it changes. `conflicts_changed` is emitted with new line conflicts."""

    conflicts_changed = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._timeline: Timeline | None = None
        self._plan: SoundPlan | None = None
        self._requested: StepPath | None = None
        self._sentences: Mapping[StepPath, tuple[str, ...]] = MappingProxyType({})
        self.marks: Mapping[int, str] = MappingProxyType({})
        """What to show at the intervals in which a line does not fit, by their index."""
        self._render_job = render_job(services, self, self._set_plan)
        self._player = StepPlayer(services, self)
        self._player.ended.connect(self._report_silence)

    def sentences(self, path: StepPath) -> tuple[str, ...]:
        """Return sentences about the lines that do not fit in a step."""
        return self._sentences.get(path, ())

    def set_timeline(self, timeline: Timeline | None) -> None:
        """Render another timeline in place of the last one; None renders nothing."""
        if timeline == self._timeline:
            return
        self.stop()
        self._timeline = timeline
        if timeline is not None:
            self._render_job.request(timeline)
        else:
            self._set_conflicts(MappingProxyType({}), MappingProxyType({}))

    def hear(self, path: StepPath) -> None:
        """Speak the lines of a step as soon as the voice is ready; while lines are spoken, stop them."""
        if self._player.playing:
            self._player.stop()
        elif self._timeline is not None and self._plan is not None:
            self._player.hear(self._timeline, self._plan, path)
        else:
            self._requested = path

    def stop(self) -> None:
        """Stop speaking and rendering."""
        self._player.stop()
        self._render_job.cancel()
        self._timeline = self._plan = self._requested = None

    def _set_plan(self, timeline: Timeline, plan: SoundPlan) -> None:
        self._plan = plan
        conflicts = find_conflicts(timeline, plan.dropped)
        self._set_conflicts(by_step(conflicts), markers_by_interval(conflicts))
        requested, self._requested = self._requested, None
        if requested is not None:
            self._player.hear(timeline, plan, requested)

    def _set_conflicts(self, sentences: Mapping[StepPath, tuple[str, ...]], marks: Mapping[int, str]) -> None:
        self._sentences, self.marks = sentences, marks
        self.conflicts_changed.emit()

    def _report_silence(self, heard: bool) -> None:
        if not heard:
            self._services.messages.show_note(_("There is nothing to hear in this step as it is."))
