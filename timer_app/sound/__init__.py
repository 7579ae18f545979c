"""Sound: the voice in a process of its own, clips, tones, the speaker, and the mixdown to a file."""

from typing import Final

WORKER: Final = "--voice-worker"
"""The option that starts a frozen program as its voice worker, since it has no interpreter to run a module with."""
