"""A voice's process of the same protocol, which breaks on purpose.

The first argument says how, the second is a file whose size counts the starts, the third the chance's seed.
"""

from __future__ import annotations

import json
import os
import random
import struct
import sys
import threading
import wave
from pathlib import Path


def main() -> None:
    how, starts, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    with starts.open("ab") as count:
        count.write(b".")
    start = starts.stat().st_size
    chance = random.Random(f"{seed} {start}")
    if how == "missing":
        say({"ready": False, "error": "RuntimeError: libespeak-ng.so.1 is not there"})
        sys.exit(1)
    if how == "mute":
        hang()
    say({"ready": True, "driver": "espeak"})
    for line in sys.stdin:
        job = json.loads(line)
        if job["do"] == "voices":
            language = "de" if how == "speaks German" else "en"
            say({"id": job["id"], "voices": [{"id": "only", "name": "Only one", "languages": [language]}]})
        elif how == "refuses" or (how == "refuses the first" and job["id"] == 2):
            say({"id": job["id"], "error": "RuntimeError: the engine wrote no file"})
        elif how == "writes rubbish":
            Path(job["file"]).write_bytes(b"FORM....AIFF")
            say({"id": job["id"]})
        else:
            breaking(how, chance, once=start == 1)
            render(job["file"])
            say({"id": job["id"]})


def breaking(how: str, chance: random.Random, *, once: bool) -> None:
    """Break in the way asked for: always, now and then, or in the first process alone."""
    if how == "dies" or (how == "dies once" and once) or (how == "dies at times" and chance.random() < 0.3):
        os.kill(os.getpid(), 9)
    if how == "hangs" or (how == "hangs once" and once):
        hang()
    if how == "babbles":
        sys.stdout.write(chance.choice(["Audio saved", "{", "[]", "null", '{"id": 99}', "\x00\x01", '"ready"']) + "\n")
        sys.stdout.flush()
        hang()
    if how == "slow":
        threading.Event().wait(0.05)


def render(file: str) -> None:
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(22_050)
        out.writeframes(struct.pack("<4h", 0, 9_000, 0, -9_000) * 1_000)


def hang() -> None:
    threading.Event().wait()


def say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
