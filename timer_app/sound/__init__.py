"""Sound: the voice in a process of its own, clips, tones, the speaker, and the mixdown to a file."""
