"""The order of a run of settle_charts, and what is left when a step fails."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from orchestration.charts.build_charts import Built, ChartBuildError
from orchestration.counts.windows import Bounds, Settling, read_settled
from orchestration.flows import settle_charts as flows
from orchestration.flows.exclusion import work_on_lake
from orchestration.ledger.progress import Mark
from orchestration.settings import OrchestrationSettings
from tests.stack import PostgresServer

Loader = psycopg.Connection[Any]
NOTED = datetime(2026, 11, 1, 12, 5, tzinfo=UTC)
ELEVEN, NOON, DAY = (datetime(2026, 11, 1, hour, tzinfo=UTC) for hour in (11, 12, 0))
SETTLING = Settling(Bounds(ELEVEN, DAY), Bounds(NOON, DAY))
IDLE = Settling(Bounds(NOON, DAY), Bounds(NOON, DAY))


class Run:
    """A run whose steps only say that they ran; the database is real."""

    def __init__(self, patch: pytest.MonkeyPatch, loader: Loader, settings: OrchestrationSettings) -> None:
        self.steps: list[str] = []
        self.settling = SETTLING
        self.failure: Exception | None = None
        kafka = SimpleNamespace(note=lambda: Mark(NOTED, {"0": 0}))
        connections = SimpleNamespace(postgres=loader, settings=settings, kafka=kafka, spark=None, lake_root="")
        patch.setattr(flows, "open_connections", lambda: connections)
        patch.setattr(flows, "drop_connections", lambda: self.steps.append("closed"))
        patch.setattr(flows, "ensure_foundation", lambda *_: None)
        patch.setattr(flows, "compact_busy_hours", lambda *_: None)
        patch.setattr(flows, "create_table_artifact", lambda **_: None)
        patch.setattr(flows, "enrich", lambda: self.steps.append("enrich"))
        patch.setattr(flows, "freeze_windows", lambda: self.steps.append("freeze"))
        patch.setattr(flows, "wait_for_bronze", lambda _: self.steps.append("wait"))
        patch.setattr(flows, "plan_settling", lambda *_: self.settling)
        patch.setattr(flows, "count", self.count)
        patch.setattr(flows, "build", self.build)
        patch.setattr(flows, "check", lambda _: self.steps.append("check"))

    def count(self, settling: Settling) -> int:
        self.steps.append("count")
        return 1

    def build(self) -> Built:
        self.steps.append("build")
        if self.failure:
            raise self.failure
        return Built(4, {})


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, loader: Loader, settings: OrchestrationSettings) -> Run:
    """A run that settles one hour."""
    loader.execute("update live.open_windows set open_from = %s, counted_from = %s", (DAY, NOON))
    loader.execute("update live.open_windows set open_from = %s where grain = 'hour'", (ELEVEN,))
    return Run(monkeypatch, loader, settings)


def complete_through(loader: Loader) -> Any:
    return loader.execute("select complete_through from counts.progress").fetchone()


def test_windows_settle_after_they_were_counted_published_and_compared(run: Run, loader: Loader) -> None:
    assert flows.settle_charts.fn() is None
    assert run.steps == ["freeze", "wait", "enrich", "count", "build", "check", "closed"]
    assert read_settled(loader) == Bounds(NOON, DAY)
    assert complete_through(loader) == (NOTED,)


def test_a_failed_build_settles_nothing_and_is_shown(run: Run, loader: Loader) -> None:
    run.failure = ChartBuildError("ranks_are_dense_and_unique")
    with pytest.raises(ChartBuildError):
        flows.settle_charts.fn()
    assert read_settled(loader) == Bounds(ELEVEN, DAY)
    assert complete_through(loader) == (None,)
    failed = loader.execute("select stage from counts.stages where last_error is not null").fetchall()
    assert (failed, run.steps[-1]) == ([("charts",)], "closed")


def test_a_run_in_which_no_window_settles_compares_nothing(run: Run) -> None:
    run.settling = IDLE
    flows.settle_charts.fn()
    assert "check" not in run.steps


def test_a_run_beside_another_one_or_a_correction_is_skipped(run: Run, database: PostgresServer) -> None:
    with database.connect("loader") as other, work_on_lake(other) as may_work:
        assert may_work
        skipped = flows.settle_charts.fn()
    assert skipped is not None
    assert (skipped.name, run.steps) == ("Skipped", ["closed"])
