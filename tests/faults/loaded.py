"""Pythons that have the program loaded already, for runs that start it hundreds of times and kill it.

A server loads it once and forks each of them off itself, which takes a tenth of an interpreter's start. What they do,
and what becomes of them, is the same.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

ROOT = Path(__file__).parents[2]


class Python:
    """What `python -c CODE ARGS…` or `python -m MODULE ARGS…` is, as far as a `Popen` with its output in a pipe."""

    def __init__(self, *args: str) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.faults.preload"])
        output, ours = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(ours, args, dict(os.environ)), daemon=True)
        self._process.start()
        ours.close()
        self.stdout = os.fdopen(os.dup(output.fileno()), encoding="utf-8")
        output.close()

    @property
    def returncode(self) -> int | None:
        """What it ended with; minus the signal that killed it."""
        return self._process.exitcode

    def kill(self) -> None:
        """Kill it."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end, some seconds at the most, and return what it ended with."""
        self._process.join(timeout)
        return self.returncode

    def communicate(self) -> None:
        """Wait for its end, and let go of its output."""
        self.stdout.close()
        self._process.join()

    def __enter__(self) -> Self:
        """Go on."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Wait for its end."""
        self.communicate()


Child: TypeAlias = "Python | subprocess.Popen[str]"


def start(*args: str) -> Child:
    """Start a Python on the program's folder; where it cannot be forked off, a new one."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        return Python(*args)
    ours = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, *args], cwd=ROOT, env=ours, stdout=subprocess.PIPE, encoding="utf-8")


def _run(output: Connection, args: tuple[str, ...], environment: Mapping[str, str]) -> None:
    """Be such a Python."""
    os.environ.clear()
    os.environ.update(environment)
    for stream in (1, 2):
        os.dup2(output.fileno(), stream)
    sys.stdout, sys.stderr = (open(stream, "w", encoding="utf-8", closefd=False) for stream in (1, 2))  # noqa: SIM115
    how, what, *rest = args
    sys.argv = [how, *rest]
    if how == "-c":
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
    else:
        runpy.run_module(what, run_name="__main__", alter_sys=True)
