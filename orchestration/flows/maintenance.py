"""Scheduled maintenance: of the lake, of the tables in Postgres, and of Prefect's own history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType

from orchestration.flows.connections import drop_connections, open_connections
from orchestration.flows.exclusion import pause_settling
from orchestration.maintenance.compaction import compact_closed_hours, remove_old_files
from orchestration.maintenance.prune_tables import prune_tables as prune
from orchestration.settings import OrchestrationSettings

_RUNS_AT_ONCE = 100
_FAILED = [StateType.FAILED, StateType.CRASHED]


@flow(name="maintain_lake", log_prints=True, retries=2, retry_delay_seconds=60)
def maintain_lake() -> None:
    """Make closed hours one file per partition, then delete the files that were replaced an hour ago."""
    connections = open_connections()
    spark, lake_root, postgres = connections.spark, connections.lake_root, connections.postgres
    saved = compact_closed_hours(spark, lake_root, postgres, datetime.now(UTC))
    cleaned = remove_old_files(spark, lake_root, postgres)
    drop_connections()
    table = [{"files saved": saved, "tables cleaned": ", ".join(cleaned)}]
    create_table_artifact(key="lake-maintenance", table=table, description="The last maintenance of the lake")


@flow(name="prune_tables", log_prints=True, retries=2, retry_delay_seconds=60)
def prune_tables() -> None:
    """Delete from Postgres what its lifetime has passed, between two runs of settle_charts."""
    with pause_settling(OrchestrationSettings()) as postgres:
        pruned = prune(postgres)
    table = [{"what": name, "deleted": rows} for name, rows in pruned.items()]
    create_table_artifact(key="prune-tables", table=table, description="What was deleted last")


@flow(name="prune_history")
def prune_history(hours: float = 24, failed_days: float = 30) -> int:
    """Delete the runs that ended so many hours ago, failed ones so many days ago, with their tasks; return how many."""
    now = datetime.now(UTC)
    others = FlowRunFilterState(type=FlowRunFilterStateType(not_any_=_FAILED))
    return _forget_runs(now - timedelta(hours=hours), others) + _forget_runs(now - timedelta(days=failed_days))


def _forget_runs(ended_before: datetime, state: FlowRunFilterState | None = None) -> int:
    chosen = FlowRunFilter(end_time=FlowRunFilterEndTime(before_=ended_before), state=state)
    forgotten = 0
    with get_client(sync_client=True) as client:
        while runs := client.read_flow_runs(flow_run_filter=chosen, limit=_RUNS_AT_ONCE):
            for run in runs:
                client.delete_flow_run(run.id)
            forgotten += len(runs)
    return forgotten
