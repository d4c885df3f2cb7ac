"""Postgres runs as a user of its own when root starts it, wherever the checkout lies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from local.servers.system_user import as_system_user

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs commands as another user")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program in a home that only its owner may enter."""
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    program = closed / "program"
    program.write_text("#!/bin/sh\nid -u\n")
    program.chmod(0o755)
    return program


def test_a_program_in_a_closed_home_runs_as_another_user(program: Path) -> None:
    ran = subprocess.run(as_system_user([str(program)]), capture_output=True, text=True, check=True)
    assert int(ran.stdout) != 0


def test_a_program_that_asks_whether_it_may_run_another_in_a_closed_home_may(program: Path) -> None:
    asks = f"import os; print(os.access({str(program)!r}, os.X_OK))"
    ran = subprocess.run(as_system_user([sys.executable, "-c", asks]), capture_output=True, text=True, check=True)
    assert ran.stdout == "True\n"


def test_the_system_user_writes_no_file_of_others(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_text("ours")
    writes = f"open({str(target)!r}, 'w')"
    ran = subprocess.run(as_system_user([sys.executable, "-c", writes]), capture_output=True, text=True, check=False)
    assert "PermissionError" in ran.stderr
    assert target.read_text() == "ours"
