"""Numbers, plurals and sides in three languages, and phrase files that are read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from timer_app.definition.model import Side
from timer_app.paths import assets
from timer_app.problems import UnreadableFile
from timer_app.timeline.phrase_parser import load_phrases, read_phrases, spoken_languages
from timer_app.timeline.phrases import SLOTS, Noun, Phrase

LANGUAGES = ("en", "de", "es")
SHIPPED = assets() / "phrases"
ENGLISH_TEXT = (SHIPPED / "en.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    """The English file with one thing changed."""
    assert ENGLISH_TEXT.count(old) == 1, old
    return ENGLISH_TEXT.replace(old, new)


def problems(text: str) -> list[str]:
    """What is found in a phrase file, as `LINE: where: problem`, with an empty list when it is in order."""
    try:
        read_phrases(text, "xx.yaml")
    except UnreadableFile as unreadable:
        return [f"{finding.line}: {finding.where}: {finding.problem}" for finding in unreadable.findings]
    return []


def line_of(part: str, text: str = ENGLISH_TEXT) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [
        (0, "one second"),
        (1, "one second"),
        (2, "two seconds"),
        (21, "twenty-one seconds"),
        (59, "fifty-nine seconds"),
        (60, "one minute"),
        (61, "sixty-one seconds"),
        (90, "ninety seconds"),
        (91, "one minute thirty-one"),
        (100, "one minute forty"),
        (120, "two minutes"),
        (150, "two minutes thirty"),
        (720, "twelve minutes"),
        (3_600, "one hour"),
        (3_660, "one hour one minute"),
        (3_690, "one hour one minute"),
        (7_200, "two hours"),
        (9_000, "two hours thirty minutes"),
    ],
)
def test_english_durations(seconds: int, spoken: str) -> None:
    assert load_phrases("en").duration(seconds * 1000) == spoken


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [
        (1, "eine Sekunde"),
        (30, "dreißig Sekunden"),
        (60, "eine Minute"),
        (90, "neunzig Sekunden"),
        (150, "zwei Minuten dreißig"),
        (720, "zwölf Minuten"),
        (3_660, "eine Stunde eine Minute"),
    ],
)
def test_german_durations(seconds: int, spoken: str) -> None:
    assert load_phrases("de").duration(seconds * 1000) == spoken


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [
        (1, "un segundo"),
        (21, "veintiún segundos"),
        (31, "treinta y un segundos"),
        (60, "un minuto"),
        (90, "noventa segundos"),
        (100, "un minuto y cuarenta segundos"),
        (1_260, "veintiún minutos"),
        (3_660, "una hora y un minuto"),
    ],
)
def test_spanish_durations(seconds: int, spoken: str) -> None:
    assert load_phrases("es").duration(seconds * 1000) == spoken


def test_durations_are_said_in_whole_seconds() -> None:
    english = load_phrases("en")
    assert [english.duration(length) for length in (100, 1_499, 1_500)] == ["one second", "one second", "two seconds"]


@pytest.mark.parametrize(
    ("language", "reps"),
    [
        ("en", ["one rep", "two reps", "twenty-one reps", "120 reps"]),
        ("de", ["eine Wiederholung", "zwei Wiederholungen", "einundzwanzig Wiederholungen", "120 Wiederholungen"]),
        ("es", ["una repetición", "dos repeticiones", "veintiuna repeticiones", "120 repeticiones"]),
    ],
)
def test_reps_have_their_plural(language: str, reps: list[str]) -> None:
    phrases = load_phrases(language)
    assert [phrases.counted(Noun.REPS, n) for n in (1, 2, 21, 120)] == reps


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("en", ["one", "three", "nineteen", "twenty", "ninety-nine", "100", "0"]),
        ("de", ["eins", "drei", "neunzehn", "zwanzig", "neunundneunzig", "100", "0"]),
        ("es", ["uno", "tres", "diecinueve", "veinte", "noventa y nueve", "100", "0"]),
    ],
)
def test_numbers_are_words_as_far_as_the_file_goes(language: str, numbers: list[str]) -> None:
    phrases = load_phrases(language)
    assert [phrases.number(n) for n in (1, 3, 19, 20, 99, 100, 0)] == numbers


@pytest.mark.parametrize(
    ("language", "switch", "following"),
    [
        (
            "en",
            ("switch to the right side", "right side"),
            "Next: Plank, twenty seconds, on the left side",
        ),
        (
            "de",
            ("wechseln auf die rechte Seite", "rechts"),
            "Als Nächstes: Plank, zwanzig Sekunden, auf der linken Seite",
        ),
        ("es", ("cambia al lado derecho", "lado derecho"), "Ahora viene: Plank, veinte segundos, en el lado izquierdo"),
    ],
)
def test_sides_have_their_forms(language: str, switch: tuple[str, ...], following: str) -> None:
    phrases = load_phrases(language)
    dose = phrases.duration(20_000)
    assert phrases.variants(Phrase.SWITCH, Side.RIGHT) == switch
    assert phrases.variants(Phrase.NEXT_ON_SIDE, Side.LEFT, name="Plank", dose=dose, short=dose)[0] == following


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_variants_go_from_long_to_short(language: str) -> None:
    phrases = load_phrases(language)
    example = {"name": "Plank", "dose": "so many of them", "short": "so many", "duration": "a while", "reps": "reps"}
    example |= {"next": "Next", "position": "Down", "hours": "h", "minutes": "m", "seconds": "s", "number": "n"}
    for phrase in Phrase:
        slots = {slot: text for slot, text in example.items() if slot in SLOTS[phrase]}
        side = Side.RIGHT if "side" in SLOTS[phrase] else None
        lengths = [len(variant) for variant in phrases.variants(phrase, side, **slots)]
        assert lengths
        assert lengths == sorted(lengths, reverse=True)
        assert 0 not in lengths


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_is_another_word(language: str) -> None:
    numbers = load_phrases(language).numbers
    assert len(set(numbers)) == len(numbers) == 99


def test_a_name_that_looks_like_a_template_is_said_as_it_is() -> None:
    spoken = load_phrases("en").variants(Phrase.NEXT, name="{0.__class__} {dose}", dose="x", short="x")
    assert spoken[0] == "Next: {0.__class__} {dose}, x"


def test_variants_that_come_out_equal_are_one() -> None:
    spoken = load_phrases("en").variants(Phrase.NEXT, name="Plank", dose="ten", short="ten")
    assert spoken == ("Next: Plank, ten", "Plank, ten", "Plank")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("de-AT", "de"),
        ("DE", "de"),
        ("es_MX", "es"),
        ("fr", "en"),
        ("", "en"),
        ("../phrases/de", "en"),
    ],
)
def test_a_tag_finds_its_language_or_english(tag: str, language: str) -> None:
    assert load_phrases(tag).language == language


def test_a_region_with_a_file_of_its_own_is_served_from_it(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(ENGLISH_TEXT, encoding="utf-8")
    (tmp_path / "en-AU.yaml").write_text(changed("language: en", "language: en-AU"), encoding="utf-8")
    assert [load_phrases(tag, tmp_path).language for tag in ("en-au", "en-GB")] == ["en-AU", "en"]


# Reading strictly


def test_the_shipped_english_file_has_no_findings() -> None:
    assert problems(ENGLISH_TEXT) == []


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ("  last_set: last set\n", "", "phrases", '"last_set" is missing'),
        ("language: en\n", "", "", '"language" is missing'),
        ("  go: go\n", "  go: go\n  stop: stop\n", "phrases", '"stop" is not a key here'),
        ("  last_set: last set", "  last_set: last {set}", "phrases.last_set", "there is no slot {set} here"),
        ("  last_set: last set", '  last_set: "last {}"', "phrases.last_set", "there is no slot {} here"),
        ("  last_set: last set", '  last_set: "{ last"', "phrases.last_set", "a brace is opened and not closed"),
        ('  in_reps: "{reps}"', '  in_reps: "{reps!r}"', "phrases.in_reps", "there is no slot {reps} here"),
        ('  in_reps: "{reps}"', '  in_reps: "{reps:9}"', "phrases.in_reps", "there is no slot {reps} here"),
        ('  in_reps: "{reps}"', '  in_reps: "{reps.real}"', "phrases.in_reps", "there is no slot {reps.real} here"),
        ("  last_set: last set", "  last_set: []", "phrases.last_set", "this is not a list"),
        ("  last_set: last set", "  last_set: {a: b}", "phrases.last_set", "this is not a list"),
        ("  last_set: last set", "  last_set: ''", "phrases.last_set", "this is not a text"),
        ("  last_set: last set", "  last_set: [[a]]", "phrases.last_set", "this is not a text"),
        (', other: "{number} reps"', "", "reps", '"other" is missing'),
        ("reps: {1: one rep,", "reps: {few: one rep,", "reps", "a form is for a number, or for all others"),
        ("reps: {1: one rep,", "reps: {1: '{n}',", "reps.1", "there is no slot {n} here"),
        ("reps: {1: one rep,", "reps: {1: [],", "reps.1", "this is not a text"),
        ('other: "{number} reps"', "other: []", "reps.other", "this is not a text"),
        ('reps: {1: one rep, other: "{number} reps"}', "reps: many", "reps", '"other" is missing'),
        ("  left: {on: on the left side, ", "  left: {", "sides.left", '"on" is missing'),
        ("  left: {on: on the left side, ", "  left: {on: [], ", "sides.left.on", "this is not a text"),
        (
            "  left: {on: on the left side, to: to the left side, side: left side}\n",
            "  left: left\n",
            "sides.left",
            "this is not a table of keys",
        ),
        ("  one, two, three,", "  one, two, [],", "numbers", "this is not a text"),
    ],
)
def test_what_is_wrong_is_found_at_its_place(old: str, new: str, where: str, problem: str) -> None:
    reported = problems(changed(old, new))
    assert any(f" {where}: {problem}" in each for each in reported), reported
    near = range(line_of(old) - 1, line_of(old) + old.count("\n") + 2)
    whole = where in {"", "phrases"}
    assert whole or any(int(each.split(":")[0]) in near for each in reported)


def test_too_few_numbers_are_found() -> None:
    start, end = ENGLISH_TEXT.index("numbers: ["), ENGLISH_TEXT.index("# A form for")
    for numbers in ("numbers: [one, two]\n\n", "numbers: one\n\n"):
        reported = problems(ENGLISH_TEXT[:start] + numbers + ENGLISH_TEXT[end:])
        assert any("there are too few numbers" in each for each in reported)


def test_every_problem_is_reported_at_once() -> None:
    text = changed("  last_set: last set\n", "").replace("  go: go\n", "  go: '{x}'\n")
    assert len(problems(text)) == 2


@pytest.mark.parametrize("text", ["", "- a list", "just text", "a: [", "*alias"])
def test_what_is_no_phrase_file_is_refused(text: str) -> None:
    assert problems(text)


def test_a_value_refused_already_is_not_reported_twice() -> None:
    assert len(problems(changed("  last_set: last set", "  last_set: *other"))) == 1


def test_the_languages_with_phrases_are_listed() -> None:
    assert spoken_languages() == tuple(sorted(LANGUAGES))
