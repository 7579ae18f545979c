"""The score: what is asked for a time is in the frame that is heard then."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from timer_app.sound.cue_mixer import LATEST_TONE, LATEST_WORDS, CueMixer, MixedCue, TimeBase
from timer_app.sound.pcm import frames
from timer_app.sound.ports import Cue
from timer_app.timeline.cue_lines import Tone


def entry(at: int, length: int, level: int = 1_000, tone: Tone | None = None) -> MixedCue:
    cue = Cue(at, tone=tone) if tone else Cue(at, words=f"words at {at}")
    return MixedCue(cue, array("h", [level] * frames(length)).tobytes())


def played(mixer: CueMixer, length: int, step: int = 10, origin: float = 0.0, position: int = 0) -> array[int]:
    """Play the score from a frame on in steps of some milliseconds, and return the samples."""
    out = array("h")
    for at in range(position, position + frames(length), frames(step)):
        out.frombytes(mixer.fill(at, frames(step), origin))
    return out


def spans(samples: array[int]) -> list[tuple[int, int]]:
    """Return where the samples are not silent, as (first, last + 1) frames."""
    runs: list[tuple[int, int]] = []
    for at, sample in enumerate(samples):
        if sample and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif sample:
            runs.append((at, at + 1))
    return runs


@st.composite
def rows(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Make sounds that do not overlap: (begins, lasts) in milliseconds."""
    row, at = [], 0
    for gap, length in draw(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 200)), max_size=6)):
        row.append((at + gap, length))
        at += gap + length
    return row


@given(rows(), st.sampled_from([1, 7, 10, 40]), st.integers(-50, 50))
def test_every_sound_is_on_its_frame_whatever_the_steps(row: list[tuple[int, int]], step: int, origin: int) -> None:
    mixer = CueMixer()
    mixer.schedule([entry(at + origin, length) for at, length in row])
    samples = played(mixer, 4_000, step, origin)
    assert spans(samples) == [(frames(at), frames(at + length)) for at, length in row]
    assert mixer.next_at is None
    assert not mixer.sounds


def test_what_sounds_goes_on_when_the_rest_is_replaced() -> None:
    mixer = CueMixer()
    mixer.schedule([entry(10, 100), entry(300, 50)])
    first = played(mixer, 50)
    mixer.schedule([entry(10, 100), entry(200, 20)])
    rest = played(mixer, 450, position=frames(50))
    assert spans(first + rest) == [(frames(10), frames(110)), (frames(200), frames(220))]


def test_a_short_sound_that_was_handed_over_is_not_begun_again() -> None:
    mixer = CueMixer()
    mixer.schedule([entry(20, 30)])
    first = played(mixer, 100)
    mixer.schedule([entry(20, 30), entry(150, 10)])
    rest = played(mixer, 200, position=frames(100))
    assert spans(first + rest) == [(frames(20), frames(50)), (frames(150), frames(160))]


def test_what_was_silenced_may_be_asked_for_again() -> None:
    mixer = CueMixer()
    mixer.schedule([entry(0, 1_000)])
    played(mixer, 100)
    mixer.silence(frames(100))
    mixer.schedule([entry(0, 1_000)])
    assert len(spans(played(mixer, 1_500, position=frames(200)))) == 1


def test_silence_fades_out_in_five_milliseconds_and_forgets_the_rest() -> None:
    mixer = CueMixer()
    mixer.schedule([entry(0, 1_000), entry(1_200, 100)])
    first = played(mixer, 100)
    mixer.silence(frames(100))
    rest = played(mixer, 1_400, position=frames(100))
    (begin, end), *others = spans(first + rest)
    assert (begin, others) == (0, [])
    assert frames(100) < end <= frames(105)
    falling = list(rest[: end - frames(100)])
    assert falling == sorted(falling, reverse=True)
    assert falling[0] > 900
    assert falling[-1] < 20


def test_a_late_word_begins_at_once_and_a_late_tone_not_at_all() -> None:
    mixer = CueMixer()
    mixer.schedule([entry(1_000 - LATEST_TONE - 1, 50, tone=Tone.GO), entry(1_000 - LATEST_WORDS, 50)])
    assert spans(played(mixer, 100, position=frames(1_000))) == [(0, frames(50))]
    mixer.schedule([entry(1_000 - LATEST_TONE, 50, tone=Tone.GO)])
    assert spans(played(mixer, 100, position=frames(1_000))) == [(0, frames(50))]
    mixer.schedule([entry(1_000 - LATEST_WORDS - 1, 50)])
    assert spans(played(mixer, 100, position=frames(1_000))) == []


def test_what_begins_while_something_sounds_takes_its_place() -> None:
    mixer = CueMixer()
    mixer.schedule([entry(0, 500, level=900), entry(200, 100, level=300)])
    samples = played(mixer, 600)
    assert spans(samples) == [(0, frames(300))] or spans(samples)[-1][1] == frames(300)
    assert set(samples[frames(200) : frames(300)]) == {300}
    assert max(samples[: frames(200)]) == 900


def test_cues_that_nothing_played_are_forgotten() -> None:
    mixer = CueMixer()
    mixer.schedule([entry(100, 10), entry(900, 10)])
    mixer.drop_before(101)
    assert mixer.next_at == 900


def test_the_time_base_takes_no_note_of_a_late_call() -> None:
    base = TimeBase(ahead=70)
    for call in range(1, 100):
        late = 25 if call % 2 == 0 else 0
        base.filled(5_000 + call * 40 + late, frames(call * 40))
        if call > 2:
            assert base.origin == 5_070


def test_the_time_base_follows_a_stream_that_is_off_for_good() -> None:
    base = TimeBase(ahead=70)
    for call in range(1, 200):
        base.filled(5_000 + call * 40 + (25 if call > 100 else 0), frames(call * 40))
    assert base.origin == 5_095


def test_the_time_base_is_right_again_soon_after_the_device_ran_dry() -> None:
    base = TimeBase(ahead=70)
    for call in range(1, 104):
        base.filled(5_000 + call * 40 + (200 if call > 100 else 0), frames(call * 40))
    assert base.origin == 5_270
