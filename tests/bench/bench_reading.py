"""Measure the reading of session files: one, a library of a thousand, the catalogue, damaged files and bombs.

    python -m tests.bench.bench_reading

Prints one line for each figure. Takes about a minute.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.definition.test_parser import EXAMPLE
from tests.faults.test_format_bombs import BOMBS
from tests.faults.test_format_mutated import mutants, read_one
from timer_app.definition.library import Library
from timer_app.definition.parser import check_session, read_document
from timer_app.definition.serializer import write_session
from timer_app.exercises.catalogue import load_catalogue
from timer_app.paths import assets, shipped_sessions

CATALOGUE = load_catalogue(assets() / "exercises").catalogue
SIXTY = EXAMPLE + "".join(f"  - rest: {number}s\n" for number in range(10, 10 + 60 - EXAMPLE.count("\n")))


def main() -> None:
    """Print all figures."""
    tell(f"read a file of {SIXTY.count(chr(10))} lines", lambda: read_document(SIXTY, "x", CATALOGUE), 50)
    session = read_document(SIXTY, "x", None).session
    if session is not None:
        tell("write it anew", lambda: write_session(session), 20)
    tell("import the reader", lambda: importing("timer_app.definition.parser"), 5)
    with tempfile.TemporaryDirectory(prefix="bench-reading-") as folder:
        measure_library(Path(folder))
        index = Path(folder) / "exercises.json"
        tell(f"load {len(CATALOGUE)} exercises, cold", lambda: load_catalogue(assets() / "exercises"), 3)
        load_catalogue(assets() / "exercises", None, index)
        tell(
            f"load {len(CATALOGUE)} exercises through the index",
            lambda: load_catalogue(assets() / "exercises", None, index),
            20,
        )
    measure_mutants(10_000)
    measure_bombs()


def measure_library(folder: Path) -> None:
    """Print what a thousand files of one's own cost."""
    own, index = folder / "own", folder / "library.json"
    own.mkdir()
    for number in range(1_000):
        text = SIXTY.replace("name: Runner core", f"name: Runner core {number}")
        (own / f"runner-core-{number}.session.yaml").write_text(text, encoding="utf-8")

    def start() -> Library:
        library = Library(shipped_sessions(), own, CATALOGUE, index)
        library.refresh()
        return library

    tell("list 1,000 files, cold", start, 1)
    tell("list 1,000 files through the index", start, 10)
    library = start()
    tell("look at 1,000 files again", library.refresh, 20)
    print(f"index of 1,000 files: {index.stat().st_size / 1024:.0f} KiB")


def measure_mutants(count: int) -> None:
    """Print the worst time and memory over damaged files."""
    times = [_seconds(partial(read_one, content)) for content in mutants(count)]
    print(f"{count} damaged files: median {statistics.median(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms")
    peak = 0
    tracemalloc.start()
    for content in mutants(1_000, seed=2):
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        read_one(content)
        peak = max(peak, tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    print(f"1,000 damaged files: at most {peak / 1024 / 1024:.1f} MiB")


def measure_bombs() -> None:
    """Print how long the slowest of the hostile texts takes."""
    times = {}
    for name, text in BOMBS.items():
        times[name] = min(_seconds(partial(check_session, text, "x", CATALOGUE)) for _number in range(3))
    slowest = sorted(times.items(), key=lambda item: -item[1])[:3]
    told = ", ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in slowest)
    print(f"{len(BOMBS)} bombs, the slowest: {told}")


def _seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    began = perf_counter()
    call()
    return perf_counter() - began


def importing(module: str) -> None:
    """Import a module in a Python of its own."""
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True, timeout=60)


def tell(what: str, call: Callable[[], object], times: int) -> None:
    """Print the median of some calls in milliseconds."""
    taken = [_seconds(call) * 1000 for _number in range(times)]
    print(f"{what}: {statistics.median(taken):.1f} ms")


if __name__ == "__main__":
    main()
