"""The manual page: it tells of every command and option, and roff finds nothing wrong with it."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from command_tree import Command, read_commands
from manual import manual

PROGRAM = read_commands()
PAGE = manual(PROGRAM, "1.2.3", date(2026, 5, 6))


def test_it_begins_as_a_manual_page_does() -> None:
    head, name, line = PAGE.splitlines()[:3]
    assert head == '.TH TIMER\\-APP 1 "2026\\-05\\-06" "Guided Session Timer 1.2.3" "User Commands"'
    assert name == ".SH NAME"
    assert line.startswith("timer\\-app \\- ")


@pytest.mark.parametrize("command", list(PROGRAM.walk()), ids=lambda command: command.name or "timer-app")
def test_every_command_is_told_with_its_options(command: Command) -> None:
    part = section(command)
    for option in command.options:
        if not command.words or not {"--help", "--data-dir"} & set(option.flags):
            for flag in option.flags:
                assert "\\fB" + flag.replace("-", "\\-") + "\\fR" in part
    for value in command.values:
        assert f"\\fI{value.metavar}\\fR" in part
    assert not command.words or command.summary[1:].replace("-", "\\-") in part


def section(command: Command) -> str:
    """Return the part of the page that tells of one command."""
    if not command.words:
        return PAGE.partition(".SH OPTIONS")[2].partition(".SH")[0]
    begin = f'.SS "{command.name}"'
    assert PAGE.count(begin) == 1
    return re.split(r"^\.S[SH] ", PAGE.partition(begin)[2], flags=re.MULTILINE)[0]


@pytest.mark.parametrize(
    "command",
    [["groff", "-man", "-Tutf8", "-ww", "-z"], ["man", "--warnings", "-E", "UTF-8", "-l"]],
    ids=["groff", "man"],
)
def test_roff_finds_nothing_wrong_with_it(command: Sequence[str], tmp_path: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    page = tmp_path / "timer-app.1"
    page.write_text(PAGE, encoding="utf-8")
    ours = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANPAGER": "cat"}
    done = subprocess.run([*command, page], env=ours, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""


def test_what_the_words_hold_is_printed_and_not_obeyed() -> None:
    summary = ".so /etc/passwd \\fBnot bold\\fR -"
    command = Command(("odd",), summary, (), (), ())
    page = manual(Command((), "", (), (), (command,)), "1", date(2026, 5, 6))
    assert "\\&.so /etc/passwd \\efBnot bold\\efR \\-." in page.splitlines()
