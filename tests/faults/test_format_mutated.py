"""Ten thousand damaged session files: each is read, or refused with a place, quickly and in little memory."""

from __future__ import annotations

import random
import re
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.definition.test_parser import EXAMPLE
from timer_app.definition.model import Session
from timer_app.definition.parser import read_session
from timer_app.definition.serializer import write_session
from timer_app.exercises.catalogue import load_catalogue
from timer_app.paths import assets, shipped_sessions
from timer_app.problems import UnreadableFile

CATALOGUE = load_catalogue(assets() / "exercises").catalogue
FILES = 10_000
MAX_SECONDS = 0.5
MAX_BYTES = 100 * 1024 * 1024
PLACE = re.compile(r"\Amutant\.session\.yaml:[1-9][0-9]*:[1-9][0-9]*: \S")

_SCRAPS = [
    *(
        scrap.encode()
        for scrap in [
            "[",
            "]",
            "{",
            "}",
            ":",
            "-",
            "&a",
            "*a",
            "!x",
            "<<:",
            "|",
            ">",
            "'",
            '"',
            "#",
            "%",
            "@",
            "`",
            "?",
            "\\",
            "999999999",
            "-1",
            "1e9",
            "half",
            "null",
            ",",
        ]
    ),
    *(b"\0", b"\xff", b"\t", b": ", b"- ", b"  ", b"\r", b"---\n", b"...\n", b"\\x00"),
    *(letter.encode() for letter in "\u2028\ufeff\x85\U0001f3c3"),
]


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """Change, put in or take out a few bytes."""
    mutant = bytearray(content)
    for _number in range(chance.randint(1, 8)):
        at = chance.randrange(len(mutant) + 1)
        match chance.randrange(4):
            case 0:
                mutant[at:at] = chance.choice(_SCRAPS)
            case 1:
                mutant[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                del mutant[at : at + chance.randint(1, 20)]
            case _:
                mutant[at : at + 1] = bytes([(mutant[at] if at < len(mutant) else 0) ^ (1 << chance.randrange(8))])
    return bytes(mutant)


def _lines(content: bytes, chance: random.Random) -> bytes:
    """Move, double, indent, join or take out lines."""
    lines = content.splitlines(keepends=True)
    for _number in range(chance.randint(1, 5)):
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                lines.insert(chance.randrange(len(lines)), lines[at])
            case 1:
                lines.insert(at, lines.pop(chance.randrange(len(lines))))
            case 2:
                lines[at] = b" " * chance.randint(1, 9) + lines[at]
            case 3:
                lines[at] = lines[at].strip()
            case _:
                lines[at : at + 1] = [lines[at]] * chance.randint(0, 40) or [b"\n"]
    return b"".join(lines)


def _indents(content: bytes, chance: random.Random) -> bytes:
    """Move some lines in a row in or out, often those from the first one on."""
    lines = content.splitlines(keepends=True)
    first, last = sorted(chance.randrange(len(lines) + 1) for _ in range(2))
    first = chance.choice((0, first))
    blanks = b" " * chance.choice((1, 2, 2, 4))
    out = chance.random() < 0.3
    moved = [line.removeprefix(blanks) if out else blanks + line for line in lines[first:last]]
    return b"".join([*lines[:first], *moved, *lines[last:]])


def _words(content: bytes, chance: random.Random) -> bytes:
    """Let words change places: keys for values, values for keys."""
    words = re.split(rb"([\w.-]+)", content)
    for _number in range(chance.randint(1, 6)):
        one, other = (2 * chance.randrange(len(words) // 2) + 1 for _ in range(2))
        match chance.randrange(4):
            case 0:
                words[one], words[other] = words[other], words[one]
            case 1:
                words[one] = words[one] * chance.choice((0, 2, 50))
            case 2:
                words[one] = chance.choice(_SCRAPS)
            case _:
                words[one] = words[one][::-1]
    return b"".join(words)


def _nested(content: bytes, chance: random.Random) -> bytes:
    """Put the steps into rounds, or a part of the text into itself."""
    if chance.random() < 0.5:
        head, _, steps = content.partition(b"steps:\n")
        for _number in range(chance.randint(1, 14)):
            steps = b"  - rounds: 9\n    steps:\n" + b"".join(
                b"    " + line for line in steps.splitlines(keepends=True)
            )
        return head + b"steps:\n" + steps
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    at = chance.randrange(len(content))
    return content[:at] + content[start:end] * chance.randint(1, 4) + content[at:]


MUTATORS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bytes, _lines, _indents, _words, _nested)


def originals() -> list[bytes]:
    files = sorted(shipped_sessions().glob("*.session.yaml"))
    return [EXAMPLE.encode(), *(file.read_bytes() for file in files)]


def mutants(count: int, seed: int = 1) -> Iterator[bytes]:
    """Yield damaged files, the same ones for the same seed."""
    chance = random.Random(seed)
    whole = originals()
    for number in range(count):
        content = chance.choice(whole)
        for _again in range(chance.choice((1, 1, 1, 2, 3))):
            content = MUTATORS[number % len(MUTATORS)](content or b"\n", chance) or b"\n"
        yield content


@dataclass
class Worst:
    """What the mutants came to."""

    read: int = 0
    refused: int = 0
    seconds: float = 0.0


def read_one(content: bytes) -> Session | UnreadableFile:
    try:
        return read_session(content, "mutant.session.yaml", CATALOGUE)
    except UnreadableFile as refusal:
        return refusal


def run(count: int) -> Worst:
    """Read so many mutants; whatever is raised but a refusal ends it."""
    worst = Worst()
    for content in mutants(count):
        began = time.process_time()
        outcome = read_one(content)
        worst.seconds = max(worst.seconds, time.process_time() - began)
        if isinstance(outcome, Session):
            worst.read += 1
            continue
        worst.refused += 1
        lines = content.decode("utf-8", "replace").count("\n") + content.count(b"\r") + 20
        assert outcome.findings, content
        for finding in outcome.findings:
            assert PLACE.match(str(finding)), (finding, content)
            assert finding.line <= lines, (finding, content)
    return worst


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_thousand_damaged_files() -> None:
    worst = run(FILES)
    assert worst.read + worst.refused == FILES
    assert worst.refused > FILES // 2
    assert worst.read > FILES // 50, "some mutants are still sessions: the mutators are not too rough"
    assert worst.seconds < MAX_SECONDS


def test_some_damaged_files() -> None:
    worst = run(200)
    assert worst.read
    assert worst.refused


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_damaged_files_take_little_memory() -> None:
    peak = 0
    tracemalloc.start()
    try:
        for content in mutants(500, seed=2):
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            read_one(content)
            peak = max(peak, tracemalloc.get_traced_memory()[1] - before)
    finally:
        tracemalloc.stop()
    assert peak < MAX_BYTES


@pytest.mark.slow
def test_damaged_files_that_can_be_read_can_be_written() -> None:
    for content in mutants(400, seed=3):
        outcome = read_one(content)
        if isinstance(outcome, Session):
            assert read_session(write_session(outcome), "x", CATALOGUE) == outcome
