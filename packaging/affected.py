"""Run the tests that a change can reach, by what imports what; arguments go to pytest.

The change is what differs from where this branch left main, with what is not committed and not yet added. `dev.py test
changed` starts this with the Python of `.venv`, which has the reader of imports (grimp).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import grimp

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("timer_app", "tests")
ALL = "tests"

DATA = {
    "assets/exercises/": ("tests/exercises", "tests/content"),
    "assets/icons/": ("tests/packaging", "tests/ui/look/test_icons.py"),
    "assets/phrases/": ("tests/timeline", "tests/content"),
    "assets/session.schema.json": ("tests/definition",),
    "docs/": ("tests/content", "tests/definition", "tests/exercises", "tests/packaging"),
    "sessions/": ("tests/content",),
    "packaging/requirements": (ALL,),
    "pyproject.toml": (ALL,),
}
"""What tests a file that nothing imports, by the beginning of its path; of anything else, tests/packaging."""

AS_A_PROGRAM = re.compile(r'"-m",\s*"timer_app"')
IN_A_TEXT = re.compile(r"\b(?:timer_app|tests)(?:\.\w+)+")
"""How a test names what it starts in a process of its own, which no import shows."""


def main(args: Sequence[str]) -> int:
    """Run pytest on the tests that are affected, or say that there is none."""
    changed = changed_files(ROOT)
    chosen = affected(changed, ROOT)
    if not chosen:
        print(f"No test can notice a change of these files: {', '.join(changed) or 'none'}.")
        return 0
    return subprocess.run([sys.executable, "-m", "pytest", *args, *chosen], check=False, cwd=ROOT).returncode


def changed_files(root: Path) -> list[str]:
    """Return the paths below `root` that differ from where this branch left main, deleted and new ones among them."""
    bases = (_git(root, "merge-base", "HEAD", main) for main in ("origin/main", "main", "HEAD"))
    base = next((found[0] for found in bases if found), "HEAD")
    known = _git(root, "diff", "--name-only", "--no-renames", base)
    return sorted({*known, *_git(root, "ls-files", "--others", "--exclude-standard")})


def _git(root: Path, *args: str) -> list[str]:
    """Return the lines that git prints; none when it fails."""
    command = ["git", "-c", "core.quotePath=false", *args]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False).stdout.splitlines()


def affected(changed: Iterable[str], root: Path) -> list[str]:
    """Return the files and folders of tests that can notice a change of these paths, as pytest takes them."""
    graph = read_graph(root)
    chosen = {test for path in changed for test in _tests_of(path, graph)}
    there = {test for test in chosen if (root / test).exists()}
    return sorted(test for test in there if not {str(parent) for parent in PurePosixPath(test).parents} & there)


def read_graph(root: Path) -> grimp.ImportGraph:
    """Return which module of the program and of the tests imports which, however late, or starts it as a program.

    What pytest hands to a test by a parameter's name is imported as well, for the parameter's annotation.
    """
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    for file in (root / "tests").rglob("*.py"):
        module, text = _module(file.relative_to(root).as_posix()), file.read_text(encoding="utf-8")
        if module not in graph.modules:
            continue
        for named in {_known(name, graph.modules) for name in IN_A_TEXT.findall(text)} - {"", module}:
            graph.add_import(importer=module, imported=named)
        if AS_A_PROGRAM.search(text):
            graph.add_import(importer=module, imported="timer_app.__main__")
    return graph


def _tests_of(path: str, graph: grimp.ImportGraph) -> Iterator[str]:
    """Yield the files or folders of tests that can notice a change of one path."""
    module = _module(path)
    if path.endswith("/conftest.py"):
        yield str(PurePosixPath(path).parent)
    elif module in graph.modules:
        whole = path.endswith("/__init__.py")  # which runs whatever in its package is imported
        for name in {module, *graph.find_downstream_modules(module, as_package=whole)}:
            if name.rpartition(".")[2].startswith("test_"):
                yield name.replace(".", "/") + ".py"
    elif path.startswith("tests/"):
        yield str(PurePosixPath(*PurePosixPath(path).parts[:2]))
    elif not path.endswith(".py") or path.startswith("packaging/"):
        yield from next((tests for start, tests in DATA.items() if path.startswith(start)), ("tests/packaging",))


def _module(path: str) -> str:
    """Return the name that a file is imported by."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _known(name: str, modules: set[str]) -> str:
    """Return the module that a dotted name is or begins with; the empty text when there is none."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
