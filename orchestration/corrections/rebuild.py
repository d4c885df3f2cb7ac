"""Make silver, counts and charts again from bronze alone: what ``rebuild_charts`` runs, free of Prefect."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import Connection
from pyspark.sql import SparkSession

from orchestration.charts.build_charts import build_charts, check_whole_history
from orchestration.corrections.rebuild_counts import IN_SCOPE, WindowDifference, rebuild_counts
from orchestration.corrections.rebuild_silver import KIND, rebuild_silver
from orchestration.corrections.recover_ledger import recover_ledger
from orchestration.ledger.corrections import refuse_other_correction
from orchestration.silver.compare import SliceDifference
from orchestration.silver.lost_ledger import refuse_lost_ledger
from orchestration.silver.recompute import Scope, recompute_silver

_ALL_WINDOWS = f"""
    insert into counts.windows_to_rank (grain, region, window_start, cause)
    select distinct grain, region, window_start, 'rebuild' from counts.song_counts where {IN_SCOPE}
    on conflict do nothing
"""


@dataclass(frozen=True)
class Rebuilt:
    """From how many rows of bronze all was made again, what differed (and was replaced), and each stage's seconds.

    ``ledger`` is the number of bronze's rows that the ledger was made again from, where Postgres had lost it.
    """

    scope: Scope
    rows: int
    silver: list[SliceDifference]
    counts: list[WindowDifference]
    charts: int
    seconds: dict[str, float]
    ledger: int | None = None

    @property
    def is_equal(self) -> bool:
        """Whether nothing differed."""
        return self.ledger is None and not (self.silver or self.counts)


def rebuild_charts(
    spark: SparkSession, lake_root: str, connection: Connection[Any], project_dir: Path, scope: Scope
) -> Rebuilt:
    """Make all three stages again and replace what differs; settling must be paused.

    Charts are ranked again from counts, which writes nothing where nothing differs, so revisions survive.
    After everything was made again, dbt compares the charts with a full recomputation of their history. A rebuild of
    everything also makes the ledger again where an empty or an older Postgres lacks batches of silver.

    Raises:
        ConservationError: when silver does not add up, or another correction was stopped half way.
        ChartBuildError: when the charts are not what the counts say.
    """
    ledger = None
    if scope == Scope():
        ledger = recover_ledger(spark, lake_root, connection)
    else:
        refuse_lost_ledger(spark, lake_root, connection)
    refuse_other_correction(connection, KIND, str(scope))
    seconds: dict[str, float] = {}
    begun = time.monotonic()
    with recompute_silver(spark, lake_root, connection, scope) as made:
        silver = rebuild_silver(spark, lake_root, connection, made)
        seconds["silver"], begun = time.monotonic() - begun, time.monotonic()
        counts = rebuild_counts(spark, lake_root, connection, made)
        seconds["counts"], begun = time.monotonic() - begun, time.monotonic()
    connection.execute(_ALL_WINDOWS, {"region": scope.region, "day": scope.day})
    charts = build_charts(connection, project_dir).windows
    seconds["charts"], begun = time.monotonic() - begun, time.monotonic()
    if scope == Scope():
        check_whole_history(project_dir)
        seconds["comparison"] = time.monotonic() - begun
    rounded = {stage: round(spent, 2) for stage, spent in seconds.items()}
    return Rebuilt(scope, made.rows, silver, counts, charts, rounded, ledger)
