"""The charts that are requested: an open and a settled one of a stack that runs for the benchmark."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import httpx

from benchmarks.live_load.traffic import simulated
from local.stack.orphan_processes import processes_of
from local.stack.waiting import NotReadyError, wait_until
from tests.whole_stack import own_stack

HISTORY_SECONDS: Final = 300
PAUSE_SECONDS: Final = 2
WINDOWS: Final = {"open": False, "settled": True}
"""What kinds of windows are measured, and whether each is final."""


@contextmanager
def charts() -> Iterator[None]:
    """Charts of the demo's first hours behind the variables of the environment.

    Nothing is posted any more, and the live counter is suspended: it updates each second how fresh open charts are,
    which changes their bodies.
    """
    with own_stack(SETTLE_INTERVAL_SECONDS="60", CHARTS_MINIMUM_LISTENERS="1") as stack:
        with simulated(stack.line):
            address = stack.line.settings.api_url
            wait_until("the charts", lambda: _must_have_charts(address), HISTORY_SECONDS, PAUSE_SECONDS)
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


def find_window(address: str, is_final: bool) -> dict[str, Any]:
    """Return the newest global hour with plays that is final, or that is not.

    Raises ``NotReadyError`` when there is none.
    """
    try:
        answer = httpx.get(f"{address}/windows?region=global&limit=500", timeout=30).raise_for_status()
    except httpx.HTTPError as error:
        raise NotReadyError(f"/windows: {error}") from error
    for window in answer.json()["windows"]:
        if window["total_plays"] and (window["status"] == "final") is is_final:
            return dict(window)
    raise NotReadyError(f"there is no {'final' if is_final else 'open'} chart")


def _must_have_charts(address: str) -> None:
    for is_final in WINDOWS.values():
        find_window(address, is_final)
