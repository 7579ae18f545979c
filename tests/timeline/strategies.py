"""Sessions, clips and lines of every kind, for properties that must hold for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zlib import crc32

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from timer_app.clock import Milliseconds
from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    FromEnd,
    FromStart,
    HalfWay,
    Hold,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Step,
    UntilDone,
)
from timer_app.exercises.model import Exercise, Tempo
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import Align, CueLine, Lengths, LineKind, Tone
from timer_app.timeline.intervals import Timeline

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For every property here: they are about what holds, and not about how busy the computer is."""

CATALOGUE = {
    known.id: known
    for known in (
        Exercise("plank", "Plank", "core", "On your forearms.", ("Breathe", "Ribs down", "Long neck"), "Stop."),
        Exercise("superman", "Superman", "back", "Face down.", ("Look down",), "Stop.", tempo=Tempo(1000, 1000, 2000)),
        Exercise("bird-dog", "Bird dog", "back", "On all fours. Back flat.", (), "Stop.", tempo=Tempo.plain(6_000)),
    )
}

TONES: dict[Tone, Milliseconds] = dict.fromkeys(Tone, 150)

_durations = st.one_of(
    st.integers(1, 240).map(lambda seconds: seconds * 1000),
    st.integers(1, 1200).map(lambda tenths: tenths * 100),
)
_pauses = st.one_of(st.just(0), _durations)
_words = st.text("abc {}", min_size=1, max_size=60)
_tempos = st.one_of(
    st.none(),
    st.integers(1, 80).map(lambda tenths: Tempo.plain(tenths * 100)),
    st.just(Tempo(1_000, 1_000, 2_000)),
)
_works = st.one_of(
    st.builds(Hold, _durations),
    st.builds(Amrap, _durations),
    st.builds(Reps, st.integers(1, 25), _tempos, _pauses),
    st.just(UntilDone()),
)
_moments = st.one_of(
    st.builds(FromStart, st.integers(0, 60_000)), st.builds(FromEnd, st.integers(0, 60_000)), st.just(HalfWay())
)
_say = st.lists(st.builds(SayLine, _moments, _words), max_size=3).map(tuple)


@st.composite
def _exercises(draw: st.DrawFn) -> ExerciseStep:
    known = draw(st.sampled_from([None, *CATALOGUE]))
    return ExerciseStep(
        draw(_works),
        exercise=known,
        name=None if known else draw(_words),
        about=draw(st.one_of(st.none(), _words)),
        sets=draw(st.integers(1, 4)),
        rest=draw(_pauses),
        each_side=draw(st.booleans()),
        switch=draw(_pauses),
        setup=draw(st.one_of(st.none(), _pauses)),
        say=draw(_say),
    )


_rests = st.builds(RestStep, _durations, st.none(), _say)
_plain_steps: st.SearchStrategy[Step] = st.one_of(_exercises(), _rests)
_rounds = st.builds(Rounds, st.integers(1, 3), st.lists(_plain_steps, min_size=1, max_size=2).map(tuple), _pauses)
sessions: st.SearchStrategy[Session] = st.builds(
    Session,
    name=_words,
    steps=st.lists(st.one_of(_plain_steps, _rounds), min_size=1, max_size=4).map(tuple),
    setup=_pauses,
)


def compiled(session: Session) -> Timeline:
    """Return the timeline of a generated session; made in the test: hypothesis cannot print one of many intervals."""
    return compile_session(session, CATALOGUE)


def _clips(pace: int, missing: int) -> Callable[[Iterable[str]], Lengths]:
    def lengths(texts: Iterable[str]) -> Lengths:
        return {text: 60 + pace * len(text) for text in texts if crc32(text.encode()) % 20 >= missing}

    return lengths


voices = st.builds(_clips, st.integers(10, 250), st.sampled_from([0, 0, 0, 1, 5, 20]))
"""Voices of every speed, with few or many clips missing: functions from texts to lengths."""

tone_lengths = st.dictionaries(st.sampled_from(Tone), st.integers(1, 600))


@st.composite
def lines(draw: st.DrawFn, interval: int = 0) -> CueLine:
    """Return one line of any kind, most of them in an interval of ten seconds."""
    earliest = draw(st.integers(0, 10_000))
    at = earliest + draw(st.integers(0, 4_000))
    return CueLine(
        interval,
        draw(st.sampled_from(LineKind)),
        draw(st.integers(1, 5)),
        draw(st.sampled_from(Align)),
        at,
        earliest,
        draw(st.one_of(st.none(), st.integers(at, at + 5_000))),
        tuple(draw(st.lists(st.text("abc", min_size=1, max_size=20), max_size=3))),
        draw(st.one_of(st.none(), st.sampled_from(Tone))),
        exact=False,
        slip=draw(st.one_of(st.none(), st.integers(0, 2_000))),
    )


@st.composite
def exact_lines(draw: st.DrawFn, interval: int = 0) -> CueLine:
    """Return one line that begins on its mark or not at all, some of them together with others of their kind."""
    at = draw(st.integers(0, 12_000))
    return CueLine(
        interval,
        draw(st.sampled_from([LineKind.COUNT, LineKind.REP])),
        draw(st.integers(1, 3)),
        Align.BEGINS_AT,
        at,
        at,
        at + draw(st.integers(1, 1_500)),
        tuple(draw(st.lists(st.text("abc", min_size=1, max_size=12), max_size=2))),
        draw(st.one_of(st.none(), st.sampled_from(Tone))),
        exact=True,
        together=draw(st.booleans()),
    )


line_lists = st.lists(st.one_of(lines(), exact_lines()), max_size=12)
