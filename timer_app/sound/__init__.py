"""Sound: the voice in a process of its own, clips, tones, the speaker, and the mixdown to a file."""

from typing import Final

WORKER: Final = "--voice-worker"
"""How a frozen program is started as its own voice: there is no interpreter that could be given a module."""
