"""What meets somebody who wants to help: forms that can be filled in, and hooks that check what CI checks."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FORMS = sorted(file for file in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml")
LABELLED = {"textarea", "input", "dropdown", "checkboxes"}


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_form_asks_for_little_and_each_question_once(file: Path) -> None:
    form = read(file)
    assert set(form) == {"name", "description", "labels", "body"}
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in asked} <= LABELLED
    assert all(field["attributes"]["label"] for field in asked)
    ids = [field["id"] for field in asked]
    assert len(ids) == len(set(ids))
    assert 1 <= sum(field.get("validations", {}).get("required", False) for field in asked) <= 3


def test_the_hooks_run_what_the_checks_run_with_the_same_tools(dev: ModuleType) -> None:
    (repository,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    hooks = {hook["name"] for hook in repository["hooks"]}
    assert hooks <= {name for name, _command in dev.checks([])}
    assert hooks == {"ruff check", "ruff format", "mypy", "lint-imports"}


def test_each_file_that_the_guide_names_is_there() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in ("SECURITY.md", "CODE_OF_CONDUCT.md", "docs/figures.md", "docs/session-format.md"):
        assert f"]({name})" in guide
        assert (ROOT / name).is_file()
