"""What Prefect runs all the time: rounds that bring the charts up to the plays.

The work itself is in modules that know nothing of Prefect; flows and tasks say in which order it
runs and show each step to whoever looks.
"""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.exceptions import PrefectHTTPStatusError
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Completed

from orchestration.arrivals import OffsetGapError
from orchestration.build_charts import Built, build_charts, lay_foundation
from orchestration.compaction import BesideRounds
from orchestration.connections import (
    create_counts_schema,
    drop_connections,
    hold_round_lock,
    open_connections,
)
from orchestration.conservation import ConservationError
from orchestration.enrich_plays import enrich_plays
from orchestration.known_listeners import KnownListeners
from orchestration.ledger import Tally
from orchestration.pauses import work_on_lake
from orchestration.progress import announce_charts, report_check, run_stage
from orchestration.publish_counts import publish_counts
from orchestration.round_table import describe_round
from orchestration.rounds import ProgressReport
from orchestration.settings import OrchestrationSettings
from orchestration.signs_of_life import show_life
from orchestration.succession import PATIENCE_SECONDS, Succession, prepare_rounds

_PAUSE_AFTER_FAILURE_SECONDS = 5
CONSERVED = "received = plays + rejected"
UNBROKEN = "offsets follow each other"
_LISTENERS = KnownListeners()
"""Of this process, from round to round."""


@task(name="enrich_plays", cache_policy=NO_CACHE)
def enrich(newest_version: int | None) -> Tally | None:
    """Bring silver up to a version of bronze, or to the newest."""
    connections = open_connections()
    try:
        lake = connections.spark, connections.lake_root, connections.postgres
        tally = enrich_plays(*lake, newest_version, _LISTENERS.newest_batch)
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
    return len(publish_counts(connections.spark, connections.lake_root, connections.postgres, _LISTENERS))


@task(name="build_charts", cache_policy=NO_CACHE)
def build() -> Built:
    """Rank the changed windows and publish them."""
    connections = open_connections()
    built = build_charts(connections.postgres, connections.settings.dbt_project_dir)
    announce_charts(connections.postgres)
    return built


@flow(name="refresh_charts", log_prints=True)
def refresh_charts(newest_version: int | None = None) -> None:
    """One round: every stage catches up with the one before it, silver with a version of bronze (the newest)."""
    seconds: dict[str, float] = {}
    results: dict[str, Any] = {}
    conninfo = OrchestrationSettings().loader_conninfo
    for stage, step in (("silver", partial(enrich, newest_version)), ("counts", publish), ("charts", build)):
        begun = time.monotonic()
        with show_life(conninfo):
            results[stage] = run_stage(lambda: open_connections().postgres, stage, step)
        seconds[stage] = round(time.monotonic() - begun, 2)
    table = describe_round(results["silver"], results["counts"], results["charts"], seconds)
    create_table_artifact(key="round", table=table, description="The last round")


@flow(name="keep_charts_fresh", log_prints=True)
def keep_charts_fresh(minutes: float = 60, succeeds: bool = False) -> State[Any] | None:
    """Run rounds for an hour, each as soon as there is something to do.

    Only the holder of the Postgres lock runs rounds, whatever Prefect believes; another run of this
    flow ends as skipped, which is no failure and starts no other. One that ``succeeds`` another was called
    by it before its end: it makes itself ready and waits for the lock.
    """
    settings = OrchestrationSettings()
    if succeeds:
        prepare_rounds(open_connections(), _LISTENERS)
        get_run_logger().info("ready for rounds: waiting for the run before to end")
    with hold_round_lock(settings, PATIENCE_SECONDS if succeeds else 0) as lock:
        if lock is None:
            return Completed(name="Skipped", message="another run keeps the charts fresh")
        create_counts_schema(lock)
        lay_foundation(settings.dbt_project_dir)
        progress, compaction = ProgressReport(), BesideRounds()
        end = time.monotonic() + timedelta(minutes=minutes).total_seconds()
        succession = Succession(end)
        while time.monotonic() < end:
            succession.call_when_due()
            # Losing this connection means losing the lock: the error ends the flow.
            lock.execute("select 1")
            with work_on_lake(lock) as may_work:
                was_due = may_work and _look_for_work(progress, compaction)
            # What came during a round waits already, and the next look says how far the round has brought the charts.
            if not was_due:
                time.sleep(settings.round_interval_seconds)
        compaction.finish()
    drop_connections()
    return None


def _look_for_work(progress: ProgressReport, compaction: BesideRounds) -> bool:
    """Run one round if one is due, and say so. A failure is shown and tried again, on fresh connections."""
    try:
        backlog = progress.write(open_connections(), open_connections().kafka.note())
        if backlog.is_due:
            # A run's heartbeat keeps its end waiting for up to a second; the run around all rounds has one.
            with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
                refresh_charts(backlog.newest_version)
            compaction.compact(open_connections())
    except Exception as failure:
        if _is_unknown_to_prefect(failure):
            raise
        get_run_logger().exception("the round failed and will be tried again")
        drop_connections()
        time.sleep(_PAUSE_AFTER_FAILURE_SECONDS)
        return False
    return backlog.is_due


def _is_unknown_to_prefect(failure: Exception) -> bool:
    """Whether this run was deleted while it began, as a start does with runs that were missed: no round can hang on it.

    It must end, for the next one on schedule to take over.
    """
    return isinstance(failure, PrefectHTTPStatusError) and failure.response.status_code == HTTPStatus.CONFLICT
