"""The two families of error, kept apart.

*The user's world*: a file, a device, a disk. It is a `Problem`, shown once, in plain words, with what to do about it.
*Our bug*: any other exception. It reaches the crash report, and nothing in between swallows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class Problem(Exception):  # noqa: N818 - it is not always an error, and never the program's
    """Something in the user's world that stands in the way.

    `what` says in one sentence what is wrong; `advice` says what to do, and may be empty. `commands` are lines for a
    terminal, each with a command that puts it right.
    """

    commands: Sequence[str] = ()

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.what} {self.advice}".rstrip()


class SessionProblem(Problem):
    """Something that stands in the way of the session that runs, and is over with it."""


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing that is wrong in a text file: where it stands, what is wrong, and what to write instead.

    `line` and `column` count from 1. `where` is the place in the structure, such as `steps[0].hold`, and is
    empty for the file as a whole. Findings sort by file, line and column.
    """

    file: str
    line: int
    column: int
    where: str
    problem: str
    instead: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        instead = f"; {self.instead}" if self.instead else ""
        return f"{self.file}:{self.line}:{self.column}: {where}{self.problem}{instead}"


class UnreadableFile(Problem):
    """A text file that cannot be used, with every finding in it, in the order of its lines."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))
