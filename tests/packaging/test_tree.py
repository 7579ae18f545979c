"""The checkout itself: what must not be there, what must be there once, and that nothing undeclared is imported."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The module that each declared distribution is imported as, where the names differ.
MODULES = {
    "pyside6-essentials": "PySide6",
    "pyyaml": "yaml",
    "pyobjc-framework-cocoa": "Foundation",
}


def test_our_packaging_folder_never_hides_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    code = "import packaging.version; print(packaging.version.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30
    )
    assert "site-packages" in done.stdout


def test_the_version_is_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" in project["project"]["dynamic"]
    assert "version" not in project["project"]
    setters = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "timer_app").rglob("*.py")
        if re.search(r"^__version__\b.*=", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert setters == [project["tool"]["hatch"]["version"]["path"]]


def test_everything_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {re.split(r"[^\w.-]", line)[0].lower().replace(".", "-") for line in project["project"]["dependencies"]}
    # shiboken6 comes with PySide6, and _miniaudio with miniaudio.
    allowed = {MODULES.get(name, name) for name in names} | {"timer_app", "shiboken6", "_miniaudio"}
    undeclared = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in (ROOT / "timer_app").rglob("*.py")
        for module in imported(path)
        if module not in allowed and module not in sys.stdlib_module_names
    }
    assert undeclared == set()


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]
