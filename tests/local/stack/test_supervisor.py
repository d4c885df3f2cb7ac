"""supervisord's configuration names the parts, and its socket has a name that Linux takes."""

import importlib.util
from configparser import RawConfigParser
from pathlib import Path

import pytest

from local.stack.parts import PARTS, parts_named
from local.stack.supervisor import CONFIGURATION, socket_path


@pytest.fixture
def programs() -> dict[str, str]:
    """The command of each program of the configuration."""
    parser = RawConfigParser()
    parser.read(CONFIGURATION)
    sections = [name for name in parser.sections() if name.startswith("program:")]
    return {name.removeprefix("program:"): parser[name]["command"] for name in sections}


def test_every_part_is_a_program_and_every_program_a_part(programs: dict[str, str]) -> None:
    assert set(programs) == {part.name for part in PARTS}


def test_every_program_runs_a_module_that_exists(programs: dict[str, str]) -> None:
    modules = {command.split(" -m ")[1] for command in programs.values()}
    assert len(modules) == len(programs)
    assert all(importlib.util.find_spec(module) for module in modules)


def test_the_socket_lies_in_the_data_folder() -> None:
    assert socket_path(Path("/srv/data")) == Path("/srv/data/supervisor.sock")


def test_a_deep_data_folder_gets_a_short_socket_of_its_own() -> None:
    deep, other = Path("/srv/" + "deep/" * 30), Path("/srv/" + "deep/" * 31)
    assert len(str(socket_path(deep))) < 80
    assert socket_path(deep) != socket_path(other)


def test_an_unknown_part_is_named() -> None:
    with pytest.raises(ValueError, match="no such part: zookeeper"):
        parts_named(["kafka", "zookeeper"])
