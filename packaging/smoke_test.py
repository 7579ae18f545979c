#!/usr/bin/env python3
"""Try a program that is installed or frozen, as a person would, and print one line for each thing.

Called as `smoke_test.py PROGRAM…`, where PROGRAM is a path or a command, such as `timer-app` or
`.venv/bin/python -m timer_app`. Everything is kept in a folder that is thrown away. Standard library only, so that it
runs wherever a Python does. Exit code: 0 when all went well.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
import wave
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SESSION = """\
format: 1
name: Smoke
setup: 4s
steps:
  - {name: Hold still, hold: 3s, sets: 2, rest: 2s}
"""
BROKEN = SESSION.replace("3s", "soon")

LOUD = 300.0
"""The least level of a spoken line, as the root mean square of 16-bit samples: 1 % of full scale, far above silence."""

QUIET = 30.0
"""The highest level where nothing is said: 0.1 % of full scale."""

MARGIN = 0.05
"""How far from a line's edges it is looked for, and silence from its neighbours', in seconds."""


class Failure(Exception):  # noqa: N818 - it is one line of the report
    """Something is not as it should be; the text says what."""


@dataclass(frozen=True, slots=True)
class Program:
    """The program to try, with the folder for all that it keeps."""

    command: tuple[str, ...]
    folder: Path

    def run(self, *args: str, data: str = "data", expected: int = 0) -> str:
        """Run it and return what it printed. Raises Failure when it ends otherwise than expected, or not at all."""
        command = [*self.command, "--data-dir", str(self.folder / data), *args]
        try:
            done = subprocess.run(
                command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=120, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Failure(str(error)) from error
        if done.returncode != expected:
            raise Failure(f"{' '.join(args)} ended with {done.returncode}: {(done.stderr or done.stdout).strip()}")
        return done.stdout

    def file(self, name: str, text: str) -> Path:
        """Write a file into the folder and return it."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


def version(program: Program) -> str:
    """See that the program says its version."""
    said = program.run("--version").strip()
    return said if re.fullmatch(r"timer-app \d+\.\d+\.\d+\S*", said) else fail(f"it said {said!r}")


def sessions(program: Program) -> str:
    """See that the sessions that it brings are all found, and sound."""
    found = json.loads(program.run("list", "--json"))
    expect("planks-by-the-minute" in {entry["session"] for entry in found}, "planks-by-the-minute is not among them")
    expect(not any(entry["problems"] for entry in found), "some have problems")
    exercises = json.loads(program.run("exercises", "--json"))
    return f"{len(found)} sessions, {len(exercises)} exercises"


def check(program: Program) -> str:
    """See that a good file passes, and that a broken one is told with its line."""
    program.run("check", str(program.file("good.session.yaml", SESSION)))
    told = program.run("check", str(program.file("broken.session.yaml", BROKEN)), expected=1)
    expect(":5:" in told, f"the line is not named: {told.strip()}")
    return told.strip().rpartition(": ")[2]


def silent_run(program: Program) -> str:
    """See that a session runs through in a hurry, and is in the history, interval by interval."""
    end = program.run("run", "planks-by-the-minute", "--no-window", "--speed", "60").strip().splitlines()[-1]
    (run,) = json.loads(program.run("history", "list", "--json"))
    expect(run["outcome"] == "completed", f"the history says {run['outcome']}")
    return f"{end} ({len(run['intervals'])} intervals in the history)"


def voiced_run(program: Program) -> str:
    """See that a session runs in real time, and that what is said in it was rendered."""
    start = time.monotonic()
    program.run("run", str(program.file("good.session.yaml", SESSION)), "--no-window")
    took = time.monotonic() - start
    clips = sum(path.is_file() for path in (program.folder / "data" / "cache" / "clips").rglob("*"))
    expect(clips > 5, f"only {clips} spoken lines were rendered: is a voice installed, such as espeak-ng?")
    expect(took >= 12, f"its twelve seconds took {took:.1f}")
    return f"{took:.1f} s, {clips} lines rendered"


def sound_file(program: Program) -> str:
    """See that a sound file holds every spoken line in its place, and silence in between."""
    session = str(program.file("good.session.yaml", SESSION))
    script = json.loads(program.run("show", session, "--script", "--json"))["sounds"]
    file = program.folder / "sound.wav"
    program.run("export", session, "--sound", str(file))
    lines = [sound for sound in script if sound["words"]]
    expect(len(lines) >= 8, f"only {len(lines)} lines are spoken: is a voice installed, such as espeak-ng?")
    with wave.open(str(file)) as sound:
        rate, samples = sound.getframerate(), array("h", sound.readframes(sound.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    levels = [level(samples, rate, each["start"], each["start"] + each["seconds"]) for each in lines]
    unheard = [each["words"] for each, heard in zip(lines, levels, strict=True) if heard < LOUD]
    expect(not unheard, f"nothing is heard of: {', '.join(unheard)}")
    noise = max(level(samples, rate, *gap) for gap in gaps(script))
    expect(noise < QUIET, f"where nothing is said the level is {noise:.0f}")
    return f"{len(lines)} lines heard, the softest at {min(levels):.0f}, silence at {noise:.0f}"


def gaps(script: Sequence[dict[str, Any]]) -> list[tuple[float, float]]:
    """Return the spans between sounds, in seconds, that are long enough to be looked at."""
    ends = [sound["start"] + sound["seconds"] for sound in script]
    spans = zip(ends, [sound["start"] for sound in script[1:]], strict=False)
    return [(end, start) for end, start in spans if start - end > 4 * MARGIN]


def level(samples: Sequence[int], rate: int, start: float, end: float) -> float:
    """Return how loud a span of mono samples is, in seconds from the beginning, without its edges."""
    span = samples[round((start + MARGIN) * rate) : round((end - MARGIN) * rate)]
    return math.sqrt(sum(sample * sample for sample in span) / len(span)) if span else 0.0


def history(program: Program) -> str:
    """See that what was done goes out, and comes in elsewhere, by both ways, and once although it is done twice."""
    kept = runs(program, "data")
    expect(len(kept) == 2, f"{len(kept)} runs are there, and two were made")
    document, backup = str(program.folder / "history.json"), str(program.folder / "backup.sqlite")
    program.run("history", "export", "--json", document)
    program.run("history", "backup", backup)
    program.run("history", "check", backup)
    for way, file in (("import", document), ("restore", backup)):
        for _again in range(2):
            program.run("history", way, file, data=way)
        expect(runs(program, way) == kept, f"after {way} it is not the same")
    return f"{len(kept)} runs by import and by restore"


def runs(program: Program, data: str) -> list[dict[str, Any]]:
    """Return the runs of the history in a folder, in an order that is everywhere the same."""
    listed = json.loads(program.run("history", "list", "--json", data=data))
    return sorted(listed, key=lambda run: json.dumps(run, sort_keys=True))


TRIALS: tuple[Callable[[Program], str], ...] = (
    version,
    sessions,
    check,
    silent_run,
    voiced_run,
    sound_file,
    history,
)


def expect(holds: object, otherwise: str) -> None:
    """Raise Failure with what is otherwise, unless it holds."""
    if not holds:
        fail(otherwise)


def fail(what: str) -> str:
    """Raise Failure."""
    raise Failure(what)


def main(command: Sequence[str]) -> int:
    """Try everything, whatever failed before, and print one line for each."""
    if not command or command[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if command else 2
    failed = 0
    with tempfile.TemporaryDirectory(prefix="smoke-test-", ignore_cleanup_errors=True) as folder:
        program = Program(tuple(command), Path(folder))
        for trial in TRIALS:
            try:
                said, verdict = trial(program), "ok"
            except (Failure, ValueError, KeyError, OSError, EOFError) as error:
                said, verdict, failed = f"{error}", "FAILED", failed + 1
            print(f"{verdict:6}  {trial.__name__.replace('_', ' '):10}  {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if os.name == "nt":
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # the console's own may lack our signs
    sys.exit(main(sys.argv[1:]))
