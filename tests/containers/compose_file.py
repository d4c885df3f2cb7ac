"""Reads the compose file as a container would meet it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from local.environment import EXAMPLE, ROOT, read_env_file

COMPOSE = ROOT / "docker-compose.yaml"
REFERENCE = re.compile(r"(?<!\$)\$\{([A-Z0-9_]+)(?::\?[^}]*)?\}")
LONG_SECRET = "a-long-enough-secret-for-every-part"


@dataclass(frozen=True)
class Service:
    """One service; ``body`` is its mapping with anchors and merges resolved."""

    name: str
    body: dict[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        """The variables it is given, as written in the file."""
        return {name: str(value) for name, value in self.body.get("environment", {}).items()}

    @property
    def command(self) -> list[str]:
        """Its command; empty when the image brings one."""
        return list(self.body.get("command", []))

    @property
    def dependencies(self) -> dict[str, str]:
        """The services it waits for, and for what of them."""
        return {name: wait["condition"] for name, wait in self.body.get("depends_on", {}).items()}

    @property
    def references(self) -> set[str]:
        """The variables of `.env` that it is given."""
        return {name for text in self.environment.values() for name in REFERENCE.findall(text)}

    @property
    def dockerfile(self) -> Path | None:
        """What its image is built from; None for an image of somebody else."""
        build = self.body.get("build")
        return ROOT / build["context"] / build["dockerfile"] if build else None


@cache
def read_compose() -> dict[str, Any]:
    """The whole file."""
    content: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return content


def read_services() -> list[Service]:
    """Every service of the file."""
    return [Service(name, body) for name, body in read_compose()["services"].items()]


def find_service(name: str) -> Service:
    """The service of this name; raises KeyError when there is none."""
    return Service(name, read_compose()["services"][name])


def dot_env() -> dict[str, str]:
    """The variables of `.env.example`, with a long text for each secret."""
    values = read_env_file(EXAMPLE, {})
    return {name: LONG_SECRET if value == "generate" else value for name, value in values.items()}


def secret_names() -> set[str]:
    """The variables of `.env.example` that hold secrets."""
    return {name for name, value in dot_env().items() if value == LONG_SECRET}


def fill_in(service: Service) -> dict[str, str]:
    """The environment inside the container: its image's variables, then its own with `.env` filled in."""
    values = dot_env()
    given = {name: REFERENCE.sub(lambda match: values[match[1]], text) for name, text in service.environment.items()}
    return image_variables(service.dockerfile) | given if service.dockerfile else given


def image_variables(dockerfile: Path) -> dict[str, str]:
    """The variables that the last stage of a Dockerfile sets."""
    last_stage = dockerfile.read_text().split("\nFROM ")[-1].replace("\\\n", " ")
    lines = [line for line in last_stage.splitlines() if line.startswith("ENV ")]
    return {name: value for line in lines for name, value in re.findall(r"([A-Z_]+)=(\S+)", line)}
