"""No two lines are heard at once, whatever the script and the voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.timeline import strategies
from tests.timeline.strategies import TONES, line_lists, lines, tone_lengths, voices
from timer_app.clock import Milliseconds
from timer_app.definition.model import ExerciseStep, Hold, Session
from timer_app.timeline.compile import compile_session
from timer_app.timeline.cue_lines import Align, CueLine, Dropped, Lengths, LineKind, Sound, SoundPlan, Tone
from timer_app.timeline.placement import GAP, ToneLengths, interval_length, place, place_interval

Voice = Callable[[Iterable[str]], Lengths]


def line(
    kind: LineKind,
    importance: int,
    at: Milliseconds,
    *variants: str,
    align: Align = Align.BEGINS_AT,
    earliest: Milliseconds = 0,
    latest: Milliseconds | None = None,
    tone: Tone | None = None,
    exact: bool = False,
    slip: Milliseconds | None = None,
    together: bool = False,
) -> CueLine:
    return CueLine(0, kind, importance, align, at, earliest, latest, variants, tone, exact, slip, together)


def count(at: Milliseconds, word: str, *, together: bool = False) -> CueLine:
    return line(LineKind.COUNT, 1, at, word, latest=at + 1000, tone=Tone.COUNT, exact=True, together=together)


def placed(
    *script: CueLine, length: Milliseconds | None = 10_000, tones: ToneLengths = TONES, voice: Lengths | None = None
) -> SoundPlan:
    """Place lines where each letter of a word takes 100 ms."""
    words = {text: 100 * len(text) for each in script for text in each.variants}
    return place_interval(length, script, words if voice is None else voice, tones)


def picture(plan: SoundPlan) -> str:
    """What is heard, as text: `0-200 go · 7000-7150 [count]`."""
    return " · ".join(f"{sound.offset}-{sound.end} {sound.words or f'[{sound.tone}]'}" for sound in plan.sounds)


def test_a_line_begins_at_its_mark() -> None:
    assert picture(placed(line(LineKind.SAY, 3, 2_000, "breathe"))) == "2000-2700 breathe"


def test_a_line_that_ends_by_its_mark_ends_on_it() -> None:
    assert picture(placed(line(LineKind.NEXT, 3, 7_000, "next", align=Align.ENDS_BY))) == "6600-7000 next"


def test_a_next_up_leaves_a_breath_before_the_countdown() -> None:
    plan = placed(line(LineKind.NEXT, 3, 7_000, "next", align=Align.ENDS_BY), count(7_000, "three"))
    assert picture(plan) == f"{6600 - GAP}-{7000 - GAP} next · 7000-7500 three"


def test_a_line_that_ends_by_its_mark_goes_before_what_is_there() -> None:
    own = line(LineKind.SAY, 3, 6_000, "breathe")
    plan = placed(line(LineKind.NEXT, 3, 7_000, "next", align=Align.ENDS_BY), own)
    assert picture(plan) == f"{5600 - GAP}-{6000 - GAP} next · 6000-6700 breathe"


def test_a_line_waits_for_its_turn_as_long_as_it_may() -> None:
    go = line(LineKind.GO, 1, 0, "go", exact=True)
    last = line(LineKind.LAST_SET, 4, 0, "last set", slip=3_000)
    assert picture(placed(last, go)) == f"0-200 go · {200 + GAP}-{1000 + GAP} last set"
    assert picture(placed(replace(last, slip=200 + GAP - 1), go)) == "0-200 go"


def test_a_line_gives_way_to_its_shorter_variant() -> None:
    plan = placed(line(LineKind.NEXT, 3, 500, "superman ten", "superman", "man", align=Align.ENDS_BY))
    assert picture(plan) == "200-500 man"
    assert plan.dropped == (Dropped(0, LineKind.NEXT, "superman ten", 1_200, 500, "man"),)


def test_a_line_with_no_room_is_left_out_and_reported() -> None:
    plan = placed(line(LineKind.SAY, 3, 9_000, "stay tall now"))
    assert plan == SoundPlan((), (Dropped(0, LineKind.SAY, "stay tall now", 1_300, 1_000, None),))


def test_a_line_with_no_moment_left_had_no_room_at_all() -> None:
    plan = placed(line(LineKind.SAY, 3, 12_000, "late"))
    assert plan.dropped == (Dropped(0, LineKind.SAY, "late", 400, 0, None),)


def test_the_free_time_reported_is_the_longest_that_the_line_could_have_had() -> None:
    wall = line(LineKind.GO, 1, 3_000, "x" * 10, exact=True)
    long = line(LineKind.NEXT, 3, 5_000, "y" * 60, align=Align.ENDS_BY)
    assert placed(wall, long).dropped[0].free == 3_000 - GAP


def test_a_tone_stands_in_for_words_that_do_not_fit() -> None:
    plan = placed(line(LineKind.GO, 1, 0, "go", latest=199, tone=Tone.GO, exact=True))
    assert picture(plan) == "0-150 [go]"
    assert plan.dropped == (Dropped(0, LineKind.GO, "go", 200, 199, None),)


def test_a_text_without_a_clip_leaves_it_to_the_next_variant_and_is_not_reported() -> None:
    both = line(LineKind.HALF, 4, 0, "half way", "half", tone=Tone.HALF)
    assert placed(both, voice={"half": 300}) == SoundPlan((Sound(0, 0, 300, LineKind.HALF, 4, words="half"),))
    assert placed(both, voice={}) == SoundPlan((Sound(0, 0, 150, LineKind.HALF, 4, tone=Tone.HALF),))
    assert placed(both, voice={}, tones={}) == SoundPlan(())


def test_a_tone_with_no_room_is_reported_too() -> None:
    ring = line(LineKind.NEXT, 2, 0, tone=Tone.REST, exact=True)
    assert placed(ring, length=149).dropped == (Dropped(0, LineKind.NEXT, "", 150, 149, None),)
    assert picture(placed(ring, length=150)) == "0-150 [rest]"


def test_an_exact_line_begins_on_its_mark_or_not_at_all() -> None:
    first, second = count(5_000, "three"), count(5_400, "two")
    plan = placed(first, second, tones={})
    assert picture(plan) == "5000-5500 three"
    assert plan.dropped == (Dropped(0, LineKind.COUNT, "two", 300, 0, None),)


def test_exact_lines_may_touch() -> None:
    assert picture(placed(count(5_000, "three"), count(5_500, "two"))) == "5000-5500 three · 5500-5800 two"


def test_lines_that_belong_together_are_all_words_or_all_tones() -> None:
    counts = [count(at, word, together=True) for at, word in ((1_000, "one"), (2_000, "twentyseven"), (3_000, "two"))]
    plan = placed(*counts)
    assert picture(plan) == "1000-1150 [count] · 2000-2150 [count] · 3000-3150 [count]"
    assert plan.dropped == (Dropped(0, LineKind.COUNT, "twentyseven", 1_100, 1_000, None),)


def test_lines_that_belong_together_are_tones_when_one_has_no_clip() -> None:
    counts = [count(at, word, together=True) for at, word in ((1_000, "two"), (2_000, "one"))]
    assert picture(placed(*counts, voice={"two": 300})) == "1000-1150 [count] · 2000-2150 [count]"


def test_lines_that_belong_together_are_left_out_together() -> None:
    wall = line(LineKind.GO, 1, 900, "go", exact=True)
    tones = [line(LineKind.COUNT, 3, at, tone=Tone.COUNT, exact=True, together=True) for at in (1_000, 2_000)]
    plan = placed(wall, *tones)
    assert picture(plan) == "900-1100 go"
    assert plan.dropped == (Dropped(0, LineKind.COUNT, "", 150, 0, None),)


def test_among_equals_the_mark_goes_before_the_choice() -> None:
    own = line(LineKind.SAY, 3, 5_000, "x" * 19)
    following = line(LineKind.NEXT, 3, 7_000, "y" * 10, align=Align.ENDS_BY)
    assert picture(placed(following, own)).endswith("5000-6900 " + "x" * 19)


def test_among_equals_the_exact_goes_first() -> None:
    own = line(LineKind.SAY, 3, 4_900, "breathe", slip=1_000)
    pip = line(LineKind.COUNT, 3, 5_000, tone=Tone.COUNT, exact=True)
    assert picture(placed(own, pip)) == f"5000-5150 [count] · {5150 + GAP}-{5850 + GAP} breathe"


def test_a_line_that_ends_by_its_mark_ends_as_late_as_it_can() -> None:
    own = line(LineKind.SAY, 3, 2_000, "breathe")
    plan = placed(line(LineKind.NEXT, 3, 7_000, "next", align=Align.ENDS_BY), own)
    assert picture(plan) == "2000-2700 breathe · 6600-7000 next"


def test_a_line_begins_no_earlier_than_it_may() -> None:
    following = line(LineKind.NEXT, 3, 7_000, "next", align=Align.ENDS_BY, earliest=6_600)
    assert picture(placed(following)) == "6600-7000 next"
    assert placed(replace(following, earliest=6_601)).dropped[0].free == 399


def test_an_open_interval_has_room_for_ever() -> None:
    assert picture(placed(line(LineKind.END, 4, 0, "x" * 900), length=None)) == "0-90000 " + "x" * 900


def test_a_session_is_placed_interval_by_interval() -> None:
    timeline = compile_session(Session("S", (ExerciseStep(Hold(5_000), name="Sit"),), setup=0), {})
    script = [replace(line(LineKind.END, 4, 0, "done"), interval=1), line(LineKind.SAY, 3, 4_900, "long")]
    plan = place(timeline, script, {"done": 400, "long": 400}, TONES)
    assert [(sound.interval, sound.words) for sound in plan.sounds] == [(1, "done")]
    assert [dropped.interval for dropped in plan.dropped] == [0]
    assert plan.of(1) == plan.sounds
    assert plan.of(0) == ()
    assert (interval_length(timeline, 0), interval_length(timeline, 1)) == (5_000, None)


@strategies.unhurried
@given(line_lists, voices, tone_lengths, st.one_of(st.none(), st.integers(1, 12_000)))
def test_whatever_the_lines(
    script: list[CueLine], voice: Voice, tones: dict[Tone, Milliseconds], length: Milliseconds | None
) -> None:
    lengths = voice(text for each in script for text in each.variants)
    plan = place_interval(length, script, lengths, tones)
    assert all(before.end <= after.offset for before, after in pairwise(plan.sounds))
    assert all(sound.offset >= 0 for sound in plan.sounds)
    assert length is None or all(sound.end <= length for sound in plan.sounds)
    assert all(dropped.needed > dropped.free >= 0 for dropped in plan.dropped)
    assert all((sound.words is None) != (sound.tone is None) for sound in plan.sounds)
    assert plan == place_interval(length, script, lengths, tones)


@strategies.unhurried
@given(lines(), line_lists, voices, tone_lengths)
def test_each_line_is_inside_its_window(
    one: CueLine, others: list[CueLine], voice: Voice, tones: dict[Tone, Milliseconds]
) -> None:
    marked = replace(one, kind=LineKind.FORM)
    script = [marked, *(replace(other, kind=LineKind.END) for other in others[:4])]
    plan = place_interval(10_000, script, voice(text for each in script for text in each.variants), tones)
    for sound in plan.sounds:
        if sound.kind is LineKind.FORM:
            assert marked.earliest <= sound.offset
            assert marked.latest is None or sound.end <= marked.latest
            if marked.align is Align.ENDS_BY:
                assert sound.end <= marked.at
            else:
                assert marked.at <= sound.offset
                assert marked.slip is None or sound.offset <= marked.at + marked.slip


@strategies.unhurried
@given(line_lists, lines(), voices, tone_lengths)
def test_a_less_important_line_never_moves_a_more_important_one(
    script: list[CueLine], extra: CueLine, voice: Voice, tones: dict[Tone, Milliseconds]
) -> None:
    lengths = voice(text for each in [*script, extra] for text in each.variants)

    def important(plan: SoundPlan) -> list[Sound]:
        return [sound for sound in plan.sounds if sound.importance < extra.importance]

    without = place_interval(10_000, script, lengths, tones)
    assert important(place_interval(10_000, [*script, extra], lengths, tones)) == important(without)


@strategies.unhurried
@given(line_lists, voices)
def test_what_is_not_said_as_written_is_reported(script: list[CueLine], voice: Voice) -> None:
    alone = [replace(each, together=False, kind=kind) for each, kind in zip(script, LineKind, strict=False)]
    lengths = voice(text for each in alone for text in each.variants)
    plan = place_interval(10_000, alone, lengths, TONES)
    words_by_kind = {sound.kind: sound.words for sound in plan.sounds}
    reports = {dropped.kind: dropped for dropped in plan.dropped}
    for each in alone:
        scripted = next((text for text in each.variants if text in lengths), None)
        heard = words_by_kind.get(each.kind)
        if scripted is None:
            assert (each.kind in reports) == (each.tone is not None and each.kind not in words_by_kind)
        elif heard != scripted:
            assert (reports[each.kind].words, reports[each.kind].shortened_to) == (scripted, heard)
            assert reports[each.kind].needed == lengths[scripted]
        else:
            assert each.kind not in reports


@strategies.unhurried
@given(line_lists, voices, tone_lengths)
def test_lines_that_belong_together_never_mix(
    script: list[CueLine], voice: Voice, tones: dict[Tone, Milliseconds]
) -> None:
    plan = place_interval(10_000, script, voice(text for each in script for text in each.variants), tones)
    scripted: defaultdict[tuple[LineKind, int], int] = defaultdict(int)
    for each in script:
        scripted[each.kind, each.importance] += each.together
    for (kind, importance), number in scripted.items():
        if all(each.together for each in script if (each.kind, each.importance) == (kind, importance)):
            sounds = [sound for sound in plan.sounds if (sound.kind, sound.importance) == (kind, importance)]
            assert len(sounds) in (0, number)
            assert len({sound.words is None for sound in sounds}) <= 1
