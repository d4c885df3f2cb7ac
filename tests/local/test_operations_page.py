"""The operations page explains every variable, and the Makefile has every command that it names."""

import re

from dotenv import dotenv_values

from local.environment import EXAMPLE, ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text()


def test_every_variable_is_explained() -> None:
    explained = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", PAGE.split("## Settings")[1]))
    assert set(dotenv_values(EXAMPLE)) <= explained


def test_every_command_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", PAGE)) <= targets
