"""Scheduled maintenance: of the lake, and of Prefect's own history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterEndTime

from orchestration.compaction import compact_closed_hours, remove_old_files
from orchestration.connections import drop_connections, open_connections

_RUNS_AT_ONCE = 100


@flow(name="maintain_lake", log_prints=True, retries=2, retry_delay_seconds=60)
def maintain_lake() -> None:
    """Make closed hours one file per region, then delete the files that were replaced an hour ago."""
    connections = open_connections()
    spark, lake_root, postgres = connections.spark, connections.lake_root, connections.postgres
    saved = compact_closed_hours(spark, lake_root, postgres, datetime.now(UTC))
    cleaned = remove_old_files(spark, lake_root, postgres)
    drop_connections()
    table = [{"files saved": saved, "tables cleaned": ", ".join(cleaned)}]
    create_table_artifact(key="lake-upkeep", table=table, description="The last upkeep of the lake")


@flow(name="prune_history")
def prune_history(hours: float = 24) -> int:
    """Delete the runs that ended so many hours ago, with their tasks; return how many."""
    ended = FlowRunFilterEndTime(before_=datetime.now(UTC) - timedelta(hours=hours))
    forgotten = 0
    with get_client(sync_client=True) as client:
        while runs := client.read_flow_runs(flow_run_filter=FlowRunFilter(end_time=ended), limit=_RUNS_AT_ONCE):
            for run in runs:
                client.delete_flow_run(run.id)
            forgotten += len(runs)
    return forgotten
