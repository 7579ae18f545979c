"""The argument parser of `timer-app`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from timer_app import __version__
from timer_app.i18n import _

COMMANDS = ("open", "list", "show", "run", "check", "new", "schema", "import", "export", "exercises", "history")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse the arguments; prints help or an error, and exits as argparse does (0 or 2)."""
    parser = build_parser()
    return parser.parse_args(_with_command(arguments))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="timer-app",
        description=_("Follow a timed session by a countdown and a voice that ends on its mark."),
        epilog=_(
            "With no command, the window opens. A session is called by its file's name without the ending "
            "(planks-by-the-minute), by its title, or by the path of its file.\n\n"
            "Try:\n"
            "  timer-app list\n"
            "  timer-app show planks-by-the-minute\n"
            "  timer-app run planks-by-the-minute --no-window\n"
            "  timer-app history"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    # Python 3.14 would colour the help, and what is printed may hold no escapes.
    parser.color = False  # type: ignore[attr-defined]
    parser.add_argument("--version", action="version", version=f"timer-app {__version__}")
    _add_data_dir(parser, None)
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"))
    for add in (_open, _list, _show, _run, _check, _new, _schema, _import, _export, _exercises, _history):
        add(commands)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for what add_subparsers returns


def _command(commands: _Commands[argparse.ArgumentParser], name: str, summary: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=summary)
    _add_data_dir(parser, argparse.SUPPRESS)
    return parser


def _add_data_dir(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=default,
        metavar=_("DIR"),
        help=_("keep sessions, history, settings and cache in DIR instead of the usual folders"),
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print one JSON document, for other programs"))


def _add_session(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("session", metavar=_("NAME|FILE"), help=_("a session's name, title or file"))


def _open(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "open", _("open the window, and show a session in it"))
    parser.add_argument(
        "session",
        nargs="*",
        metavar=_("NAME|FILE"),
        help=_("a session's name, title or file; several files are looked through, to be copied in"),
    )


def _list(commands: _Commands[argparse.ArgumentParser]) -> None:
    _add_json(_command(commands, "list", _("list all sessions with their lengths")))


def _show(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "show", _("print what will happen in a session, interval by interval"))
    _add_session(parser)
    parser.add_argument("--script", action="store_true", help=_("add everything that is said, and when"))
    _add_json(parser)


def _run(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "run", _("run a session, in the window or in this terminal"))
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("session", nargs="?", metavar=_("NAME|FILE"), help=_("a session's name, title or file"))
    which.add_argument("--last", action="store_true", help=_("run the session that you began last"))
    parser.add_argument(
        "--no-window",
        action="store_true",
        help=_("run it in this terminal: space pauses, n and p go on and back, + adds ten seconds, q stops"),
    )
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar=_("N"),
        help=_("run it N times as fast, without sound, to try it (0.1 to 1000)"),
    )


def _check(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "check", _("tell what is wrong in session files, line by line"))
    parser.add_argument("files", nargs="+", type=Path, metavar=_("FILE"))
    _add_json(parser)


def _new(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "new", _("write a starter file for a session of your own"))
    parser.add_argument("name", metavar=_("NAME"), help=_("the session's title, such as 'Back on Sunday'"))


def _schema(commands: _Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "schema", _("print the JSON Schema of session files, for text editors"))


def _import(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(
        commands, "import", _("look through a session file, a zip of them, or another timer's file, and copy it in")
    )
    parser.add_argument("file", type=Path, metavar=_("FILE"))
    parser.add_argument("--yes", action="store_true", help=_("copy it in without asking"))


def _export(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "export", _("write a session as a sound file"))
    _add_session(parser)
    parser.add_argument(
        "--sound", type=Path, required=True, metavar=_("FILE"), help=_("the file to write, ending in .mp3 or .wav")
    )
    parser.add_argument(
        "--open-seconds",
        type=_open_seconds,
        default=60,
        metavar=_("N"),
        help=_("how long steps that wait for you take in the file, in seconds (60)"),
    )


def _exercises(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "exercises", _("list the exercises by what they train, or tell one in full"))
    parser.add_argument("name", nargs="?", metavar=_("NAME"), help=_("an exercise's id or name"))
    _add_json(parser)
    parser.add_argument(
        "--sheet", type=Path, metavar=_("FILE"), help=_("draw them all in one picture instead, a .png file")
    )


def _history(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = _command(commands, "history", _("look back at what was done, take it elsewhere, bring it in"))
    actions = parser.add_subparsers(dest="action", metavar=_("ACTION"))
    listed = _command(actions, "list", _("list the runs, newest first"))
    stats = _command(actions, "stats", _("add up days, minutes and exercises, and set back comfort beside them"))
    for each in (parser, listed, stats):
        default = False if each is parser else argparse.SUPPRESS
        each.add_argument(
            "--json", action="store_true", default=default, help=_("print one JSON document, for other programs")
        )
    _history_files(actions)


def _history_files(actions: _Commands[argparse.ArgumentParser]) -> None:
    export = _command(actions, "export", _("write the history into files for other programs"))
    for option, to, summary in (
        ("--csv", "csv", _("a table with one row for each run")),
        ("--intervals", "intervals", _("a table (CSV) with one row for each interval")),
        ("--json", "json_file", _("everything, to be imported on another computer")),
        ("--ics", "ics", _("a calendar with one event for each run")),
    ):
        export.add_argument(option, dest=to, type=Path, metavar=_("FILE"), help=summary)
    for action, summary in (
        ("import", _("bring in a history in JSON, or another computer's history file; doing it twice changes nothing")),
        ("backup", _("write the whole history into one file")),
        ("restore", _("bring back what is in a backup, also what was deleted since; nothing that is there is lost")),
    ):
        command = _command(actions, action, summary)
        command.add_argument("file", type=Path, metavar=_("FILE"))
        if action == "restore":
            command.add_argument(
                "--replace",
                action="store_true",
                help=_("put it in place of all that is there, which is kept as a file of its own"),
            )
    _command(actions, "new", _("begin a new history where the old one is gone; nothing is done to one that is there"))
    check = _command(actions, "check", _("look the history through from end to end, and change nothing"))
    check.add_argument("file", nargs="?", type=Path, metavar=_("FILE"), help=_("a backup instead"))


def _speed(text: str) -> float:
    value = float(text)
    if not 0.1 <= value <= 1000:
        raise argparse.ArgumentTypeError(_("the speed goes from 0.1 to 1000"))
    return value


def _open_seconds(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 14_400:
        raise argparse.ArgumentTypeError(_("the length goes from 1 to 14400 seconds"))
    return value


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Insert `open` before a session file without a command, as from a double click."""
    arguments = list(arguments)
    index = 0
    while index < len(arguments) and arguments[index].startswith("-"):
        index += 2 if arguments[index] == "--data-dir" else 1
    if index < len(arguments) and arguments[index] not in COMMANDS and arguments[index].endswith((".yaml", ".yml")):
        arguments.insert(index, "open")
    return arguments
