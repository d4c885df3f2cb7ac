"""What an image runs imports nothing that the image lacks, neither our code nor a package."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from local.environment import ROOT
from tests.containers.test_dockerfiles import GROUPS, copied

OURS = ("api", "clients", "ingest", "local", "orchestration", "serving", "streaming")
STARTED = {
    "ingest": ("ingest.server.gunicorn", "ingest.server.worker", "ingest.app", "ingest.keys"),
    "streaming": ("streaming.driver", "streaming.live.process", "streaming.live.health"),
    "orchestration": ("orchestration.flows.deploy", "orchestration.flows.settle_charts"),
    "api": ("api.server", "api.app"),
    "local": (
        "local.provision.kafka_topic",
        "local.provision.object_store",
        "local.provision.postgres_roles",
        "local.provision.prefect_database",
    ),
}


def read_lock() -> dict[str, dict[str, Any]]:
    """The packages of uv.lock by name."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    return {package["name"]: package for package in lock["package"]}


def installed(group: str) -> set[str]:
    """The names of the packages that a dependency group brings."""
    packages, found = read_lock(), set[str]()
    waiting = list(packages["top-songs"]["dev-dependencies"][group])
    while waiting:
        wanted = waiting.pop()
        package = packages[wanted["name"]]
        extras = [package["optional-dependencies"][extra] for extra in wanted.get("extra", ())]
        if wanted["name"] not in found or extras:
            waiting += [*package.get("dependencies", ()), *(one for extra in extras for one in extra)]
        found.add(wanted["name"])
    return found


def source_of(module: str) -> Path | None:
    """The file of a module of ours."""
    path = ROOT / Path(*module.split("."))
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((one for one in candidates if one.is_file()), None)


def imports_of(source: Path) -> Iterator[str]:
    """The names that a file imports, also inside functions; ``from a import b`` gives ``a`` and ``a.b``."""
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reached_from(modules: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """The modules of ours that these import in the end, and the packages of others."""
    ours, others, waiting = set[str](), set[str](), list(modules)
    while waiting:
        name = waiting.pop()
        source = source_of(name) if name.split(".")[0] in OURS else None
        if source and name not in ours:
            ours.add(name)
            waiting += imports_of(source)
        elif name.split(".")[0] not in (*OURS, *sys.stdlib_module_names):
            others.add(name.split(".")[0])
    return ours, others


@pytest.mark.parametrize("stage", STARTED)
def test_our_code_is_copied(stage: str) -> None:
    ours, _ = reached_from(STARTED[stage])
    folders = {path.parts[0] for path in copied(ROOT / stage / "Dockerfile")}
    assert {module.split(".")[0] for module in ours} <= folders


@pytest.mark.parametrize("stage", STARTED)
def test_packages_are_in_the_group(stage: str) -> None:
    _, others = reached_from(STARTED[stage])
    known, group = packages_distributions(), installed(GROUPS.get(stage, stage))
    assert others
    for package in others:
        names = {re.sub(r"[-_.]+", "-", name).lower() for name in known[package]}
        assert names & group, f"{package} is not in the group of {stage}"
