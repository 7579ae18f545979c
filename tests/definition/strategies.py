"""Sessions as hypothesis builds them, and the catalogue that they are read with."""

from __future__ import annotations

from hypothesis import strategies as st

from timer_app.definition.model import (
    Amrap,
    ExerciseStep,
    FromEnd,
    FromStart,
    HalfWay,
    Hold,
    Level,
    Moment,
    Reps,
    RestStep,
    Rounds,
    SayLine,
    Session,
    Side,
    Step,
    UntilDone,
    Work,
)
from timer_app.exercises.model import Exercise, Tempo

_TEMPOS = {"superman": Tempo(1_000, 1_000, 2_000), "bird-dog": Tempo(2_000, 2_000, 2_000)}
_IDS = ("plank", "superman", "knee-to-chest", "bird-dog", "side-plank", "childs-pose", "push-up", "burpee")
CATALOGUE = {
    id_: Exercise(
        id=id_,
        name=id_.replace("-", " ").capitalize(),
        trains="The trunk.",
        position="On the mat.",
        cues=("Long and calm", "Keep breathing"),
        caution="Stop when it hurts.",
        tempo=_TEMPOS.get(id_),
    )
    for id_ in _IDS
}

_LETTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\ufffe\uffff")
_TRICKY = st.sampled_from(
    [
        *"no null ~ 1:30 0x10 {a} [a] ' \" \\ &a *a !t %d @ ` ? a,b : - # | > << true = {x}".split(" "),  # noqa: SIM905 - shorter
        *("- a", "a: b", "a #b", "half, way", "a:", "a b: c, d"),
    ]
)


def texts(longest: int) -> st.SearchStrategy[str]:
    """Texts in one line, as the reader gives them: with nothing around them."""
    free = st.text(_LETTERS, min_size=1, max_size=min(longest, 30)).map(str.strip)
    return st.one_of(_TRICKY, free).filter(lambda text: bool(text) and len(text) <= longest)


_LINES = st.lists(texts(60) | st.just(""), min_size=1, max_size=4)
abouts = st.one_of(texts(200), _LINES.map(lambda lines: "\n".join(lines).strip()).filter(bool))
lengths = st.sampled_from([100, 1_000, 1_500, 30_000, 60_000, 90_000, 14_400_000]) | st.integers(100, 14_400_000)
pauses = st.just(0) | lengths
counts = st.integers(1, 1_000)
moments: st.SearchStrategy[Moment] = st.one_of(pauses.map(FromStart), lengths.map(FromEnd), st.just(HalfWay()))
says = st.lists(st.builds(SayLine, moments, texts(200)), max_size=3).map(tuple)
tempos = st.one_of(lengths.map(Tempo.plain), st.builds(Tempo, lengths, pauses, pauses))
works: st.SearchStrategy[Work] = st.one_of(
    lengths.map(Hold),
    st.builds(Reps, counts, st.none() | tempos, pauses),
    st.just(UntilDone()),
    lengths.map(Amrap),
)


@st.composite
def exercise_steps(draw: st.DrawFn) -> ExerciseStep:
    """Exercise steps of the catalogue or of the author's own."""
    own = draw(st.booleans())
    return ExerciseStep(
        work=draw(works),
        exercise=None if own else draw(st.sampled_from(_IDS)),
        name=draw(texts(80)) if own else None,
        about=draw(st.none() | abouts),
        sets=draw(st.just(1) | counts),
        rest=draw(pauses),
        each_side=draw(st.booleans()),
        first_side=draw(st.sampled_from(Side)),
        switch=draw(lengths),
        setup=draw(st.none() | pauses),
        say=draw(says),
    )


rest_steps = st.builds(RestStep, lengths, st.none() | texts(80), says)


def steps(depth: int = 3) -> st.SearchStrategy[Step]:
    """Steps, with rounds in rounds as deep as the format goes."""
    flat: st.SearchStrategy[Step] = st.one_of(exercise_steps(), rest_steps)
    if not depth:
        return flat
    inner = st.lists(st.deferred(lambda: steps(depth - 1)), min_size=1, max_size=3).map(tuple)
    return st.one_of(flat, flat, st.builds(Rounds, counts, inner, pauses, st.booleans()))


sessions = st.builds(
    Session,
    name=texts(80),
    steps=st.lists(steps(), min_size=1, max_size=4).map(tuple),
    about=st.none() | abouts,
    level=st.none() | st.sampled_from(Level),
    tags=st.lists(texts(40), max_size=3).map(tuple),
    language=st.sampled_from(["en", "de", "pt-BR", "zh-Hant-TW"]),
    setup=pauses,
)
