"""``GET /reconciliation``: do the numbers of a day add up?"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.charts.grains import Date, Grain, start_of_day
from api.charts.window_starts import not_computed
from api.reconciliation.examples import RECONCILIATION_EXAMPLE
from api.reconciliation.queries import DAY, LINES, RECEIVED
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

router = APIRouter(tags=["charts"])


class SumRule(StrEnum):
    """What must equal what."""

    HOURS_SUM_TO_DAY = "hours_sum_to_day"
    REGIONS_SUM_TO_GLOBAL = "regions_sum_to_global"


class Sums(BaseModel):
    """The counters that add up, over all songs."""

    plays: int
    raw_plays: int
    too_short: int
    over_cap: int
    duplicates: int
    late: int


class Line(BaseModel):
    """One rule for one window: the window's own counts, and the sums over its parts."""

    rule: SumRule
    grain: Grain
    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    window_start: Annotated[datetime, Field(description="First instant of the window, UTC.")]
    withheld: Annotated[
        bool,
        Field(description="Of one region: whether songs with too few listeners are among them. Then no sum is given."),
    ]
    whole: Annotated[Sums | None, Field(description="Of the day, or of `global`; null when withheld.")]
    sum_of_parts: Annotated[Sums | None, Field(description="Of the hours, or of the regions; null when withheld.")]
    holds: Annotated[bool, Field(description="Whether both are equal, withheld or not.")]


class Received(BaseModel):
    """What the lake took in on this day, whenever it was played: `received = plays + duplicates + malformed`."""

    received: int
    plays: int
    duplicates: int
    malformed: int
    holds: Annotated[bool, Field(description="Whether received = plays + rejected.")]


class Reconciliation(BaseModel):
    """The sums of one UTC day."""

    model_config = ConfigDict(json_schema_extra={"example": RECONCILIATION_EXAMPLE})

    date: date
    complete_through: Annotated[
        datetime | None, Field(description="Every play taken before this is counted, UTC; null on a new system.")
    ]
    open: Annotated[
        bool,
        Field(
            description="Whether the stream still counts the day. Then its hours are compared with it only as long as "
            "none of them has settled."
        ),
    ]
    holds: Annotated[bool, Field(description="Whether all of it holds.")]
    received: Received
    lines: list[Line]


class ReconciliationQuery(BaseModel):
    """Which day."""

    model_config = ConfigDict(extra="forbid")

    date: Annotated[
        Date | None,
        Field(description="The day in UTC; left out: the newest with a chart.", examples=["2026-11-22"]),
    ] = None


def judge_received(row: dict[str, Any]) -> Received:
    """Received = plays + rejected, where rejected is duplicates + malformed."""
    rejected = row["duplicates"] + row["malformed"]
    return Received.model_validate({**row, "holds": row["received"] == row["plays"] + rejected})


def _judge_line(row: dict[str, Any]) -> dict[str, Any]:
    sums = {"whole": None, "sum_of_parts": None} if row["withheld"] else {}
    return {**row, **sums, "holds": row["whole"] == row["sum_of_parts"]}


@router.get(
    "/reconciliation",
    operation_id="reconcile_day",
    summary="Do the numbers of a day add up?",
    response_model=Reconciliation,
    responses=NOT_MODIFIED
    | describe(
        _404="`not_computed`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def reconcile_day(asked: Annotated[ReconciliationQuery, Query()], database: DatabaseDependency) -> Response:
    """Hours sum to the day, and regions to `global` in the day and in each hour; received = plays + rejected."""
    day = await database.fetch_one(DAY, {"day": start_of_day(asked.date)})
    if day is None:
        raise not_computed()
    rows = await database.fetch_all(LINES, day)
    lines = [_judge_line(row) for row in rows]
    received = judge_received((await database.fetch_all(RECEIVED, day))[0])
    facts = {"date": day["day"].date(), **day, "lines": lines}
    holds = received.holds and all(line["holds"] for line in lines)
    return answer_json(Reconciliation.model_validate({**facts, "received": received, "holds": holds}), OPEN_SECONDS)
