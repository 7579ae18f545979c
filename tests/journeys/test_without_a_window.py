"""A session in the terminal with the real voice: what is heard is what was worked out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import RecordingSpeaker
from timer_app.cli.run_display import DeferredProblems, follow
from timer_app.clock import ManualClock
from timer_app.conductor.prerender import prerender
from timer_app.conductor.snapshot import Status
from timer_app.conductor.start_run import PlaybackServices, conduct, plan_run
from timer_app.context import AppContext
from timer_app.paths import user_paths
from timer_app.problems import Problem
from timer_app.timeline.cue_lines import LineKind
from timer_app.timeline.intervals import IntervalKind

SHORT = """format: 1
name: Short
setup: 4s
steps:
  - {name: Hold still, hold: 3s, sets: 2, rest: 2s}
"""


class PassingTime:
    """Nobody at the keys; time goes on while they are waited for."""

    available = False

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def wait(self, seconds: float) -> str:
        self._clock.advance(max(1, round(seconds * 1000)))
        return ""


@pytest.mark.parametrize("name", ["planks-by-the-minute", "superman-tens", "knee-to-chest-holds"])
def test_the_clips_of_every_cue_are_rendered_and_placed(name: str, tmp_path: Path) -> None:
    clock = ManualClock()
    troubles: list[Problem] = []
    context = AppContext(user_paths(tmp_path), clock, troubles.append)
    try:
        wanted = plan_run(context.session(name), context.catalogue)
        plan = prerender(
            wanted.timeline,
            catalogue=context.catalogue,
            settings=context.current_settings,
            voice=context.voice,
            progress=lambda _there, _wanted: None,
        )
        speaker = RecordingSpeaker()
        playback = PlaybackServices(clock, context.catalogue, context.voice, speaker, context.journal)
        conductor = conduct(wanted, playback, context.current_settings)
        assert (
            follow(
                conductor, PassingTime(clock), io.StringIO(), rewrite=False, deferred=DeferredProblems(troubles.append)
            )
            is Status.COMPLETED
        )

        starts = [*(interval.start for interval in wanted.timeline.intervals), wanted.timeline.total]
        due = [(starts[sound.interval] + sound.offset, sound.words, sound.tone) for sound in plan.sounds]
        assert [(cue.at, cue.words, cue.tone) for cue in sorted(speaker.ever, key=lambda cue: cue.at)] == due
        assert {sound.kind for sound in plan.sounds} >= {LineKind.NEXT, LineKind.COUNT, LineKind.GO, LineKind.END}
        for sound in plan.sounds:
            if sound.words is not None:
                clip = context.voice.clip(sound.words)
                assert clip is not None, sound.words
                assert sound.length - 1 <= len(clip) / 96 <= sound.length, sound.words
        spoken = {sound.words for sound in plan.sounds}
        assert {"three", "two", "one"} <= spoken
        assert any(word and word.startswith("Next:") for word in spoken)
        assert context.journal.flush(10)
        assert [done.kind for done in context.history.run(conductor.run_id).intervals] == [
            interval.kind for interval in wanted.timeline.intervals
        ]
        assert troubles == []
    finally:
        context.close()


def test_the_program_itself_runs_a_session_in_real_time(tmp_path: Path) -> None:
    file = tmp_path / "short.session.yaml"
    file.write_text(SHORT)
    data = tmp_path / "data"
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-W", "error", "-m", "timer_app", "--data-dir", str(data)]
    run = subprocess.run(
        [*command, "run", str(file), "--no-window"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        "0:04 · Get ready · Hold still 1/2",
        "0:03 · Work · Hold still 1/2 · next: Rest",
        "0:02 · Rest · next: Hold still 2/2",
        "0:03 · Work · Hold still 2/2",
        "Complete: 0:12. Well done.",
    ]
    listed = subprocess.run(
        [*command, "history", "list", "--json"], capture_output=True, text=True, timeout=60, check=True
    )
    (done,) = json.loads(listed.stdout)
    assert (done["session"], done["outcome"], done["actual_seconds"]) == ("Short", "completed", 12)
    assert [interval["kind"] for interval in done["intervals"]] == [
        IntervalKind.SETUP,
        IntervalKind.WORK,
        IntervalKind.REST,
        IntervalKind.WORK,
    ]
    assert any((data / "cache" / "clips").rglob("*")), "the voice kept its clips"
