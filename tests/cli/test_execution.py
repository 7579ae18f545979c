"""Each command has a module of its own, and none is left over."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from timer_app.cli import commands
from timer_app.cli.execution import module_name
from timer_app.cli.parser import COMMANDS, parse

ARGUMENTS = {
    "show": ["x"],
    "run": ["x", "--no-window"],
    "check": ["x"],
    "new": ["x"],
    "import": ["x"],
    "export": ["x", "--sound", "x.wav"],
}
SHEET = ["exercises", "--sheet", "x.png"]


def test_every_module_runs_a_command() -> None:
    names = {module_name(parse([command, *ARGUMENTS.get(command, [])])) for command in COMMANDS}
    names.add(module_name(parse(SHEET)))
    files = Path(commands.__path__[0]).glob("*_command.py")
    assert {f"{name}_command" for name in names} == {file.stem for file in files}
    assert all(callable(import_module(f"timer_app.cli.commands.{name}_command").run) for name in names)


@pytest.mark.parametrize("arguments", [[], ["open"], ["run", "x"], ["run", "--last"]])
def test_the_window_opens(arguments: list[str]) -> None:
    assert module_name(parse(arguments) if arguments else None) == "open"
