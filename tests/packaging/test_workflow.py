"""The workflows that check, build and try the program on all systems: they can be read, and call what there is."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(file.name for file in FOLDER.glob("*.yml"))
EACH = pytest.mark.parametrize("name", WORKFLOWS)
MAY_READ = {"contents": "read"}


def read(name: str) -> Any:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # `on` stays a word


def steps(workflow: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, job in workflow["jobs"].items():
        for step in job["steps"]:
            yield name, step


def commands(workflow: Any) -> dict[str, str]:
    """Return what each job runs."""
    said = dict.fromkeys(workflow["jobs"], "")
    for name, step in steps(workflow):
        said[name] += step.get("run", "") + "\n"
    return said


def test_there_is_one_for_the_checks_and_one_for_the_packages() -> None:
    assert WORKFLOWS == ["packages.yml", "tests.yml"]


@EACH
def test_a_job_may_only_read_but_for_the_one_that_drafts_the_release(name: str) -> None:
    workflow = read(name)
    assert workflow["permissions"] == {}
    for job, told in workflow["jobs"].items():
        assert told["permissions"] == ({"contents": "write"} if job == "draft" else MAY_READ)
        assert int(told["timeout-minutes"]) <= 60


@EACH
def test_parts_of_others_are_pinned_and_get_no_password(name: str) -> None:
    for _job, step in steps(read(name)):
        assert ("uses" in step) != ("run" in step)
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false"


@EACH
def test_no_text_of_others_is_put_into_a_command(name: str) -> None:
    for _job, step in steps(read(name)):
        assert "${{" not in step.get("run", "").replace("${{ matrix.", "")


@EACH
def test_a_workflow_names_scripts_that_there_are(name: str) -> None:
    for command in commands(read(name)).values():
        for script in re.findall(r"packaging[/\\][\w/\\.]+", command):
            assert (ROOT / script.replace("\\", "/")).is_file(), script


@EACH
def test_a_workflow_says_that_it_was_never_run(name: str) -> None:
    assert "NOT RUN YET" in (FOLDER / name).read_text(encoding="utf-8")


def test_every_python_and_every_system_is_checked() -> None:
    (job,) = read("tests.yml")["jobs"].values()
    matrix = job["strategy"]["matrix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    assert matrix["python"] == declared
    systems = {*matrix["system"], *(row["system"] for row in matrix["include"])}
    for system in ("ubuntu", "windows", "macos", "-arm"):
        assert any(system in one for one in systems)
    assert "packaging/dev.py test quick" in commands(read("tests.yml"))["quick"]


def test_packages_are_made_of_a_tag_alone_and_of_one_that_is_ready() -> None:
    workflow = read("packages.yml")
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    said = commands(workflow)
    assert "packaging/release.py" in said["ready"]
    for job in ("linux", "windows", "macos"):
        assert workflow["jobs"][job]["needs"] == "ready"
        assert "packaging/dev.py package" in said[job]
        assert "packaging/smoke_test.py" in said[job]
        assert any("upload-artifact" in step.get("uses", "") for name, step in steps(workflow) if name == job)
    assert said["linux"].index("safe.directory") < said["linux"].index("dev.py package")


def test_a_release_is_drafted_with_the_sums_of_what_was_made() -> None:
    workflow = read("packages.yml")
    assert workflow["jobs"]["draft"]["needs"] == ["linux", "windows", "macos"]
    said = commands(workflow)["draft"]
    assert "sha256sum" in said
    assert "gh release create" in said
    assert "--draft" in said
