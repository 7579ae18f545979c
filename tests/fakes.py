"""Stand-ins for what has a disk, a device or a process behind it, for tests that are about something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from timer_app.clock import Milliseconds
from timer_app.history.records import IntervalRecord, RunBegun, RunOutcome
from timer_app.settings import Settings
from timer_app.sound.ports import Cue
from timer_app.timeline.cue_lines import Lengths


@contextmanager
def full_disk(room: int = 0) -> Iterator[None]:
    """Let no file of this process grow beyond `room` bytes, as on a disk that is full; not on Windows."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def little_memory(megabytes: int = 150) -> Iterator[None]:
    """Let this process take so much more memory and no more; on Linux alone. A thread takes 8 MB at once."""
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    room = pages * resource.getpagesize() + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_AS, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@dataclass
class RecordingSpeaker:
    """A speaker that remembers what it was told: the cues that stand now, all that ever stood, and every call."""

    cues: tuple[Cue, ...] = ()
    ever: set[Cue] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    muted: bool = False

    def schedule(self, cues: Sequence[Cue]) -> None:
        self.cues = tuple(cues)
        self.ever |= set(cues)
        self.calls.append("schedule")

    def silence(self) -> None:
        self.cues = ()
        self.calls.append("silence")

    def mute(self, muted: bool) -> None:
        self.muted = muted
        self.calls.append("mute" if muted else "unmute")

    def wake(self) -> None:
        self.calls.append("wake")

    def set_settings(self, settings: Settings) -> None:
        self.calls.append("settings")

    def close(self) -> None:
        self.calls.append("close")

    def words(self) -> list[tuple[Milliseconds, str]]:
        """What would be heard, as (time, words or the tone's name)."""
        return [(cue.at, cue.words or f"[{cue.tone}]") for cue in self.cues]


@dataclass
class FakeVoice:
    """A voice that takes a fixed time for each character, and has its clips at once, or when `arrive` is called."""

    per_character: Milliseconds = 60
    at_once: bool = True
    clips: set[str] = field(default_factory=set)
    requested: list[str] = field(default_factory=list)
    progress: Callable[[int, int], None] | None = None

    language: str = ""
    is_alive: bool = True

    def set_language(self, language: str) -> None:
        self.language = language

    def set_voice(self, voice: str, rate: int) -> None:
        """Speak as before: there is one voice."""

    def lengths(self, texts: Iterable[str]) -> Lengths:
        return {text: len(text) * self.per_character for text in texts if text in self.clips}

    def clip(self, words: str) -> bytes | None:
        """Return silence of the length that the text takes, where its clip is there: 48 kHz, 16 bits."""
        return bytes(len(words) * self.per_character * 96) if words in self.clips else None

    finished: Callable[[], None] | None = None

    def prepare(
        self,
        texts: Sequence[str],
        progress: Callable[[int, int], None],
        finished: Callable[[], None] | None = None,
    ) -> None:
        self.requested = [text for text in texts if text not in self.clips]
        self.progress, self.finished = progress, finished
        if self.at_once:
            self.arrive()

    def arrive(self, count: int | None = None) -> None:
        """Let the next `count` clips be there, or all of them."""
        arrived, self.requested = self.requested[:count], self.requested[len(self.requested[:count]) :]
        self.clips.update(arrived)
        if self.progress is not None:
            self.progress(len(self.clips), len(self.clips) + len(self.requested))
        if self.finished is not None and not self.requested:
            self.finished()

    def close(self) -> None:
        self.requested = []


@dataclass
class MemoryRecord:
    """A record that keeps everything in memory, in the order in which it came; `stands` is what counts by now."""

    begun: list[RunBegun] = field(default_factory=list)
    intervals: list[IntervalRecord] = field(default_factory=list)
    ends: list[tuple[str, RunOutcome, datetime]] = field(default_factory=list)
    ratings: list[dict[str, object]] = field(default_factory=list)
    stands: dict[int, IntervalRecord] = field(default_factory=dict)
    resume_at: int | None = None

    def begin(self, run: RunBegun) -> None:
        self.begun.append(run)

    def interval_ended(self, run_id: str, interval: IntervalRecord) -> None:
        self.intervals.append(interval)
        self.stands[interval.position] = interval

    def set_resume_at(self, run_id: str, position: int | None) -> None:
        self.resume_at = position

    def end(self, run_id: str, outcome: RunOutcome, ended_at: datetime) -> None:
        self.ends.append((run_id, outcome, ended_at))

    def rate(
        self,
        run_id: str,
        *,
        effort: int | None = None,
        comfort_before: int | None = None,
        comfort_after: int | None = None,
        note: str | None = None,
    ) -> None:
        self.ratings.append(
            {"effort": effort, "comfort_before": comfort_before, "comfort_after": comfort_after, "note": note}
        )
