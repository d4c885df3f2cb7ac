"""The flow `settle_charts`: silver, counts and charts of windows that ended or changed.

The work itself is in modules that know nothing of Prefect; flow and tasks show each step.
A run keeps nothing in memory for the next one. It takes everything that Kafka held when it began, so the windows
that it freezes settle in the same run.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from orchestration.charts.build_charts import Built, build_charts
from orchestration.charts.foundation import ensure_foundation
from orchestration.counts.await_bronze import await_bronze
from orchestration.counts.check_live import LIVE_IS_SETTLED, Difference, check_live
from orchestration.counts.count_slices import count_slices
from orchestration.counts.windows import Settling, freeze, plan_settling, settle, switch_live
from orchestration.flows.connections import drop_connections, open_connections
from orchestration.flows.exclusion import work_on_lake
from orchestration.flows.run_table import describe_run
from orchestration.ledger.conservation import ConservationError
from orchestration.ledger.enrichments import Tally, enriched_offsets
from orchestration.ledger.offset_check import OffsetGapError
from orchestration.ledger.progress import (
    STAGES,
    Mark,
    add_mark,
    announce_charts,
    beat,
    complete_marks,
    report_check,
    report_stages,
    report_success,
    run_stage,
    seconds_behind,
    waiting_plays,
)
from orchestration.maintenance.compaction import compact_busy_hours
from orchestration.silver.enrich_plays import enrich_plays

CONSERVED: Final = "received = plays + rejected"
UNBROKEN: Final = "offsets follow each other"
FREEZE_AFTER: Final = timedelta(seconds=60)
"""Plays of a window's last minute may be under way to the live counter."""
FREEZE_SECONDS: Final = 5
"""How long a run waits for the live counter to confirm a freeze."""
BRONZE_SECONDS: Final = 120
"""How long a run waits for bronze to hold what Kafka held at its start: two triggers."""
_SHOWN: Final = 5


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


@task(name="freeze_windows", cache_policy=NO_CACHE)
def freeze_windows() -> None:
    """Freeze the windows that ended a minute ago."""
    connections = open_connections()
    now, is_live = datetime.now(UTC), connections.settings.is_live
    switch_live(connections.postgres, is_live, now)
    if is_live and not freeze(connections.postgres, now - FREEZE_AFTER, FREEZE_SECONDS):
        get_run_logger().warning("the live counter has not confirmed the freeze; its windows settle in a later run")


@task(name="await_bronze", cache_policy=NO_CACHE)
def wait_for_bronze(mark: Mark) -> None:
    """Wait until bronze holds what Kafka held when the run began, and with it what live counted before the freeze."""
    connections = open_connections()
    if not await_bronze(connections.spark, mark.end_offsets, BRONZE_SECONDS):
        get_run_logger().warning(
            "bronze trails Kafka by more than %d s; the run goes on without the rest", BRONZE_SECONDS
        )


@task(name="count_slices", cache_policy=NO_CACHE)
def count(settling: Settling) -> int:
    """Count the changed slices of settled and settling windows; return how many there were."""
    connections = open_connections()
    return len(count_slices(connections.spark, connections.lake_root, connections.postgres, settling))


@task(name="build_charts", cache_policy=NO_CACHE)
def build() -> Built:
    """Rank the changed windows and publish them."""
    connections = open_connections()
    return build_charts(connections.postgres, connections.settings.dbt_project_dir)


@task(name="check_live", cache_policy=NO_CACHE)
def check(settling: Settling) -> list[Difference]:
    """Compare live and settled counts of the windows that settle; the lake wins where they differ."""
    connections = open_connections()
    differences = check_live(connections.spark, connections.lake_root, connections.postgres, settling)
    shown = "; ".join(map(str, differences[:_SHOWN]))
    equal = f"all windows of {settling.start.hour:%Y-%m-%dT%H:%MZ} to {settling.end.hour:%Y-%m-%dT%H:%MZ} are equal"
    found = f"{len(differences)} windows differ: {shown}" if differences else equal
    report_check(connections.postgres, LIVE_IS_SETTLED, not differences, found)
    for difference in differences:
        get_run_logger().error("live differs from settled: %s", difference)
    return differences


@flow(name="settle_charts", log_prints=True, retries=2, retry_delay_seconds=30)
def settle_charts() -> State[Any] | None:
    """Bring silver, counts and charts of ended and changed windows up to the plays."""
    connections = open_connections()
    try:
        with work_on_lake(connections.postgres) as may_work:
            if not may_work:
                return Completed(name="Skipped", message="a correction or another run changes the lake")
            settings = connections.settings
            ensure_foundation(connections.postgres, settings.dbt_project_dir, settings.charts_minimum_listeners)
            _run()
    finally:
        drop_connections()
    return None


def _run() -> None:
    connections, seconds = open_connections(), dict[str, float]()
    postgres = connections.postgres
    freeze_windows()
    mark: Mark = run_stage(lambda: postgres, "kafka", connections.kafka.note)
    add_mark(postgres, mark)
    wait_for_bronze(mark)
    tally = _run_step("silver", enrich, seconds)
    settling = plan_settling(postgres, enriched_offsets(postgres))
    slices = _run_step("counts", partial(count, settling), seconds)
    built = _run_step("charts", build, seconds)
    if connections.settings.is_live and not settling.is_idle:
        check(settling)
    settle(postgres, settling)
    _report_progress(mark, tally)
    if built.windows or not settling.is_idle:
        announce_charts(postgres)
    compact_busy_hours(connections.spark, connections.lake_root, postgres)
    table = describe_run(tally, slices, built, seconds)
    create_table_artifact(key="settle-charts", table=table, description="The last run of settle_charts")


def _run_step(stage: str, step: Any, seconds: dict[str, float]) -> Any:
    """Run a task as a stage of /status and note how long it took."""
    begun = time.monotonic()
    beat(open_connections().postgres)
    result = run_stage(lambda: open_connections().postgres, stage, step)
    seconds[stage] = round(time.monotonic() - begun, 2)
    return result


def _report_progress(mark: Mark, tally: Tally | None) -> None:
    postgres = open_connections().postgres
    covered = enriched_offsets(postgres)
    complete_marks(postgres, covered)
    waiting = waiting_plays(mark, covered)
    report_stages(postgres, {**dict.fromkeys(STAGES, 0), "bronze": waiting}, seconds_behind(postgres))
    if tally:
        report_success(postgres, "bronze")
