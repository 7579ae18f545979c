"""The completions, each in its own shell: a real one where it is installed."""

import os
import pty
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from command_tree import Command, read_commands
from completions import COMPLETIONS, bash, fish, zsh

from tests.pseudo_terminal import skip_without_pty

PROGRAM = read_commands()
TOP = {command.words[-1] for command in PROGRAM.commands}

Complete = Callable[[Sequence[str]], set[str]]


class Desk:
    """A folder with a session file in it, and a program that knows two sessions and an exercise and notes its words."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        programs = folder / "programs"
        programs.mkdir()
        program = programs / "timer-app"
        program.write_text(
            "#!/bin/sh\n"
            'case "$*" in\n'
            '"list --json") printf \'    "session": "%s",\\n\' planks-by-the-minute big-three "\\$(touch hacked)" ;;\n'
            '"exercises --json") printf \'    "exercise": "plank",\\n\' ;;\n'
            f'*) printf "%s|" "$@" >> {self.notes}; echo >> {self.notes} ;;\n'
            "esac\n"
        )
        program.chmod(0o755)
        (folder / "my.session.yaml").touch()
        (folder / "my.zip").touch()
        self.environment = {
            "PATH": f"{programs}:/usr/bin:/bin",
            "HOME": str(folder),
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *command: str) -> set[str]:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stderr == ""
        return set(done.stdout.splitlines())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def written(desk: Desk, shell: str, text: str) -> Path:
    """Return the file with a completion; the test is skipped where there is no such shell."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    file = desk.folder / "programs" / ("_timer-app" if shell == "zsh" else f"{shell}-completion")
    file.write_text(text, encoding="utf-8")
    return file


BASH = """
source "$1"; shift
compopt() { :; }  # there is no line that is being completed
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_timer_app
(( ${#COMPREPLY[@]} )) && printf '%s\\n' "${COMPREPLY[@]}"
true
"""


@pytest.fixture
def in_bash(desk: Desk) -> Complete:
    file = written(desk, "bash", bash(PROGRAM))
    return lambda words: desk.run("bash", "-c", BASH, "bash", str(file), "timer-app", *words)


@pytest.fixture
def in_fish(desk: Desk) -> Complete:
    file = written(desk, "fish", fish(PROGRAM))
    line = 'source $argv[1]; complete -C "timer-app $argv[2]"'

    def complete(words: Sequence[str]) -> set[str]:
        told = desk.run("fish", "--no-config", "-c", line, str(file), " ".join(words))
        return {row.partition("\t")[0] for row in told}

    return complete


CASES: Sequence[tuple[str, set[str]]] = (
    ("", TOP),
    ("e", {"export", "exercises"}),
    ("history|", {"list", "stats", "export", "import", "backup", "restore", "new", "check"}),
    ("run|pl", {"planks-by-the-minute"}),
    ("show|--json|big", {"big-three"}),
    ("export|--sound|x.mp3|big", {"big-three"}),
    ("--data-dir|somewhere|run|pl", {"planks-by-the-minute"}),
    ("show|my", {"my.session.yaml"}),
    ("my", {"my.session.yaml"}),
    ("exercises|pl", {"plank"}),
    ("check|my.session.yaml|my.s", {"my.session.yaml"}),
    ("import|my", {"my.session.yaml", "my.zip"}),
    ("history|import|my.z", {"my.zip"}),
    ("history|export|--json|my.z", {"my.zip"}),
    ("history|list|--j", {"--json"}),
    ("run|--s", {"--speed"}),
    ("--v", {"--version"}),
    ("new|my", set()),
    ("list|pl", set()),
)


@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_bash_offers_what_can_follow(in_bash: Complete, typed: str, offered: set[str]) -> None:
    assert in_bash(typed.split("|")) == offered


@pytest.mark.parametrize(("typed", "offered"), CASES)
def test_fish_offers_what_can_follow(in_fish: Complete, typed: str, offered: set[str]) -> None:
    assert in_fish(typed.split("|")) == offered


def test_bash_takes_an_equals_sign_as_the_break_that_it_is_there(in_bash: Complete) -> None:
    assert in_bash(["--data-dir", "=", "prog"]) == {"programs"}
    assert in_bash(["--data-dir", "=", "programs", "run", "pl"]) == {"planks-by-the-minute"}


def test_a_sessions_name_is_never_obeyed(in_bash: Complete, in_fish: Complete, desk: Desk) -> None:
    assert "$(touch hacked)" in in_bash(["run", ""])
    in_fish(["run", ""])
    assert not (desk.folder / "hacked").exists()


@pytest.mark.parametrize("command", list(PROGRAM.walk()), ids=lambda command: command.name or "timer-app")
def test_every_option_and_sub_command_is_offered(in_bash: Complete, in_fish: Complete, command: Command) -> None:
    flags = {flag for option in command.options for flag in option.flags}
    assert in_bash([*command.words, "-"]) == flags
    assert in_fish([*command.words, "--"]) == {flag for flag in flags if flag.startswith("--")}
    below = {one.words[-1] for one in command.commands}
    if below:
        assert in_bash([*command.words, ""]) == in_fish([*command.words, ""]) == below


@pytest.mark.parametrize("command", list(PROGRAM.walk()), ids=lambda command: command.name or "timer-app")
def test_zsh_knows_every_option_and_sub_command(command: Command) -> None:
    text = zsh(PROGRAM)
    begin = "_".join(("_timer_app", *command.words)) + "() {\n"
    assert text.count(f"\n{begin}") == 1
    body = text.partition(begin)[2].partition("\n}\n")[0]
    for option in command.options:
        assert all(flag in body for flag in option.flags)
    for below in command.commands:
        assert f"'{below.words[-1]}:" in body


TYPED = """\
timer-app hist\tli\t--js\t
timer-app run pla\t--no\t
timer-app exercises pl\t
timer-app show my.s\t
timer-app my.s\t
timer-app history export --js\tmy.z\t
timer-app import two\t
exit
"""

SHELLS = {
    "zsh": (zsh, ["zsh", "-f", "-i"], "fpath=(programs $fpath); autoload -U compinit; compinit -u -D\n"),
    "bash": (bash, ["bash", "--norc", "--noprofile", "-i"], "source programs/bash-completion\n"),
}


@pytest.mark.parametrize("name", SHELLS)
def test_what_is_typed_is_completed(desk: Desk, name: str) -> None:
    """An interactive shell, with the tabulator key typed on a terminal; the program notes what it was called with."""
    skip_without_pty()
    completion, command, first = SHELLS[name]
    written(desk, name, completion(PROGRAM))
    (desk.folder / "two words.zip").touch()
    terminal, ours = pty.openpty()
    with subprocess.Popen(
        command, cwd=desk.folder, env=desk.environment, stdin=ours, stdout=ours, stderr=ours, process_group=0
    ) as shell:
        os.close(ours)
        os.write(terminal, (first + TYPED).encode())
        said = read_all(terminal)
        shell.wait(timeout=60)
    assert desk.notes.read_text().splitlines() == [
        "history|list|--json|",
        "run|planks-by-the-minute|--no-window|",
        "exercises|plank|",
        "show|my.session.yaml|",
        "my.session.yaml|",
        "history|export|--json|my.zip|",
        "import|two words.zip|",
    ], said


def read_all(terminal: int) -> str:
    """Return what is printed on a terminal until the last program on it has ended."""
    said = b""
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:  # how Linux tells that nobody is left on the other side
        pass
    os.close(terminal)
    return said.decode("utf-8", "replace")


@pytest.mark.parametrize(("place", "shell"), list(zip(COMPLETIONS, ("bash", "zsh", "fish"), strict=True)))
def test_the_shell_can_read_it(desk: Desk, place: str, shell: str) -> None:
    file = written(desk, shell, COMPLETIONS[place](PROGRAM))
    assert desk.run(shell, "-n", str(file)) == set()
