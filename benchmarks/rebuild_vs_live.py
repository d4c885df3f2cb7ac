"""Rows of bronze a second that a rebuild makes charts of, by those of the live line.

Live is from the first value in Kafka until the charts hold the last, all of them waiting there at once; a rebuild is
`make rebuild` from its start to its end, its comparison with a full recomputation included. Both are of the same
values: duplicates, hours of a day, and poison. A rebuild that changes a count or a chart is none. Before it the lake
gets its hourly maintenance, as before any rebuild of a running stack; ``before_maintenance`` is the same while
every hour still has the files of its batches.
"""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any, Final

from benchmarks.http_load.pairs import conclude
from benchmarks.lake_load.settings import LakeLoadSettings
from benchmarks.lake_load.values import Mix, make_values, write_values
from tests.e2e.line import Line
from tests.e2e.rebuilding import rebuild_everything
from tests.whole_stack import own_stack

GOAL: Final = 5
MIX: Final = Mix(hours=24, duplicates=0.1, poison=0.01)
REBUILDS: Final = 3
WARM_UP_ROWS: Final = 5_000
MAINTENANCE: Final = "maintain_lake/maintain-lake"
PATIENCE_SECONDS: Final = 1_800


def measure() -> dict[str, Any]:
    """The median ratio of all rebuilds."""
    settings = LakeLoadSettings()
    with own_stack() as stack:
        line = stack.line
        _run_live(line, WARM_UP_ROWS, MIX.later(48))
        live = _run_live(line, settings.bench_rows, MIX)
        rows = settings.bench_rows + WARM_UP_ROWS
        before_maintenance = rows / _rebuild(line) / live
        _maintain(line)
        ratios = [rows / _rebuild(line) / live for _ in range(REBUILDS)]
    return {
        **conclude("rebuild_vs_live", GOAL, ratios),
        "before_maintenance": round(before_maintenance, 2),
        "rows": rows,
        "live_rows_per_second": round(live),
    }


def _run_live(line: Line, rows: int, mix: Mix) -> float:
    begun = time.monotonic()
    write_values(line.settings.kafka_as("ingest"), line.settings.kafka_topic, make_values(rows, mix))
    line.wait_until_settled(datetime.now(UTC), PATIENCE_SECONDS)
    seconds = time.monotonic() - begun
    print(f"live: {rows:,} values in {seconds:.1f} s", flush=True)
    return rows / seconds


def _maintain(line: Line) -> None:
    """Run what the schedule runs every hour."""
    command = [sys.executable, "-m", "prefect", "deployment", "run", MAINTENANCE, "--watch"]
    subprocess.run(command, env=dict(line.environment), check=True)


def _rebuild(line: Line) -> float:
    seconds = rebuild_everything(line)
    print(f"rebuilt in {seconds:.1f} s", flush=True)
    return seconds
