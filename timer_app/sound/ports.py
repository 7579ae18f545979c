"""What the conductor asks of sound: a voice that knows how long it speaks, and a speaker that is on time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.sound.voice_selection import VoiceInfo
from timer_app.timeline.cue_lines import Lengths, Tone


class Cue(Struct, frozen=True):
    """Something to be heard at `at`, in milliseconds of the steady clock. Exactly one of `words` and `tone` is set."""

    at: Milliseconds
    words: str | None = None
    tone: Tone | None = None


class Voice(Protocol):
    """Turns texts into clips of known length, away from the caller's thread."""

    @property
    def at_work(self) -> bool:
        """Whether what is asked for is still dealt with: not once it was closed, or a bug of ours has ended it."""

    def set_language(self, language: str) -> None:
        """Speak the texts of this BCP 47 language from now on, as the session to come is written in it."""

    def lengths(self, texts: Iterable[str]) -> Lengths:
        """Return the lengths of those texts whose clips are there now. Does not wait."""

    def prepare(
        self,
        texts: Sequence[str],
        progress: Callable[[int, int], None],
        finished: Callable[[], None] | None = None,
    ) -> None:
        """Render the missing clips in the order given, forgetting what was asked for before. Does not wait.

        `progress(there, wanted)` is called on another thread as clips arrive, and once at the end at the latest;
        `finished` once every text has been dealt with, whether it could be rendered or not.
        """

    def close(self) -> None:
        """End the voice's process."""


class HeardVoice(Voice, Protocol):
    """A voice whose clips can be had."""

    def clip(self, words: str) -> bytes | None:
        """Return the samples of a text, 48 kHz mono 16-bit, or None when there is no clip of it now."""


class ChoosableVoice(HeardVoice, Protocol):
    """A voice that can tell which voices there are."""

    def voices(self, arrived: Callable[[tuple[VoiceInfo, ...]], None]) -> None:
        """Ask for the computer's voices; `arrived` is called with them on another thread."""


class Speaker(Protocol):
    """Plays cues on time. No call waits for the device, and none raises for a bad one."""

    def schedule(self, cues: Sequence[Cue]) -> None:
        """Replace all cues that have not begun by these, in the order of their times; what sounds goes on.

        A cue whose time is past is left out.
        """

    def silence(self) -> None:
        """Stop what sounds, within 100 ms, and forget all that was to come."""

    def mute(self, muted: bool) -> None:
        """Play everything inaudibly, or audibly again."""

    def wake(self) -> None:
        """Make ready to play, so that the first sound of a session finds the device awake."""

    def close(self) -> None:
        """Give the device back."""
