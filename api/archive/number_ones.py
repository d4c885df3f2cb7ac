"""``GET /charts/{grain}/number-ones``: which songs led one region's charts, window by window."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.archive.models import NumberOnes
from api.archive.queries import NUMBER_ONES
from api.charts.grains import Instant
from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.charts.window_starts import GrainInPath
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

MOST_WINDOWS: Final = 1000
"""Windows in one response: six weeks of hours."""

router = APIRouter(prefix="/charts", tags=["charts"])


class NumberOnesQuery(BaseModel):
    """Which windows of which region."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL
    since: Annotated[
        Instant | None,
        Field(alias="from", description="Only windows that start at this or later."),
    ] = None
    until: Annotated[
        Instant | None,
        Field(alias="to", description="Only windows that start before this."),
    ] = None


@router.get(
    "/{grain}/number-ones",
    operation_id="list_number_ones",
    summary="A region's number ones over time",
    response_model=NumberOnes,
    responses=NOT_MODIFIED
    | describe(
        _404="`unknown_region`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def list_number_ones(
    path: GrainInPath, asked: Annotated[NumberOnesQuery, Query()], database: DatabaseDependency
) -> Response:
    """The newest 1,000 number ones between `from` and `to`, newest first."""
    key = {"grain": path.grain, "region": resolve_region(asked.region)}
    span = {"since": asked.since, "until": asked.until, "limit": MOST_WINDOWS}
    rows = await database.fetch_all(NUMBER_ONES[path.grain], {**key, **span})
    return answer_json(NumberOnes.model_validate({**key, "number_ones": rows}), OPEN_SECONDS)
