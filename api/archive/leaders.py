"""``GET /charts/{grain}/leaders``: every region's number one in one window."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.archive.models import Leaders
from api.archive.queries import LEADERS
from api.conditional import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.database import DatabaseDependency
from api.grains import LENGTHS, Instant
from api.problems import describe
from api.regions import GLOBAL
from api.window_starts import GrainInPath, not_computed, require_start

router = APIRouter(prefix="/charts", tags=["charts"])


class LeadersQuery(BaseModel):
    """Which window."""

    model_config = ConfigDict(extra="forbid")

    window_start: Annotated[
        Instant | None,
        Field(
            description="Start of the hour, or of the UTC day, with its zone; left out: the newest with entries.",
            examples=["2026-11-22T14:00:00Z"],
        ),
    ] = None


@router.get(
    "/{grain}/leaders",
    operation_id="get_leaders",
    summary="Every region's number one",
    response_model=Leaders,
    responses=NOT_MODIFIED
    | describe(
        _404="`not_computed`: the window has not been counted yet.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_away` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_leaders(
    path: GrainInPath, asked: Annotated[LeadersQuery, Query()], database: DatabaseDependency
) -> Response:
    """The number one of every region in one window: `global` first, the others by name."""
    grain = path.grain
    if asked.window_start is not None:
        require_start(grain, asked.window_start)
    key = {"grain": grain, "region": GLOBAL, "window_start": asked.window_start}
    row = await database.fetch_one(LEADERS[grain], key)
    if row is None or not row["is_computed"]:
        raise not_computed()
    start = row["window_start"]
    window = {"grain": grain, "window_start": start, "window_end": start + LENGTHS[grain]}
    return answer_json(Leaders.model_validate({**window, "leaders": row["entries"] or []}), OPEN_SECONDS)
