"""The flow `withdraw_key`; settle_charts is paused for as long as it takes."""

from __future__ import annotations

import logging

from prefect import flow
from prefect.artifacts import create_table_artifact

from orchestration.corrections.withdraw import count_and_publish, withdraw_plays
from orchestration.flows.connections import drop_connections, open_connections
from orchestration.flows.exclusion import pause_settling
from orchestration.silver.enrich_plays import enrich_plays

logging.getLogger("orchestration").setLevel(logging.INFO)


@flow(name="withdraw_key", log_prints=True)
def withdraw_key(key_id: str, undo: bool = False) -> None:
    """Take a key's plays out of all charts, or bring them back; safe to run again."""
    connections = open_connections()
    spark, lake_root, project_dir = connections.spark, connections.lake_root, connections.settings.dbt_project_dir
    with pause_settling(connections.settings) as postgres:
        enrich_plays(spark, lake_root, postgres)
        withdrawal = withdraw_plays(spark, lake_root, postgres, key_id, undo=undo)
        count_and_publish(spark, lake_root, postgres, project_dir)
    drop_connections()
    create_table_artifact(key="withdrawal", table=withdrawal.describe(), description=f"The last change of key {key_id}")
