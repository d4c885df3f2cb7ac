"""The flows that operators start: a rebuild of the charts, and the erasure of a listener.

settle_charts is paused for as long as they take.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact
from psycopg import Connection

from orchestration.charts.build_charts import build_charts
from orchestration.charts.foundation import ensure_foundation
from orchestration.corrections.erase_plays import KIND, erase
from orchestration.corrections.erasure_requests import Request, forget_listener, read_request
from orchestration.corrections.forget_listens import forget_listens
from orchestration.corrections.rebuild import Rebuilt
from orchestration.corrections.rebuild import rebuild_charts as rebuild
from orchestration.corrections.reseed_live import reseed_live
from orchestration.counts.count_slices import count_slices
from orchestration.flows.connections import Connections, drop_connections, open_connections
from orchestration.flows.exclusion import pause_settling
from orchestration.ledger.corrections import count_changed_slices, is_begun
from orchestration.ledger.enrichments import enriched_offsets
from orchestration.ledger.progress import Mark, waiting_plays
from orchestration.maintenance.kafka_retention import longest_retention
from orchestration.silver.enrich_plays import enrich_plays
from orchestration.silver.recompute import Scope

# prefect.yaml has what the work tells of its progress put into the run's log; the level is left to us.
logging.getLogger("orchestration").setLevel(logging.INFO)
_CATCH_UP_SECONDS = 600
_FILES_GONE_AFTER = timedelta(hours=3)
"""Maintenance runs every hour, deletes what was replaced an hour before, and may be late once."""


@flow(name="rebuild_charts", log_prints=True)
def rebuild_charts(region: str | None = None, day: date | None = None) -> None:
    """Make silver, counts and charts again from bronze; of one region's UTC day, or of everything."""
    connections = open_connections()
    scope = Scope(region, day)
    get_run_logger().info("waiting for the run of settle_charts that is under way; then %s is rebuilt", scope)
    with pause_settling(connections.settings) as postgres:
        project_dir, minimum = connections.settings.dbt_project_dir, connections.settings.charts_minimum_listeners
        ensure_foundation(postgres, project_dir, minimum)
        rebuilt = rebuild(connections.spark, connections.lake_root, postgres, project_dir, scope)
        reseed_live(connections.spark, connections.lake_root, postgres)
    drop_connections()
    create_table_artifact(key="rebuild", table=describe_rebuilt(rebuilt), description=f"The last rebuild: {scope}")


def describe_rebuilt(rebuilt: Rebuilt) -> list[dict[str, str]]:
    """What was made again and what differed, a line each."""
    seconds = ", ".join(f"{stage} {spent:g} s" for stage, spent in rebuilt.seconds.items())
    if rebuilt.ledger is not None:
        lost = f"Postgres had lost it; {len(rebuilt.silver)} slices, {len(rebuilt.counts)} windows made again"
        return [{"what": f"{rebuilt.rows} rows of bronze in {seconds}", "found": "all was made again"},
                {"what": f"ledger, of {rebuilt.ledger} rows", "found": lost}]  # fmt: skip
    silver = [
        {"what": f"{found.table.value} {found.slice[0]} {found.slice[1]:%Y-%m-%d %H}h", "found": _describe_rows(found)}
        for found in rebuilt.silver
    ]
    counts = [
        {
            "what": f"counts {found.grain} {found.region} {found.window_start:%Y-%m-%d %H:%M}",
            "found": f"{found.songs} songs",
        }
        for found in rebuilt.counts
    ]
    verdict = "equal to what was live" if rebuilt.is_equal else "what differed was replaced"
    return [{"what": f"{rebuilt.rows} rows of bronze in {seconds}", "found": verdict}, *silver, *counts]


def _describe_rows(found: Any) -> str:
    return f"{found.lacking} rows lacking, {found.surplus} too many, {found.different} different"


@flow(name="reseed_live", log_prints=True)
def reseed_live_counts() -> None:
    """Load the open days of schema `live` from silver, and let the live counter go on from silver's offsets."""
    connections, begun = open_connections(), time.monotonic()
    with pause_settling(connections.settings) as postgres:
        enrich_plays(connections.spark, connections.lake_root, postgres)
        reseeded = reseed_live(connections.spark, connections.lake_root, postgres)
    drop_connections()
    days = ", ".join(map(str, reseeded.days)) or "none: live counts are off"
    table = [
        {"what": "days", "found": days},
        {"what": "plays", "found": str(reseeded.plays)},
        {"what": "seconds", "found": f"{time.monotonic() - begun:.1f}"},
    ]
    create_table_artifact(key="reseed", table=table, description="The last reseed of live counts")


@flow(name="erase_listener", log_prints=True, retries=2, retry_delay_seconds=60)
def erase_listener(request_id: str) -> None:
    """Erase the listener of a request everywhere, and leave a receipt; safe to run again."""
    connections = open_connections()
    with pause_settling(connections.settings) as postgres:
        receipt = carry_out(connections, postgres, UUID(request_id))
    drop_connections()
    create_table_artifact(key="erasure", table=receipt.describe(), description=f"Receipt of request {request_id}")


def carry_out(connections: Connections, postgres: Connection[Any], request_id: UUID) -> Request:
    """Erase, count and rank again, reseed open windows, forget: returns the receipt."""
    spark, lake_root = connections.spark, connections.lake_root
    user_id = read_request(postgres, request_id).user_id
    if user_id is not None:
        if not is_begun(postgres, KIND, str(request_id)):
            catch_up(connections, postgres)
        erase(spark, lake_root, postgres, request_id)
        hours = count_changed_slices(postgres, KIND)
        count_slices(spark, lake_root, postgres)
        build_charts(postgres, connections.settings.dbt_project_dir)
        reseed_live(spark, lake_root, postgres)
        forget_listens(postgres, user_id)
        now = datetime.now(UTC)
        settings = connections.settings
        retention = longest_retention(settings.kafka, settings.kafka_topic)
        forget_listener(postgres, request_id, hours, now + _FILES_GONE_AFTER, now + retention)
    return read_request(postgres, request_id)


def catch_up(connections: Connections, postgres: Connection[Any]) -> None:
    """Bring silver up to what Kafka holds now, so that all of it can be erased.

    Raises ``TimeoutError`` when bronze does not get there in ten minutes.
    """
    mark: Mark = connections.kafka.note()
    end = time.monotonic() + _CATCH_UP_SECONDS
    while waiting_plays(mark, enriched_offsets(postgres)):
        if enrich_plays(connections.spark, connections.lake_root, postgres) is None:
            if time.monotonic() > end:
                raise TimeoutError("bronze does not reach Kafka's end: is the lake driver up? `make status` tells")
            time.sleep(1)
