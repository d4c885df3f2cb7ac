"""``GET /status``: how far every stage of the line is, and which checks hold."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from psycopg.sql import SQL
from pydantic import BaseModel, ConfigDict, Field

from api.observability.ingest_probe import IngestProbe
from api.storage.database import DatabaseDependency
from api.web.problems import describe

LATE_AFTER_SECONDS: Final = 1_500
"""A stage whose oldest play waits longer than two runs of settle_charts is late: it runs every ten minutes."""
DOWN_AFTER_SECONDS: Final = 1_800
"""Without a heartbeat of settle_charts for this long all stages of the lake are down."""
LIVE_DOWN_AFTER_SECONDS: Final = 10
"""Without a commit of the live counter for this long the stage `live` is down; it commits at least every 5 s."""

router = APIRouter(tags=["operations"])


class StageName(StrEnum):
    """The stages in the order in which a play passes them."""

    INGEST = "ingest"
    KAFKA = "kafka"
    LIVE = "live"
    BRONZE = "bronze"
    SILVER = "silver"
    COUNTS = "counts"
    CHARTS = "charts"


class StageStatus(StrEnum):
    """How a stage does."""

    OK = "ok"
    LATE = "late"
    DOWN = "down"


class Stage(BaseModel):
    """One stage of the line."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    stage: StageName
    status: StageStatus
    lag_seconds: Annotated[float | None, Field(description="How long the stage trails; null if unknown.")] = None
    lag_plays: Annotated[int | None, Field(description="How many plays wait for it; null if unknown.")] = None
    last_success: Annotated[datetime | None, Field(description="When it last did its part, UTC.")] = None
    last_error: Annotated[str | None, Field(description="The kind of the last error; the log has its text.")] = None


class Check(BaseModel):
    """One check of the numbers."""

    name: str
    holds: bool
    at: Annotated[datetime, Field(description="When it was checked, UTC.")]


class Status(BaseModel):
    """The line from ingest to charts."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "complete_through": "2026-11-22T14:32:03.450000Z",
                "stages": [
                    {
                        "stage": "bronze",
                        "status": "ok",
                        "lag_seconds": 1.8,
                        "lag_plays": 37,
                        "last_success": "2026-11-22T14:32:03Z",
                        "last_error": None,
                    }
                ],
                "checks": [{"name": "conservation", "holds": True, "at": "2026-11-22T14:32:04Z"}],
            }
        }
    )

    complete_through: Annotated[
        datetime | None,
        Field(description="Every play taken before this is in the charts; null on a new system."),
    ]
    stages: list[Stage]
    checks: list[Check]


_STATUS: Final = SQL("""
    select
        (select max(complete_through) from charts.chart_progress) as complete_through,
        (select max(heartbeat_at) > now() - make_interval(secs => %(down_after)s)
         from charts.chart_progress) as is_alive,
        (select max(last_success) > now() - make_interval(secs => %(live_down_after)s)
         from charts.pipeline_stages where stage = 'live') as live_is_alive,
        (select coalesce(json_agg(stages), '[]') from charts.pipeline_stages as stages) as stages,
        (select coalesce(json_agg(checks order by name), '[]')
         from charts.pipeline_checks as checks) as checks""")


def judge_stage(row: dict[str, Any], is_alive: bool) -> StageStatus:
    """``row`` is one of ``charts.pipeline_stages``; ``is_alive``: the heartbeat is fresh."""
    success, failure = row["last_success"], row["error_at"]
    if not is_alive or success is None or (failure is not None and failure > success):
        return StageStatus.DOWN
    return StageStatus.LATE if (row["lag_seconds"] or 0) > LATE_AFTER_SECONDS else StageStatus.OK


def _describe_stage(name: StageName, row: dict[str, Any] | None, is_alive: bool) -> Stage:
    if row is None:
        return Stage(stage=name, status=StageStatus.DOWN)
    told = {"status": judge_stage(row, is_alive), "last_error": _name_error(row.get("last_error"))}
    return Stage.model_validate({**row, **told})


def _name_error(text: str | None) -> str | None:
    """Return the kind of an error alone: its text, which the log has, may hold paths, addresses and values."""
    found = text and re.match(r"\w+(?:\.\w+)*", text)
    return found[0] if found else None


async def _describe_ingest(probe: IngestProbe) -> Stage:
    seen = await probe.ask()
    status = StageStatus.OK if seen.is_ready else StageStatus.DOWN
    return Stage(
        stage=StageName.INGEST,
        status=status,
        last_success=seen.last_success,
        last_error=seen.last_error,
    )


@router.get(
    "/status",
    operation_id="get_status",
    summary="Lag and freshness of every stage",
    response_model=Status,
    responses=describe(_503="`database_unavailable` or `charts_not_built`; see `Retry-After`."),
)
async def get_status(request: Request, response: Response, database: DatabaseDependency) -> Status:
    """A stage is `late` when it trails by 25 minutes.

    It is `down` when it never succeeded, when its last try failed or when settle_charts has not run for 30 minutes;
    `live`, which is left out where the stream does not count, when it has not committed for 10 seconds.
    """
    response.headers["Cache-Control"] = "no-store"
    row = await database.fetch_one(
        _STATUS, {"down_after": DOWN_AFTER_SECONDS, "live_down_after": LIVE_DOWN_AFTER_SECONDS}
    )
    assert row is not None  # an aggregate without grouping always has its row
    stages = {stage["stage"]: stage for stage in row["stages"]}
    # Without live counts there is no such stage, and nothing is wrong with it.
    behind = [
        name for name in StageName if name is not StageName.INGEST and (name is not StageName.LIVE or name in stages)
    ]
    alive = {name: bool(row["live_is_alive" if name is StageName.LIVE else "is_alive"]) for name in behind}
    return Status(
        complete_through=row["complete_through"],
        stages=[
            await _describe_ingest(request.app.state.ingest_probe),
            *(_describe_stage(name, stages.get(name), alive[name]) for name in behind),
        ],
        checks=row["checks"],
    )
