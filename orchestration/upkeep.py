"""What Prefect runs on a schedule beside the rounds: upkeep of the lake, and the docs site."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dbt.cli.main import dbtRunner
from prefect import flow
from prefect.artifacts import create_table_artifact

from orchestration.compaction import compact_closed_hours, remove_old_files
from orchestration.connections import drop_connections, open_connections
from orchestration.settings import OrchestrationSettings


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


@flow(name="publish_docs")
def publish_docs(folder: Path) -> None:
    """Write dbt's documentation, with the lineage of every column, as one static page."""
    project = str(OrchestrationSettings().dbt_project_dir)
    places = ["--project-dir", project, "--profiles-dir", project, "--target-path", str(folder)]
    outcome = dbtRunner().invoke(["docs", "generate", "--static", *places])
    if not outcome.success:
        raise RuntimeError(f"dbt docs generate failed: {outcome.exception}")
