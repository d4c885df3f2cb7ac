"""Tuples that Postgres writes when hours are counted again and nothing changed; it keeps the statistics itself."""

from __future__ import annotations

from typing import Any, Final

from benchmarks.round_load.counted import counted_hours, counted_listeners
from benchmarks.round_load.database import loader
from orchestration.counts.count_slices import replace_counts
from orchestration.counts.windows import NEVER, Bounds, Settling

GOAL: Final = 0
WRITTEN: Final = """
    select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint
    from pg_stat_user_tables where schemaname = 'counts'
"""


def measure() -> dict[str, Any]:
    """The tuples of the second of two equal publications; the first one's are printed, to show that they are seen."""
    hours = counted_hours(6, 500)
    listeners = counted_listeners(hours)
    slices = sorted(set(zip(hours["region"].to_pylist(), hours["window_start"].to_pylist(), strict=True)))
    seen = []
    settled = Bounds(NEVER, NEVER)
    settling = Settling(settled, settled)
    with loader() as connection:
        for _ in range(3):
            connection.execute("select pg_stat_force_next_flush()")
            row = connection.execute(WRITTEN).fetchone()
            seen.append(int(row[0]) if row else 0)
            if len(seen) < 3:
                replace_counts(connection, slices, hours, listeners, settling)
    first, second = seen[1] - seen[0], seen[2] - seen[1]
    print(f"the first publication wrote {first} tuples, the second {second}", flush=True)
    return {"name": "publish_unchanged_tuples", "tuples": second, "goal": GOAL, "holds": first > 0 and second == GOAL}
