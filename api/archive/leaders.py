"""``GET /charts/{grain}/leaders``: every region's number one in one window."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from api.archive.every_region import find_in_every_region
from api.archive.models import Leaders
from api.archive.queries import LEADERS
from api.charts.window_starts import GrainInPath, StartOrNewest
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

router = APIRouter(prefix="/charts", tags=["charts"])


class LeadersQuery(BaseModel):
    """Which window."""

    model_config = ConfigDict(extra="forbid")

    window_start: StartOrNewest = None


@router.get(
    "/{grain}/leaders",
    operation_id="get_leaders",
    summary="Every region's number one",
    response_model=Leaders,
    responses=NOT_MODIFIED
    | describe(
        _404="`not_computed`: the window has not been counted yet.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_leaders(
    path: GrainInPath, asked: Annotated[LeadersQuery, Query()], database: DatabaseDependency
) -> Response:
    """The number one of every region in one window: `global` first, the others by name."""
    found = await find_in_every_region(database, LEADERS, path.grain, asked.window_start)
    return answer_json(Leaders.model_validate({**found.window, "leaders": found.entries}), OPEN_SECONDS)
