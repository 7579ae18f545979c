"""The command line as a tree of plain values, read from the program's own parser: for the manual and completions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script, only this folder is on it

from timer_app.cli.parser import build_parser


class Kind(StrEnum):
    """What a value is, and so what can be offered for it."""

    FILE = "file"
    FOLDER = "folder"
    SESSION = "session"
    EXERCISE = "exercise"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Value:
    """Something that is typed after a command or an option; `metavar` stands for it in the help."""

    metavar: str
    kind: Kind
    help: str = ""
    optional: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """Something that begins with a hyphen; `value` is what has to follow it."""

    flags: tuple[str, ...]
    help: str
    value: Value | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """The program itself, or one of the words that say what it is to do, with all that may follow."""

    words: tuple[str, ...]
    summary: str
    options: tuple[Option, ...]
    values: tuple[Value, ...]
    commands: tuple[Command, ...]

    @property
    def name(self) -> str:
        """The words that are typed after the program's name."""
        return " ".join(self.words)

    def walk(self) -> Iterator[Command]:
        """Return this command and all below it."""
        yield self
        for command in self.commands:
            yield from command.walk()


def read_commands() -> Command:
    """Return the whole command line."""
    return _read(build_parser(), ())


def _read(parser: argparse.ArgumentParser, words: tuple[str, ...]) -> Command:
    options: list[Option] = []
    values: list[Value] = []
    commands: list[Command] = []
    for action in parser._actions:  # noqa: SLF001 - argparse tells in no other way what it was given
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            commands += [_read(below, (*words, name)) for name, below in action.choices.items()]
        elif action.option_strings:
            value = None if action.nargs == 0 else _value(action, words)
            options.append(Option(tuple(action.option_strings), _help(action), value, action.required))
        else:
            values.append(_value(action, words))
    return Command(words, parser.description or "", tuple(options), tuple(values), tuple(commands))


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%%", "%")


def _value(action: argparse.Action, words: tuple[str, ...]) -> Value:
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    optional, repeats = action.nargs in ("?", "*"), action.nargs in ("+", "*")
    return Value(metavar, _kind(metavar, words), _help(action), optional, repeats)


def _kind(metavar: str, words: tuple[str, ...]) -> Kind:
    if metavar == "NAME":
        return Kind.EXERCISE if words == ("exercises",) else Kind.ANYTHING
    kinds = {"FILE": Kind.FILE, "DIR": Kind.FOLDER, "NAME|FILE": Kind.SESSION, "N": Kind.ANYTHING}
    return kinds[metavar]  # a KeyError here asks what can be offered for a new one
