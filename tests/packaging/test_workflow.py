"""The workflow that would build and try the program on the three systems: it can be read, and calls what there is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workflow() -> Any:
    text = (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)  # `on` stays a word


def commands(workflow: Any) -> Iterator[tuple[str, str]]:
    for name, job in workflow["jobs"].items():
        for step in job["steps"]:
            yield name, step.get("run", "")


def test_every_system_is_built_tried_and_kept(workflow: Any) -> None:
    said = dict.fromkeys(workflow["jobs"], "")
    for name, command in commands(workflow):
        said[name] += command + "\n"
    assert set(said) == {"linux", "windows", "macos"}
    for command in said.values():
        assert "packaging/dev.py package" in command
        assert "packaging/smoke_test.py" in command
    for job in workflow["jobs"].values():
        assert any("upload-artifact" in step.get("uses", "") for step in job["steps"])
        assert int(job["timeout-minutes"]) <= 60


def test_the_workflow_may_only_read_and_takes_pinned_parts(workflow: Any) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step)
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])


def test_the_workflow_names_scripts_that_there_are(workflow: Any) -> None:
    for _job, command in commands(workflow):
        for script in re.findall(r"packaging[/\\][\w/\\.]+", command):
            assert (ROOT / script.replace("\\", "/")).is_file(), script


def test_the_workflow_says_that_it_was_never_run() -> None:
    assert "NOT RUN YET" in (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
