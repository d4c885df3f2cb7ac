"""Rank the windows whose counts changed and name songs: one dbt build, then the windows are done.

dbt finds the windows in counts.windows_to_rank. They leave it only after dbt succeeded, so a failed
test keeps the last good charts and the next run tries again. Builds that no revision shows are deleted then.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from dbt_common.events.base_types import EventLevel
from prefect_dbt import PrefectDbtRunner, PrefectDbtSettings  # type: ignore[import-untyped]  # ships no types
from psycopg import Connection

ROUND_SELECTOR = "round"
FOUNDATION_SELECTOR = "foundation"
_RECOMPUTATION = "charts_equal_full_recomputation"
_PRUNE_BUILDS = (Path(__file__).with_name("prune_builds.sql")).read_bytes()


class ChartBuildError(RuntimeError):
    """dbt failed; the message names each failed node with what it said."""


@dataclass(frozen=True)
class Built:
    """What one build did: how many windows it ranked, and the seconds of each of dbt's nodes."""

    windows: int
    seconds: dict[str, float]


def build_charts(connection: Connection[Any], project_dir: Path) -> Built:
    """Rank the changed windows and publish their charts.

    Raises:
        ChartBuildError: when a model or a test failed; the charts stay as they were.
    """
    waiting = windows_to_rank(connection)
    if not waiting and not _has_songs_to_name(connection):
        return Built(0, {})
    seconds = _build_round(project_dir)
    connection.execute(_PRUNE_BUILDS)
    connection.execute("delete from counts.windows_to_rank")
    connection.execute("delete from counts.songs_to_name")
    return Built(waiting, seconds)


def check_whole_history(project_dir: Path) -> None:
    """Compare the charts with a full recomputation of their history; raises :class:`ChartBuildError` if they differ."""
    command = ["--quiet", "test", "--select", _RECOMPUTATION, *_places(project_dir)]
    _must_succeed(_RECOMPUTATION, dbtRunner(manifest=read_project(project_dir)).invoke(command))


def windows_to_rank(connection: Connection[Any]) -> int:
    """Return how many windows wait for ranking. Runs exclude each other, so none is added during a build."""
    windows = "select distinct grain, region, window_start from counts.windows_to_rank"
    row = connection.execute(f"select count(*) from ({windows}) as windows").fetchone()
    return int(row[0]) if row else 0


def _has_songs_to_name(connection: Connection[Any]) -> bool:
    return connection.execute("select from counts.songs_to_name limit 1").fetchone() is not None


def lay_foundation(project_dir: Path) -> None:
    """Create what the first charts need: the seeds and the views. Each node is a task of the flow."""
    settings = PrefectDbtSettings(project_dir=project_dir, profiles_dir=project_dir, log_level=EventLevel.WARN)
    runner = PrefectDbtRunner(settings=settings, raise_on_failure=False, disable_assets=True)
    _must_succeed(FOUNDATION_SELECTOR, runner.invoke(["build", "--selector", FOUNDATION_SELECTOR]))


def _build_round(project_dir: Path) -> dict[str, float]:
    """Without a task per node: that would cost more than what a run builds."""
    command = ["--quiet", "build", "--no-write-json", "--selector", ROUND_SELECTOR, *_places(project_dir)]
    runner = dbtRunner(manifest=read_project(project_dir))
    # For each of its flags dbt looks through the whole stack, source lines and all: a quarter of a second in a flow's.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="dbt") as shallow:
        outcome = shallow.submit(runner.invoke, command).result()
    _must_succeed(ROUND_SELECTOR, outcome)
    return {node.node.name: round(node.execution_time, 2) for node in _results(outcome)}


@cache
def read_project(project_dir: Path) -> Manifest:
    """What dbt knows of its project, read once in a process; raises :class:`ChartBuildError` where it is wrong."""
    outcome = dbtRunner().invoke(["--quiet", "parse", *_places(project_dir)])
    if not isinstance(outcome.result, Manifest):
        raise ChartBuildError(f"dbt parse: {outcome.exception}")
    return outcome.result


def _places(project_dir: Path) -> list[str]:
    return ["--project-dir", str(project_dir), "--profiles-dir", str(project_dir)]


def _results(outcome: dbtRunnerResult) -> list[Any]:
    return getattr(outcome.result, "results", None) or []


def _must_succeed(selector: str, outcome: dbtRunnerResult) -> None:
    if not outcome.success:
        failed = [node for node in _results(outcome) if node.status in ("error", "fail", "runtime error")]
        named = "; ".join(f"{node.node.name}: {node.message}" for node in failed)
        raise ChartBuildError(f"dbt build --selector {selector}: {named or outcome.exception}")
