"""What a change can reach: which files are changed, which tests notice, and that those are run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import affected
import pytest

ROOT = Path(__file__).resolve().parents[2]


def git(folder: Path, *args: str) -> None:
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@localhost", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True, timeout=30)


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small program with its tests, on a branch that has just left main."""
    root = tmp_path / "checkout"
    write(
        root,
        {
            ".gitignore": "__pycache__\n",
            "timer_app/__init__.py": "",
            "timer_app/__main__.py": "def main() -> None:\n    from timer_app import late\n",
            "timer_app/late.py": "",
            "timer_app/below.py": "",
            "timer_app/above.py": "from timer_app import below\n",
            "timer_app/alone.py": "",
            "sessions/one.session.yaml": "",
            "tests/conftest.py": "",
            "tests/help.py": "import timer_app.above\n",
            "tests/room/conftest.py": "",
            "tests/room/data.txt": "",
            "tests/room/test_above.py": "import tests.help\ndef test_it(): pass\n",
            "tests/room/test_text.py": "CODE = 'import timer_app.below as b'\ndef test_it(): pass\n",
            "tests/content/test_sessions.py": "def test_it(): pass\n",
            "tests/whole/test_whole.py": 'ARGS = ["-m", "timer_app"]\ndef test_it(): pass\n',
            "tests/packaging/test_recipes.py": "def test_it(): pass\n",
        },
    )
    (root / "packaging").mkdir()
    shutil.copy(ROOT / "packaging" / "affected.py", root / "packaging")
    git(root, "init", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--message=Begin")
    git(root, "switch", "--create=branch")
    return root


def test_files_are_changed_whether_or_not_they_are_committed_or_added(checkout: Path) -> None:
    assert affected.changed_files(checkout) == []
    write(checkout, {"timer_app/below.py": "A = 1\n"})
    git(checkout, "commit", "--all", "--message=Change")
    write(checkout, {"timer_app/above.py": "B = 1\n", "tests/grün.py": "", "timer_app/__pycache__/x.pyc": ""})
    git(checkout, "mv", "timer_app/alone.py", "timer_app/together.py")
    assert affected.changed_files(checkout) == [
        "tests/grün.py",
        "timer_app/above.py",
        "timer_app/alone.py",
        "timer_app/below.py",
        "timer_app/together.py",
    ]


def test_what_main_has_since_is_no_change_of_the_branch(checkout: Path) -> None:
    git(checkout, "switch", "main")
    write(checkout, {"timer_app/below.py": "A = 1\n"})
    git(checkout, "commit", "--all", "--message=Change")
    git(checkout, "switch", "branch")
    assert affected.changed_files(checkout) == []


def test_a_checkout_without_a_main_is_compared_with_its_last_commit(checkout: Path) -> None:
    git(checkout, "branch", "--delete", "--force", "main")
    write(checkout, {"timer_app/below.py": "A = 1\n"})
    assert affected.changed_files(checkout) == ["timer_app/below.py"]


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("timer_app/below.py", "tests/room/test_above.py tests/room/test_text.py"),
        ("timer_app/above.py", "tests/room/test_above.py"),
        ("timer_app/late.py", "tests/whole/test_whole.py"),
        ("timer_app/__init__.py", "tests/room/test_above.py tests/room/test_text.py tests/whole/test_whole.py"),
        ("timer_app/alone.py", ""),
        ("tests/help.py", "tests/room/test_above.py"),
        ("tests/room/test_above.py", "tests/room/test_above.py"),
        ("tests/room/conftest.py", "tests/room"),
        ("tests/room/conftest.py tests/room/test_text.py", "tests/room"),
        ("tests/conftest.py timer_app/late.py", "tests"),
        ("tests/room/data.txt", "tests/room"),
        ("tests/room/test_gone.py", "tests/room"),
        ("tests/gone/data.txt timer_app/gone.py", ""),
        ("sessions/one.session.yaml", "tests/content"),
        ("packaging/dev.py", "tests/packaging"),
        ("README.md", "tests/packaging"),
        ("pyproject.toml", "tests"),
    ],
)
def test_a_change_is_noticed_by_the_tests_that_reach_it(checkout: Path, changed: str, tests: str) -> None:
    code = "import sys, pathlib, affected; print(*affected.affected(sys.argv[1:], pathlib.Path.cwd()))"
    path = os.pathsep.join([str(checkout), str(checkout / "packaging")])
    done = subprocess.run(
        [sys.executable, "-c", code, *changed.split()],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == tests


def run(checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "packaging/affected.py", "-q", "-p", "no:cacheprovider"],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_tests_that_notice_are_run_and_no_others(checkout: Path) -> None:
    write(checkout, {"timer_app/above.py": "C = 1\n"})
    good = run(checkout)
    assert good.returncode == 0, good.stderr
    assert "1 passed" in good.stdout
    write(checkout, {"tests/room/test_text.py": "def test_it(): raise AssertionError\n"})
    bad = run(checkout)
    assert bad.returncode == 1
    assert "1 failed, 1 passed" in bad.stdout


def test_nothing_is_run_for_no_change(checkout: Path) -> None:
    done = run(checkout)
    assert (done.returncode, done.stdout) == (0, "No test can notice a change of these files: none.\n")


def test_the_tests_that_are_named_for_data_are_there() -> None:
    assert all((ROOT / test).exists() for tests in affected.DATA.values() for test in tests)
    assert [start for start in affected.DATA if not list(ROOT.glob(f"{start.removesuffix('/')}*"))] == []
