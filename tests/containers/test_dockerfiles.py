"""Dockerfiles copy what exists, pin what they start from, and install one stage's packages alone."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from local.environment import ROOT
from local.setup import minio_build
from tests.containers.compose_file import image_variables, read_services

DOCKERFILES = sorted({service.dockerfile for service in read_services() if service.dockerfile})
IMAGES = re.compile(r"^(?:FROM |COPY --from=)(\S+)", re.MULTILINE)
PINNED = re.compile(r"[a-z0-9./-]+:v?\d+(\.\d+)+[\w.-]*")
GROUPS = {"local": "steps"}

every_dockerfile = pytest.mark.parametrize("dockerfile", DOCKERFILES, ids=lambda path: str(path.relative_to(ROOT)))


def copied(dockerfile: Path) -> list[Path]:
    """What a Dockerfile copies from the checkout."""
    lines = [line for line in dockerfile.read_text().splitlines() if line.startswith("COPY ")]
    return [Path(word) for line in lines if "--from=" not in line for word in shlex.split(line)[1:-1]]


def kept_from_images() -> tuple[set[str], list[str]]:
    """The top level that `.dockerignore` lets through, and the patterns that it takes out of that again."""
    patterns = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert patterns[0] == "*"
    return {one[1:] for one in patterns if one[0] == "!"}, [one for one in patterns[1:] if one[0] != "!"]


def test_every_dockerfile_of_the_checkout_is_a_service_s() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*Dockerfile"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {ROOT / name for name in listed.stdout.split()} == set(DOCKERFILES)


@every_dockerfile
def test_the_linter_finds_nothing(dockerfile: Path) -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    linted = subprocess.run([hadolint, dockerfile], capture_output=True, text=True, check=False)
    assert (linted.returncode, linted.stdout) == (0, "")


@every_dockerfile
def test_everything_copied_exists_and_reaches_the_engine(dockerfile: Path) -> None:
    let_through, taken_out = kept_from_images()
    for path in copied(dockerfile):
        assert (ROOT / path).exists(), path
        assert path.parts[0] in let_through, path
        assert not any(path.match(pattern) for pattern in taken_out), path


def test_secrets_and_data_never_reach_the_engine() -> None:
    let_through, _ = kept_from_images()
    assert not let_through & {".env", ".data", ".git", ".venv"}


@every_dockerfile
def test_images_to_start_from_are_pinned(dockerfile: Path) -> None:
    text = dockerfile.read_text()
    stages = set(re.findall(r" AS (\w+)$", text, re.MULTILINE))
    outside = [image for image in IMAGES.findall(text) if image not in stages]
    assert outside
    assert all(PINNED.fullmatch(image) and "latest" not in image for image in outside), outside


@every_dockerfile
def test_nothing_runs_as_root(dockerfile: Path) -> None:
    assert "\nUSER 10001:10001\n" in dockerfile.read_text().split("\nFROM ")[-1]


@every_dockerfile
def test_an_image_holds_no_secret(dockerfile: Path) -> None:
    assert not [name for name in image_variables(dockerfile) if re.search("SECRET|PASSWORD|TOKEN|KEY", name)]


@pytest.mark.parametrize("dockerfile", [one for one in DOCKERFILES if one.name == "Dockerfile"], ids=str)
def test_an_image_installs_the_group_of_its_stage_alone(dockerfile: Path) -> None:
    stage = dockerfile.parent.name
    group = GROUPS.get(stage, stage)
    assert group in tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    installs = re.findall(r"uv sync (.*)", dockerfile.read_text())
    assert installs == [f"--locked --no-default-groups --group {group}"]


def test_images_and_checkout_use_the_same_uv() -> None:
    version = re.search(r"^uv_version=(\S+)$", (ROOT / "local" / "setup" / "setup.sh").read_text(), re.MULTILINE)
    assert version
    used = [re.findall(r"astral-sh/uv:(\S+)", one.read_text()) for one in DOCKERFILES if one.name == "Dockerfile"]
    assert used == [[version[1]]] * len(used)


def test_minio_is_built_from_the_same_module() -> None:
    text = (ROOT / "local" / "minio.Dockerfile").read_text()
    assert f"ARG MINIO_VERSION={minio_build.VERSION}\n" in text
    flags = f'{minio_build.COMPILER_FLAGS} -ldflags="{minio_build.LINKER_FLAGS.partition("=")[2]}"'
    assert f'go install {flags} "{minio_build.MODULE}@${{MINIO_VERSION}}"' in text
