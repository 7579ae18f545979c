"""The loader of pages: every name has a class, and a start loads none of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name
from typing import Literal, get_overloads

import pytest

from timer_app.ui.shell import page_loader

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", page_loader.CLASSES)
def test_every_name_is_the_class_that_its_overload_returns(name: str) -> None:
    (returned,) = (
        each.__annotations__["return"]
        for each in get_overloads(page_loader.load)
        if eval(each.__annotations__["name"], {"Literal": Literal}) == Literal[name]
    )
    assert resolve_name(page_loader.CLASSES[name]).__name__ == returned


def test_the_window_is_imported_without_any_page() -> None:
    script = "import sys, timer_app.ui.shell.main_window; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert not {path.partition(":")[0] for path in page_loader.CLASSES.values()} & set(loaded)
    assert "sqlite3" not in loaded
