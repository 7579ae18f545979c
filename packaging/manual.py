"""The manual page timer-app(1), in roff, made from the program's own parser; what a parser does not know is told here.

Our own, and not argparse-manpage's: each sub-command gets a section of its own that reads like the rest, and packaging
the program needs nothing that has to be installed first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from command_tree import Command, Option, Value

_ABOUT = """\
A session is a text file that says which exercises are done, how long each is held or how often it is repeated, and how
long the rests are. The program compiles it to exact times and plays it: a countdown that can be read from the mat, and
a voice that says what comes next and ends on its mark. What was done is kept on this computer, and nowhere else.

With no command, the window opens. A session is called by its file's name without the ending
(planks-by-the-minute), by its title, or by the path of its file. Where the first word is a path that ends in .yaml,
the window opens with that session. There is one window at a time: a later start hands over what it was asked for.
"""

_KEYS = (
    ("Space", "pause, and go on"),
    ("n, right arrow", "skip to the next step"),
    ("p, left arrow", "back to the start of the step; twice, to the step before"),
    ("+, up arrow", "ten seconds more"),
    ("Enter", "done, in a step that waits for you"),
    ("q", "stop; what you did is kept"),
)

_EXAMPLES = (
    ("What there is:", "timer-app list"),
    ("Everything that will be done and said, to the second:", "timer-app show planks-by-the-minute --script"),
    ("A session in the terminal:", "timer-app run planks-by-the-minute --no-window"),
    ("A whole session for the phone:", "timer-app export planks-by-the-minute --sound planks.mp3"),
    ("What is wrong in a session of your own:", "timer-app check ~/back-on-sunday.session.yaml"),
)

_FILES = (
    ("~/.local/share/guided-session-timer/sessions/", "sessions of your own, NAME.session.yaml"),
    ("~/.local/share/guided-session-timer/exercises/", "exercises of your own"),
    ("~/.local/share/guided-session-timer/history.sqlite", "what was done"),
    ("~/.config/guided-session-timer/settings.json", "what you chose"),
    ("~/.cache/guided-session-timer/", "rendered speech; it can be deleted at any time"),
)

_EXIT = (
    ("0", "It was done."),
    ("1", "Something stood in the way, and was told on standard error; or check found something wrong."),
    ("2", "The command line was not understood."),
)


def manual(program: Command, version: str, day: date) -> str:
    """Return the manual page of a version that came out on a day."""
    return "\n".join(_page(program, version, day)) + "\n"


def _page(program: Command, version: str, day: date) -> Iterator[str]:
    yield f'.TH TIMER\\-APP 1 "{day:%Y\\-%m\\-%d}" "Guided Session Timer {version}" "User Commands"'
    yield from (".SH NAME", "timer\\-app \\- follow a timed exercise session by a countdown and a voice")
    yield ".SH SYNOPSIS"
    yield from _synopsis(program)
    for words in ("[\\fIFILE\\fR]", "\\fICOMMAND\\fR [\\fIARGUMENTS\\fR]"):
        yield from (".br", f"\\fBtimer\\-app\\fR {words}")
    yield ".SH DESCRIPTION"
    yield from _paragraphs(_ABOUT)
    yield ".SH OPTIONS"
    yield from _options(program.options)
    yield ".SH COMMANDS"
    for command in program.walk():
        if command.words:
            yield from _command(command)
    yield ".SH KEYS IN THE TERMINAL"
    yield from _list(_KEYS, bold=True)
    yield ".SH EXAMPLES"
    for what, line in _EXAMPLES:
        yield from (".PP", _text(what), ".PP", ".RS 4", ".EX", _text(line), ".EE", ".RE")
    yield ".SH FILES"
    yield from _list(_FILES)
    yield ".SH EXIT STATUS"
    yield from _list(_EXIT)
    yield from (".SH SEE ALSO", ".BR espeak\\-ng (1)")


def _command(command: Command) -> Iterator[str]:
    yield f'.SS "{_text(command.name)}"'
    yield from _synopsis(command)
    yield from (".PP", _text(_sentence(command.summary)))
    told = [value for value in command.values if value.help]
    yield from _list([(value.metavar, value.help) for value in told])
    yield from _options([option for option in command.options if not {"--help", "--data-dir"} & set(option.flags)])


def _synopsis(command: Command) -> Iterator[str]:
    """Return how a command is typed, with the options that it has of its own, or all that the program has."""
    words = [f"\\fB{_text(' '.join(('timer-app', *command.words)))}\\fR"]
    for option in command.options:
        if not command.words or not {"--help", "--data-dir"} & set(option.flags):
            typed = _typed(option, option.flags[-1:])
            words.append(typed if option.required else f"[{typed}]")
    for value in command.values:
        typed = f"\\fI{_text(value.metavar)}\\fR" + ("..." if value.repeats else "")
        words.append(f"[{typed}]" if value.optional else typed)
    if command.words and command.commands:
        words.append("[" + "|".join(f"\\fB{below.words[-1]}\\fR" for below in command.commands) + "]")
    yield " ".join(words)


def _options(options: Sequence[Option]) -> Iterator[str]:
    for option in options:
        yield from (".TP", _typed(option, option.flags), _text(_sentence(option.help)))


def _typed(option: Option, flags: Sequence[str]) -> str:
    return ", ".join(f"\\fB{_text(flag)}\\fR{_after(option.value)}" for flag in flags)


def _after(value: Value | None) -> str:
    return f" \\fI{_text(value.metavar)}\\fR" if value else ""


def _list(rows: Sequence[tuple[str, str]], *, bold: bool = False) -> Iterator[str]:
    font = "B" if bold else "I"
    for term, told in rows:
        yield from (".TP", f"\\f{font}{_text(term)}\\fR", _text(_sentence(told)))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        yield from (".PP", _text(" ".join(paragraph.split())))


def _sentence(text: str) -> str:
    """Return a text of the help as a sentence: it begins with a capital letter and ends in a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _text(text: str) -> str:
    """Return a text so that roff prints it as it is: no sign of it commands anything, and hyphens can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha")
    return re.sub(r"^([.'])", r"\\&\1", text)
