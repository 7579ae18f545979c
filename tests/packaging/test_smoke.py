"""The smoke test, tried on this checkout's own program, and on programs that are not it."""

import shutil
import sys
from pathlib import Path

import pytest
import smoke_test

TRIALS = [trial.__name__.replace("_", " ") for trial in smoke_test.TRIALS]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_this_checkout_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.main([sys.executable, "-m", "timer_app"]) == 0, capsys.readouterr().out
    lines = capsys.readouterr().out.splitlines()
    assert [line[8:18].rstrip() for line in lines] == TRIALS
    assert all(line.startswith("ok  ") for line in lines)


@pytest.mark.parametrize("command", [["no-such-program-at-all"], [sys.executable, "-c", "print('timer-app')"]])
def test_what_is_not_the_program_fails_in_everything(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.main(command) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:18].rstrip() for line in lines] == [f"FAILED  {name}" for name in TRIALS]


def test_a_line_that_is_not_there_is_not_heard() -> None:
    rate = 1000
    loud, silent = [2000, -2000] * 250, [0] * 500
    samples = [*silent, *loud, *silent]
    assert smoke_test.level(samples, rate, 0.5, 1.0) == 2000
    assert smoke_test.level(samples, rate, 0.0, 0.5) == 0
    assert smoke_test.level(samples, rate, 3.0, 4.0) == 0


def test_silence_is_looked_for_between_sounds_that_are_apart() -> None:
    script = [{"start": 0.0, "seconds": 1.0}, {"start": 1.1, "seconds": 0.4}, {"start": 3.0, "seconds": 1.0}]
    assert smoke_test.gaps(script) == [(1.5, 3.0)]


def test_it_stands_on_the_standard_library_alone() -> None:
    text = Path(smoke_test.__file__).read_text(encoding="utf-8")
    modules = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert modules <= sys.stdlib_module_names
