"""The conductor: reads the timeline, watches the clock, cues the voice, keeps the record."""
