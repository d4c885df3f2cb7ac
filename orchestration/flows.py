"""What Prefect runs all the time: rounds that bring the charts up to the plays.

The work itself is in modules that know nothing of Prefect; flows and tasks say in which order it
runs and show each step to whoever looks.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Cancelled

from orchestration.arrivals import OffsetGapError
from orchestration.build_charts import build_charts, lay_foundation
from orchestration.compaction import compact_busy_hours
from orchestration.connections import (
    create_counts_schema,
    drop_connections,
    hold_round_lock,
    open_connections,
)
from orchestration.conservation import ConservationError
from orchestration.enrich_plays import enrich_plays
from orchestration.ledger import Tally
from orchestration.progress import Marks, announce_charts, report_check, report_failure
from orchestration.publish_counts import publish_counts
from orchestration.rounds import report_progress
from orchestration.settings import OrchestrationSettings

_PAUSE_AFTER_FAILURE_SECONDS = 5
CONSERVED = "received = plays + rejected"
UNBROKEN = "offsets follow each other"


@task(name="enrich_plays", cache_policy=NO_CACHE)
def enrich() -> Tally | None:
    """Bring silver up to bronze."""
    connections = open_connections()
    try:
        tally = enrich_plays(connections.spark, connections.lake_root, connections.postgres)
    except (ConservationError, OffsetGapError) as failure:
        name = CONSERVED if isinstance(failure, ConservationError) else UNBROKEN
        report_check(connections.postgres, name, False, str(failure))
        raise
    if tally:
        report_check(connections.postgres, CONSERVED, True, f"{tally.received} = {tally.plays} + {tally.rejected}")
        report_check(connections.postgres, UNBROKEN, True, "no gap and no repeat in Kafka's offsets")
    return tally


@task(name="publish_counts", cache_policy=NO_CACHE)
def publish() -> int:
    """Count the changed slices again and ship them; returns how many there were."""
    connections = open_connections()
    return len(publish_counts(connections.spark, connections.lake_root, connections.postgres))


@task(name="build_charts", cache_policy=NO_CACHE)
def build() -> int:
    """Rank the changed windows and publish them; returns how many there were."""
    connections = open_connections()
    return build_charts(connections.postgres, connections.settings.dbt_project_dir)


@flow(name="refresh_charts", log_prints=True)
def refresh_charts() -> None:
    """One round: every stage catches up with the one before it."""
    seconds: dict[str, float] = {}
    results: dict[str, Any] = {}
    for stage, step in (("silver", enrich), ("counts", publish), ("charts", build)):
        begun = time.monotonic()
        try:
            results[stage] = step()
        except Exception as failure:
            report_failure(open_connections().postgres, stage, failure)
            raise
        seconds[stage] = round(time.monotonic() - begun, 2)
    create_table_artifact(key="round", table=_describe_round(results, seconds), description="The last round")


def _describe_round(results: dict[str, Any], seconds: dict[str, float]) -> list[dict[str, Any]]:
    tally: Tally | None = results["silver"]
    done = {
        "silver": f"{tally.received} received = {tally.plays} plays + {tally.duplicates} duplicates "
        f"+ {tally.malformed} malformed"
        if tally
        else "nothing new",
        "counts": f"{results['counts']} slices",
        "charts": f"{results['charts']} windows",
    }
    return [{"stage": stage, "done": done[stage], "seconds": seconds[stage]} for stage in done]


@flow(name="keep_charts_fresh", log_prints=True)
def keep_charts_fresh(minutes: float = 60) -> State[Any] | None:
    """Run rounds for an hour, each as soon as there is something to do.

    Only the holder of the Postgres lock runs rounds, whatever Prefect believes; another run of this
    flow ends as cancelled.
    """
    settings = OrchestrationSettings()
    with hold_round_lock(settings) as lock:
        if lock is None:
            return Cancelled(message="another run keeps the charts fresh")
        create_counts_schema(lock)
        lay_foundation(settings.dbt_project_dir)
        marks = Marks()
        end = time.monotonic() + timedelta(minutes=minutes).total_seconds()
        while time.monotonic() < end:
            # Losing this connection means losing the lock: the error ends the flow.
            lock.execute("select 1")
            _look_for_work(marks)
            time.sleep(settings.round_interval_seconds)
    drop_connections()
    return None


def _look_for_work(marks: Marks) -> None:
    """Run one round if one is due. A failure is shown and tried again, on fresh connections."""
    try:
        mark = open_connections().kafka.note()
        marks.add(mark)
        if report_progress(open_connections(), marks, mark).is_due:
            refresh_charts()
            report_progress(open_connections(), marks, mark)
            announce_charts(open_connections().postgres)
            compact_busy_hours(open_connections())
    except Exception:
        get_run_logger().exception("the round failed and will be tried again")
        drop_connections()
        time.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
