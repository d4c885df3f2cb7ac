"""Rank the windows whose counts changed: one dbt build, then the windows are done.

dbt finds the windows in counts.windows_to_rank. They leave it only after dbt succeeded, so a failed
test keeps the last good charts and the next round tries again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dbt_common.events.base_types import EventLevel
from prefect_dbt import PrefectDbtRunner, PrefectDbtSettings  # type: ignore[import-untyped]  # ships no types
from psycopg import Connection

ROUND_SELECTOR = "round"
FOUNDATION_SELECTOR = "foundation"


class ChartBuildError(RuntimeError):
    """dbt failed; the message names each failed node with what it said."""


def build_charts(connection: Connection[Any], project_dir: Path) -> int:
    """Rank the changed windows and publish their charts; returns how many windows there were.

    Raises:
        ChartBuildError: when a model or a test failed; the charts stay as they were.
    """
    waiting = windows_to_rank(connection)
    if waiting:
        run_dbt(["build", "--no-write-json", "--selector", ROUND_SELECTOR], project_dir)
        connection.execute("delete from counts.windows_to_rank")
    return waiting


def windows_to_rank(connection: Connection[Any]) -> int:
    """How many windows wait for ranking. Rounds exclude each other, so none joins meanwhile."""
    windows = "select distinct grain, region, window_start from counts.windows_to_rank"
    row = connection.execute(f"select count(*) from ({windows}) as windows").fetchone()
    return int(row[0]) if row else 0


def lay_foundation(project_dir: Path) -> None:
    """Create what a first round needs: the seed, the views and the empty charts."""
    run_dbt(["build", "--selector", FOUNDATION_SELECTOR], project_dir)


def run_dbt(command: list[str], project_dir: Path) -> None:
    """Run one dbt command in this process, where its parsed project stays warm.

    Raises:
        ChartBuildError: with every failed node.
    """
    # Each of dbt's messages and each table's asset is an event for Prefect's server: seven times the build itself.
    settings = PrefectDbtSettings(project_dir=project_dir, profiles_dir=project_dir, log_level=EventLevel.WARN)
    outcome = PrefectDbtRunner(settings=settings, raise_on_failure=False, disable_assets=True).invoke(command)
    if not outcome.success:
        raise ChartBuildError(f"dbt {' '.join(command)}: {_describe_failure(outcome)}")


def _describe_failure(outcome: Any) -> str:
    nodes = getattr(outcome.result, "results", None) or []
    failed = [node for node in nodes if node.status in ("error", "fail", "runtime error")]
    named = [f"{node.node.name}: {node.message}" for node in failed]
    return "; ".join(named) or str(outcome.exception)
