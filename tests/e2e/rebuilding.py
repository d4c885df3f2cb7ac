"""A rebuild of everything as an operator asks for it, which must change nothing that is equal."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any, Final

import psycopg

from local.environment import ROOT
from tests.e2e.line import Line

_STATES: Final = {
    "loader": """
        select md5(string_agg(counted::text, ',' order by grain, region, window_start, song_id))
        from counts.song_counts as counted
    """,
    "reader": """
        select md5(string_agg(
            concat_ws(' ', revision, total_plays, total_songs), ',' order by grain, region, window_start
        ))
        from charts.chart_windows
    """,
}
"""What each role sees, as one word: a rebuild that changes a chart counts up its revision."""


def rebuild_everything(line: Line) -> float:
    """Run ``make rebuild``'s command to its end; the seconds it took.

    Raises:
        CalledProcessError: when it failed.
        AssertionError: when it found something to change.
    """
    before, begun = _read_state(line), time.monotonic()
    command = [sys.executable, "-m", "orchestration.commands.rebuild"]
    subprocess.run(command, cwd=ROOT, env=dict(line.environment), check=True)
    seconds = time.monotonic() - begun
    assert _read_state(line) == before
    return seconds


def _read_state(line: Line) -> list[Any]:
    return [_ask(line, role, query) for role, query in _STATES.items()]


def _ask(line: Line, role: str, query: str) -> Any:
    with psycopg.connect(line.dsn(role)) as connection:
        return connection.execute(query.encode()).fetchone()
