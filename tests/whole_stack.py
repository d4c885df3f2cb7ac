"""The whole stack for tests: every part of `make up`, on ports and data of its own.

`python -m tests.whole_stack` is its keeper. It holds the stack up until its standard input ends, which
the kernel sees to however the tests end, and then stops and removes everything.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

import pytest

from local.environment import ROOT
from local.settings import LocalSettings
from local.stack import commands as stack
from local.stack.orphan_processes import end_processes, processes_of
from local.stack.starting import CannotStartError
from tests.e2e.line import Line
from tests.e2e.truth import Truth
from tests.stack import make_environment

READY: Final = "ready"
STOP_SECONDS: Final = 120
FIRST_RUN_SECONDS: Final = 300


@dataclass(frozen=True)
class WholeStack:
    """A running line, and the truth that everything posted to it must be added to."""

    line: Line
    truth: Truth
    folder: Path


@pytest.fixture(scope="session")
def whole_stack() -> Iterator[WholeStack]:
    """All parts of the stack, started once for all tests; they share its charts and its truth."""
    with own_stack() as stack:
        yield stack


@contextmanager
def own_stack(**changes: str) -> Iterator[WholeStack]:
    """A stack of its own, some of its variables changed; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="top-songs-whole-"))
    line = Line({**make_environment(folder), **changes})
    with _kept_up(line, folder):
        # The parts answer before the first run has made the tables of its counts.
        line.wait_until_settled(datetime.now(UTC), FIRST_RUN_SECONDS)
        yield WholeStack(line, Truth(folder / "truth.jsonl", line.secret), folder)
    assert processes_of(line.settings.data_dir) == []
    assert not folder.exists()


@contextmanager
def _kept_up(line: Line, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.whole_stack", str(folder)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(line.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Ctrl-C is for pytest, which then lets the keeper end the stack.
        start_new_session=True,
    ) as keeper:
        assert keeper.stdin is not None
        assert keeper.stdout is not None
        try:
            _must_become_ready(keeper.stdout)
            yield
        finally:
            keeper.stdin.close()
            keeper.wait(STOP_SECONDS)


def _must_become_ready(output: IO[str]) -> None:
    said = []
    for text in output:
        if text.strip() == READY:
            return
        said.append(text)
    raise RuntimeError(f"the stack did not start:\n{''.join(said)}")


def keep(folder: Path) -> None:
    """Start the stack, say so, wait for the end of standard input, and leave nothing of it."""
    try:
        stack.run(["up"])
        print(READY, flush=True)  # noqa: T201 (it is said to the fixture)
        sys.stdin.read()
        stack.run(["down"])
    except CannotStartError as error:
        sys.exit(str(error))
    finally:
        end_processes(processes_of(LocalSettings.of().data_dir), patience_seconds=0)
        shutil.rmtree(folder)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    keep(Path(sys.argv[1]))
