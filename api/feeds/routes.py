"""``GET /charts/{grain}/feed``: a region's charts for feed readers."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from api.charts.grains import LENGTHS
from api.charts.regions import GLOBAL, RegionText, name_region, resolve_region
from api.charts.window_starts import GrainInPath
from api.feeds.atom import ATOM, write_feed
from api.feeds.queries import LAST_CHARTS
from api.storage.database import DatabaseDependency
from api.web.cacheable import FINAL_SECONDS, NOT_MODIFIED, answer
from api.web.problems import describe

WINDOWS: Final = 24
"""Windows in a feed: a day of hours."""
SONGS: Final = 10

router = APIRouter(prefix="/charts", tags=["charts"])


class FeedQuery(BaseModel):
    """Which region."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL


@router.get(
    "/{grain}/feed",
    operation_id="get_feed",
    summary="A region's charts as an Atom feed",
    response_class=Response,
    responses={200: {"content": {ATOM: {"schema": {"type": "string"}}}}}
    | NOT_MODIFIED
    | describe(
        _404="`unknown_region`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_feed(
    request: Request, path: GrainInPath, asked: Annotated[FeedQuery, Query()], database: DatabaseDependency
) -> Response:
    """One entry for each of the last 24 windows that have ended, newest first, with its first ten songs."""
    grain, region = path.grain, resolve_region(asked.region)
    key = {"grain": grain, "region": region, "length": LENGTHS[grain], "windows": WINDOWS, "songs": SONGS}
    rows = await database.fetch_all(LAST_CHARTS[grain], key)
    public_url = request.app.state.settings.public_url
    feed = write_feed(public_url, request.url.path, grain, region, name_region(region), rows)
    return answer(feed, f"{ATOM}; charset=utf-8", FINAL_SECONDS)
