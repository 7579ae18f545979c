"""Measure the sound: rendering cues, lateness and spread of tones, silence after a pause, the stream's CPU, the export.

    python -m tests.bench.bench_sound

Prints one line for each figure. Takes about a minute; what needs PulseAudio is left out where it is not installed.
"""

from __future__ import annotations

import itertools
import os
import queue
import statistics
import tempfile
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from tests.sound.pulse import PRESENT, PulseServer, recording
from timer_app.clock import SystemClock
from timer_app.settings import Settings, ToneSet
from timer_app.sound.clips import ClipStore
from timer_app.sound.mixdown import Mix, mixdown
from timer_app.sound.pcm import RATE, frames
from timer_app.sound.ports import Cue
from timer_app.sound.speaker import StreamSpeaker
from timer_app.sound.tones import tone_lengths, tone_pcm
from timer_app.sound.voice import RenderedVoice
from timer_app.timeline.cue_lines import LineKind, Sound, SoundPlan, Tone
from timer_app.timeline.intervals import Interval, IntervalKind, Timeline

CUES = [
    *(str(number) for number in range(1, 31)),
    *(f"Next: {name}, {dose}" for name in ("plank", "superman", "bird dog") for dose in ("ten reps", "one minute")),
    *(f"Left side, set {one} of {all_}" for one in range(1, 6) for all_ in range(one, 6)),
    *(f"Cue number {number}: breathe out slowly" for number in range(1, 50)),
]
CLOCK = SystemClock()


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory(prefix="bench-sound-") as folder:
        measure_voice(Path(folder) / "clips")
        measure_tones()
        measure_mixdown(Path(folder))
        if PRESENT:
            server = PulseServer(Path(folder))
            server.start()
            os.environ["PULSE_SERVER"] = server.address
            try:
                measure_stream(server)
                measure_silence(server)
            finally:
                server.stop()


def measure_voice(clips: Path) -> None:
    """Print how long a session's cues take, rendered and found again."""
    for state in ("cold", "warm"):
        voice = RenderedVoice(ClipStore(clips), Settings(), on_trouble=print)
        done: queue.SimpleQueue[None] = queue.SimpleQueue()
        first: queue.SimpleQueue[float] = queue.SimpleQueue()
        start = perf_counter()
        voice.prepare(CUES, partial(_note, first), partial(done.put, None))
        done.get()
        there = voice.lengths(CUES)
        print(
            f"{state}: {len(there)} cues of {sum(there.values()) / 1000:.0f} s in {perf_counter() - start:.2f} s, "
            f"the first after {first.get() - start:.2f} s"
        )
        start = perf_counter()
        for _time in range(100):
            voice.lengths(CUES)
        print(f"{state}: lengths of {len(CUES)} cues in {(perf_counter() - start) * 10:.2f} ms")
        voice.close()


def _note(times: queue.SimpleQueue[float], _there: int, _wanted: int) -> None:
    times.put(perf_counter())


def measure_tones() -> None:
    """Print how long the tones of each family take to make."""
    for tones in ToneSet:
        start = perf_counter()
        for tone in Tone:
            tone_pcm(tones, tone)
        print(f"tones {tones}: made in {(perf_counter() - start) * 1000:.0f} ms")


def measure_mixdown(folder: Path) -> None:
    """Print how much faster than playing an hour is written."""
    intervals = tuple(Interval(n, IntervalKind.WORK, n * 60_000, 60_000, "Plank", (n,)) for n in range(60))
    sounds = []
    for n in range(60):
        sounds.append(Sound(n, 0, tone_lengths(ToneSet.BELLS)[Tone.GO], LineKind.GO, 1, tone=Tone.GO))
        sounds += [Sound(n, 5_000 + 6_000 * k, 1_500, LineKind.FORM, 5, words="breathe") for k in range(8)]
        sounds += [Sound(n, 57_000 + 1_000 * k, 140, LineKind.COUNT, 1, tone=Tone.COUNT) for k in range(3)]
    clip = b"\x00\x10\x00\xf0" * (frames(1_500) // 2)
    mix = Mix(SoundPlan(tuple(sounds)), Timeline("Hour", "en", intervals), lambda _words: clip)
    for name in ("hour.wav", "hour.mp3"):
        start = perf_counter()
        mixdown(mix, folder / name)
        took = perf_counter() - start
        size = (folder / name).stat().st_size / 1e6
        print(f"{name}: an hour in {took:.1f} s, {3600 / took:.0f} times faster than it plays, {size:.0f} MB")


def measure_stream(server: PulseServer) -> None:
    """Print lateness and spread of recorded tones, and the CPU of the stream while playing, and after it."""
    with recording(server) as recorded:
        speaker = StreamSpeaker(CLOCK, lambda _words: None, Settings(), on_trouble=print)
        times = [CLOCK.now() + 3_000 + 1_000 * n for n in range(15)]
        speaker.schedule([Cue(time, tone=Tone.COUNT) for time in times])
        rest_until(times[-1] + 500)
        speaker.close()
    starts = [first for first, _last in recorded.sounds(gap=300)]
    late = [recorded.moment(start) - time for start, time in zip(starts, times, strict=True)]
    apart = [(later - start) * 1000 / RATE - 1_000 for start, later in itertools.pairwise(starts)]
    tell("tones late by", late)
    tell("tones 1,000 ms apart, but for", apart)
    speaker = StreamSpeaker(CLOCK, lambda _words: b"\x00\x10" * frames(900), Settings(), on_trouble=print)
    begun = CLOCK.now()
    speaker.schedule([Cue(begun + 1_000 * n, words="on and on") for n in range(3, 16)])
    for name, begin, end in (("playing", 4_000, 14_000), ("nothing to play", 22_000, 32_000)):
        rest_until(begun + begin)
        start = process_time()
        rest_until(begun + end)
        print(f"{name}: {(process_time() - start) / (end - begin) * 100_000:.2f} % of a core")
    speaker.close()


def measure_silence(server: PulseServer) -> None:
    """Print how long a sound goes on after it was silenced."""
    asked = []
    with recording(server) as recorded:
        speaker = StreamSpeaker(CLOCK, lambda _words: b"\x00\x10" * frames(1_000), Settings(), on_trouble=print)
        begun = CLOCK.now() + 3_000
        for n in range(10):
            speaker.schedule([Cue(begun + 1_500 * n, words="on and on")])
            rest_until(begun + 1_500 * n + 500 + 7 * n)
            asked.append(CLOCK.now())
            speaker.silence()
        rest_until(asked[-1] + 500)
        speaker.close()
    ends = [recorded.moment(last) for _first, last in recorded.sounds(gap=300)]
    tell("silent after", [end - at for end, at in zip(ends, asked, strict=True)])


def tell(what: str, times: Sequence[float]) -> None:
    print(f"{what} {statistics.median(times):.1f} ms ({min(times):.1f} to {max(times):.1f}, n = {len(times)})")


def rest_until(moment: int) -> None:
    """Leave the computer to the speaker until a moment."""
    threading.Event().wait(max(0, moment - CLOCK.now()) / 1000)


if __name__ == "__main__":
    main()
