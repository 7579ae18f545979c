"""Preview the speech of the edited session: lines without enough time, and playback of a step."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from timer_app.definition.model import StepPath
from timer_app.editing.line_conflicts import by_step, signs, squeezed
from timer_app.i18n import _
from timer_app.timeline.cue_lines import SoundPlan
from timer_app.timeline.intervals import Timeline
from timer_app.ui.editor.preview.render_job import RenderJob
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
        self._sentences: Mapping[StepPath, tuple[str, ...]] = MappingProxyType({})
        self._marks: Mapping[int, str] = MappingProxyType({})
        self._wanted: StepPath | None = None
        self.render_job = RenderJob(services, self)
        self.render_job.rehearsed.connect(self._take)
        self.step_player = StepPlayer(services, self)
        self.step_player.ended.connect(self._heard)

    @property
    def marks(self) -> Mapping[int, str]:
        """What to tell beside the intervals in which a line does not fit."""
        return self._marks

    def sentences(self, path: StepPath) -> tuple[str, ...]:
        """Return what does not fit in a step, in sentences."""
        return self._sentences.get(path, ())

    def want(self, timeline: Timeline | None) -> None:
        """Rehearse another timeline; None is for nothing to rehearse."""
        if timeline == self._timeline:
            return
        self._timeline, self._plan, self._wanted = timeline, None, None
        self.step_player.stop()
        if timeline is not None:
            self.render_job.want(timeline)
        else:
            self.render_job.give_up()
            self._know(MappingProxyType({}), MappingProxyType({}))

    def hear(self, path: StepPath) -> None:
        """Speak what is said in a step, as soon as the voice is ready; asked again while it speaks, be silent."""
        if self.step_player.playing:
            self.step_player.stop()
        elif self._timeline is not None and self._plan is not None:
            self.step_player.hear(self._timeline, self._plan, path)
        else:
            self._wanted = path

    def stop(self) -> None:
        """Be silent, and rehearse nothing."""
        self.step_player.stop()
        self.render_job.give_up()
        self._timeline = self._plan = self._wanted = None

    def _take(self, timeline: Timeline, plan: SoundPlan) -> None:
        if timeline is not self._timeline:
            return
        self._plan = plan
        found = squeezed(timeline, plan.dropped)
        self._know(by_step(found), signs(found))
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.step_player.hear(timeline, plan, wanted)

    def _know(self, sentences: Mapping[StepPath, tuple[str, ...]], marks: Mapping[int, str]) -> None:
        self._sentences, self._marks = sentences, marks
        self.conflicts_changed.emit()

    def _heard(self, heard: bool) -> None:
        if not heard:
            self._services.messages.show_note(_("There is nothing to hear in this step as it is."))
