"""The ports of sound: a voice that renders texts to clips of known length, and a speaker that plays them on time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from timer_app.clock import Milliseconds
from timer_app.settings import Settings
from timer_app.sound.voice_selection import VoiceInfo
from timer_app.timeline.cue_lines import Lengths, Tone

Source: TypeAlias = Callable[[str], bytes | None]
"""The samples of a text, 48 kHz mono 16-bit, or None when there is no clip of it."""


class Cue(Struct, frozen=True):
    """A sound at `at`, in milliseconds of the steady clock. Exactly one of `words` and `tone` is set."""

    at: Milliseconds
    words: str | None = None
    tone: Tone | None = None


class Voice(Protocol):
    """Renders texts to clips of known length, on another thread."""

    @property
    def is_alive(self) -> bool:
        """Whether requests are still processed: False once it was closed, or a bug has ended its thread."""

    def set_language(self, language: str) -> None:
        """Set the BCP 47 language of the texts from now on."""

    def lengths(self, texts: Iterable[str]) -> Lengths:
        """Return the lengths of those texts that have a clip now. Does not wait."""

    def prepare(
        self,
        texts: Sequence[str],
        progress: Callable[[int, int], None],
        finished: Callable[[], None] | None = None,
    ) -> None:
        """Request the missing clips in the order given, in place of the last request. Does not wait.

        `progress(done, total)` is called on another thread as clips arrive, and at least once at the end; `finished`
        once every text has been processed, whether it could be rendered or not.
        """

    def close(self) -> None:
        """End the voice's process."""


class HeardVoice(Voice, Protocol):
    """A voice whose clips can be read."""

    def clip(self, words: str) -> bytes | None:
        """Return the samples of a text, 48 kHz mono 16-bit, or None when there is no clip of it now."""


class ChoosableVoice(HeardVoice, Protocol):
    """A voice that can list the computer's voices and become another one."""

    def set_voice(self, voice: str, rate: int) -> None:
        """Speak as the engine's voice with this id, empty for the language's first, at `rate` words a minute."""

    def voices(self, received: Callable[[tuple[VoiceInfo, ...]], None]) -> None:
        """Request the computer's voices; `received` is called with them on another thread."""


class Speaker(Protocol):
    """Plays cues on time. No call waits for the device or raises for a bad one."""

    def schedule(self, cues: Sequence[Cue]) -> None:
        """Replace all cues that have not begun by these; what sounds goes on. A cue whose time is past is left out."""

    def silence(self) -> None:
        """Stop what sounds, within 100 ms, and clear the schedule."""

    def mute(self, muted: bool) -> None:
        """Mute or unmute."""

    def wake(self) -> None:
        """Open the device early, so that it is awake for the first sound of a session."""

    def close(self) -> None:
        """Close the device."""


class AdjustableSpeaker(Speaker, Protocol):
    """A speaker whose volumes and tones can be changed while it plays."""

    def set_settings(self, settings: Settings) -> None:
        """Play as these settings say from now on."""
