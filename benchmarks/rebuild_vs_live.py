"""Rows of bronze a second that a rebuild makes charts of, by those of the live line.

Live is from the first value in Kafka until the charts hold the last, all of them waiting there at once; a rebuild is
`make rebuild` from its start to its end, its comparison with a full recomputation included. Both are of the same
values: duplicates, hours of a day, and poison. A rebuild that changes a count or a chart is none.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any, Final

import psycopg

from benchmarks.http_load.pairs import conclude
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.values import Mix, make_values, write_values
from local.environment import ROOT
from tests.e2e.line import Line
from tests.whole_stack import own_stack

GOAL: Final = 5
MIX: Final = Mix(hours=24, duplicates=0.1, poison=0.01)
REBUILDS: Final = 3
WARM_UP_ROWS: Final = 5_000
PATIENCE_SECONDS: Final = 1_800
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


def measure() -> dict[str, Any]:
    """The median ratio of all rebuilds."""
    settings = LakeLoadSettings()
    with own_stack() as stack:
        line = stack.line
        _run_live(line, WARM_UP_ROWS, MIX.later(48))
        live = _run_live(line, settings.bench_rows, MIX)
        rows = settings.bench_rows + WARM_UP_ROWS
        ratios = [rows / _rebuild(line) / live for _ in range(REBUILDS)]
    return {**conclude("rebuild_vs_live", GOAL, ratios), "rows": rows, "live_rows_per_second": round(live)}


def _run_live(line: Line, rows: int, mix: Mix) -> float:
    begun = time.monotonic()
    write_values(line.settings.kafka_bootstrap_servers, line.settings.kafka_topic, make_values(rows, mix))
    line.wait_until_complete(datetime.now(UTC), PATIENCE_SECONDS)
    seconds = time.monotonic() - begun
    print(f"live: {rows:,} values in {seconds:.1f} s", flush=True)
    return rows / seconds


def _rebuild(line: Line) -> float:
    """The seconds of one rebuild of everything, which must find everything equal."""
    before, begun = _read_state(line), time.monotonic()
    command = [sys.executable, "-m", "orchestration.rebuild_by_hand"]
    subprocess.run(command, cwd=ROOT, env=dict(line.environment), check=True)
    seconds = time.monotonic() - begun
    assert _read_state(line) == before
    print(f"rebuilt in {seconds:.1f} s", flush=True)
    return seconds


def _read_state(line: Line) -> list[Any]:
    return [_ask(line, role, query) for role, query in _STATES.items()]


def _ask(line: Line, role: str, query: str) -> Any:
    with psycopg.connect(line.dsn(role)) as connection:
        return connection.execute(query.encode()).fetchone()
