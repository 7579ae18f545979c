"""Running a session: follow the timeline by the clock, cue the voice and record what was done."""
