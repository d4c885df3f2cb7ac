"""The hosted checks are valid workflows, and run the targets that the Makefile has on what README promises."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from local.environment import ROOT

GITHUB = ROOT / ".github"
WORKFLOW = GITHUB / "workflows" / "ci.yaml"
ACTION = GITHUB / "actions" / "prepare" / "action.yaml"


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    """The jobs of the workflow."""
    jobs: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text())["jobs"]
    return jobs


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-workflows", WORKFLOW),
        ("github-actions", ACTION),
        ("dependabot", GITHUB / "dependabot.yml"),
        *(("github-issue-forms", form) for form in sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yaml"))),
    ],
)
def test_the_files_follow_their_schema(schema: str, file: Path) -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    checked = subprocess.run([checker, "--builtin-schema", f"vendor.{schema}", file], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_every_target_exists(jobs: dict[str, Any]) -> None:
    tiers = jobs["test"]["strategy"]["matrix"]["tier"]
    targets = {"check", *(f"test-{tier}" for tier in tiers)}
    assert targets <= set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_every_promised_version_is_tested(jobs: dict[str, Any]) -> None:
    needs = next(line for line in (ROOT / "README.md").read_text().splitlines() if "Python 3.11" in line)
    matrix = jobs["test"]["strategy"]["matrix"]
    assert sorted(re.findall(r"3\.\d+", needs)) == matrix["python"]
    assert re.findall(r"Java (\d+) or (\d+)", needs) == [tuple(matrix["java"])]


def test_every_script_exists(jobs: dict[str, Any]) -> None:
    runs = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    scripts = set(re.findall(r"^(\.ci/\w+)", "\n".join(runs), re.MULTILINE))
    assert scripts
    assert all((ROOT / script).stat().st_mode & 0o100 for script in scripts)


@pytest.mark.parametrize("file", [WORKFLOW, ACTION])
def test_actions_of_others_are_pinned_to_a_commit(file: Path) -> None:
    used = re.findall(r"uses: (\S+)", file.read_text())
    assert [one for one in used if not re.fullmatch(r"\./\S+|[\w/-]+@[0-9a-f]{40}", one)] == []
