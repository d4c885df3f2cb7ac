"""The charts that are asked for: an open and a settled one of a stack of the benchmark's own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from benchmarks.live_load.traffic import simulated
from local.leftovers import processes_of
from tests.e2e.line import Line
from tests.whole_stack import own_stack

HISTORY_SECONDS: Final = 300
PAUSE_SECONDS: Final = 2
WINDOWS: Final = {"open": False, "settled": True}
"""What kinds of windows are measured, and whether each is final."""


@contextmanager
def charts() -> Iterator[None]:
    """Charts of the demo's first hours behind the variables of the environment.

    Nothing is posted any more, and the live counter stands still: it says each second how fresh the open charts are,
    which makes each another answer.
    """
    with own_stack(SETTLE_INTERVAL_SECONDS="60", CHARTS_MINIMUM_LISTENERS="1") as stack:
        with simulated(stack.line):
            _await_charts(stack.line)
        stack.line.wait_until_settled(datetime.now(UTC))
        with _frozen(stack.line.settings.data_dir, "live-counter"), patch.dict(os.environ, stack.line.environment):
            yield


@contextmanager
def _frozen(data_dir: Path, part: str) -> Iterator[None]:
    processes = processes_of(data_dir, part)
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def choose_window(windows: list[dict[str, Any]], is_final: bool) -> dict[str, Any] | None:
    """The newest window with plays that is final, or that is not."""
    fitting = (one for one in windows if one["total_plays"] and (one["status"] == "final") is is_final)
    return next(fitting, None)


def _await_charts(line: Line) -> None:
    deadline = time.monotonic() + HISTORY_SECONDS
    while not all(choose_window(_windows(line), is_final) for is_final in WINDOWS.values()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"there is no open and no final chart after {HISTORY_SECONDS} s")
        time.sleep(PAUSE_SECONDS)


def _windows(line: Line) -> list[dict[str, Any]]:
    answer = line.get("/windows", region="global", limit=500)
    windows: list[dict[str, Any]] = answer.json()["windows"] if answer.is_success else []
    return windows
