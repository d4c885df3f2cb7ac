"""``GET /windows``: which windows of a region have been counted."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.charts.grains import Grain, Instant
from api.charts.links import make_link, write_instant
from api.charts.models import WindowStatus
from api.charts.queries import WINDOWS
from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

LONGEST_PAGE: Final = 500

router = APIRouter(tags=["charts"])


class Window(BaseModel):
    """A window that has been counted."""

    window_start: Annotated[datetime, Field(description="First instant of the window, UTC.")]
    status: Annotated[WindowStatus, Field(description="A final chart changes only by a restatement.")]
    revision: Annotated[int, Field(description="1, and one more for each restatement.")]
    total_plays: Annotated[int, Field(description="Counted plays of all songs.")]


class WindowList(BaseModel):
    """Counted windows, newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "windows": [
                    {
                        "window_start": "2026-11-22T14:00:00Z",
                        "status": "provisional",
                        "revision": 1,
                        "total_plays": 12481,
                    }
                ]
            }
        }
    )

    windows: list[Window]


class WindowsQuery(BaseModel):
    """Which page of which region's windows."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL
    grain: Grain = Grain.HOUR
    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE, description="Windows at most.")] = 100
    before: Annotated[
        Instant | None,
        Field(description="Only windows that start before this.", examples=["2026-11-22T14:00:00Z"]),
    ] = None


@router.get(
    "/windows",
    operation_id="list_windows",
    summary="Windows that have been counted",
    response_model=WindowList,
    responses=NOT_MODIFIED
    | describe(
        _404="`unknown_region`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def list_windows(
    request: Request, asked: Annotated[WindowsQuery, Query()], database: DatabaseDependency
) -> Response:
    """Newest first; `Link: rel="next"` leads to the older ones."""
    parameters = {
        **asked.model_dump(),
        "region": resolve_region(asked.region),
        "limit": asked.limit + 1,
    }
    rows = await database.fetch_all(WINDOWS, parameters)
    page = WindowList.model_validate({"windows": rows[: asked.limit]})
    if len(rows) <= asked.limit:
        return answer_json(page, OPEN_SECONDS)
    oldest = write_instant(page.windows[-1].window_start)
    return answer_json(page, OPEN_SECONDS, {"Link": make_link(request, "next", before=oldest)})
