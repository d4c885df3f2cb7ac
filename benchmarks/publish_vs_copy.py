"""Rows a second: publishing counted hours with all their sums, by a raw binary COPY into the same table.

The rows that publishing leaves behind are what is copied; its work of comparing and summing is in its time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

import psycopg

from benchmarks.round_load.counted import counted_hours, counted_listeners
from benchmarks.round_load.database import loader
from orchestration.publish_counts import replace_counts

GOAL: Final = 0.6
PAIRS: Final = 5
HOURS: Final = 6
SONGS: Final = 1_500
COPY_OUT: Final = "copy counts.song_counts to stdout (format binary)"
COPY_IN: Final = "copy counts.song_counts from stdin (format binary)"


def measure() -> dict[str, Any]:
    """The median ratio of all pairs."""
    hours = counted_hours(HOURS, SONGS)
    listeners = counted_listeners(hours)
    slices = sorted(set(zip(hours["region"].to_pylist(), hours["window_start"].to_pylist(), strict=True)))
    with loader() as connection:
        replace_counts(connection, slices, hours, listeners)
        with connection.cursor().copy(COPY_OUT) as copied:
            raw = b"".join(map(bytes, copied))
        rows = _scalar(connection, "select count(*) from counts.song_counts")
        ratios = [
            _pair(
                number,
                rows,
                _time(connection, lambda: replace_counts(connection, slices, hours, listeners)),
                _time(connection, lambda: _copy(connection, raw)),
            )
            for number in range(1, PAIRS + 1)
        ]
    ratio = round(median(ratios), 2)
    limits = [round(min(ratios), 2), round(max(ratios), 2)]
    return {
        "name": "publish_vs_copy", "ratio": ratio, "range": limits, "pairs": PAIRS, "rows": rows, "goal": GOAL,
        "holds": ratio >= GOAL,
    }  # fmt: skip


def _pair(number: int, rows: int, published: float, copied: float) -> float:
    ratio = copied / published
    print(f"pair {number}: {rows / published:,.0f} rows/s by {rows / copied:,.0f} = {ratio:.2f}", flush=True)
    return ratio


def _time(connection: psycopg.Connection[Any], write: Callable[[], None]) -> float:
    """The seconds it takes to fill the empty table."""
    connection.execute("truncate counts.song_counts, counts.windows_to_rank, counts.window_totals")
    started = time.perf_counter()
    write()
    return time.perf_counter() - started


def _copy(connection: psycopg.Connection[Any], raw: bytes) -> None:
    with connection.cursor().copy(COPY_IN) as target:
        target.write(raw)


def _scalar(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None  # an aggregate always has its row
    return int(row[0])
