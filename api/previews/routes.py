"""``GET /charts/{grain}/card``: the picture of a chart for shared links."""

from __future__ import annotations

import asyncio
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.charts.window_starts import GrainInPath, StartOrNewest, not_computed, require_start
from api.previews.card import SONGS, draw_card
from api.previews.facts import find_facts
from api.storage.database import DatabaseDependency
from api.web.cacheable import FINAL_SECONDS, NOT_MODIFIED, answer
from api.web.problems import describe

PNG: Final = "image/png"

router = APIRouter(prefix="/charts", tags=["charts"])


class CardQuery(BaseModel):
    """Which window of which region."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL
    window_start: StartOrNewest = None


@router.get(
    "/{grain}/card",
    operation_id="get_card",
    summary="A chart as a picture",
    response_class=Response,
    responses={200: {"content": {PNG: {"schema": {"type": "string", "format": "binary"}}}}}
    | NOT_MODIFIED
    | describe(
        _404="`unknown_region` or `not_computed`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_card(
    request: Request, path: GrainInPath, asked: Annotated[CardQuery, Query()], database: DatabaseDependency
) -> Response:
    """The first five songs as a PNG of 1200 × 630 pixels, as link previews show it."""
    require_start(path.grain, asked.window_start)
    chart = await find_facts(database, path.grain, resolve_region(asked.region), asked.window_start, SONGS)
    if chart is None:
        raise not_computed()
    source = request.app.state.settings.public_url.partition("://")[2]
    # To draw takes tens of milliseconds: in a thread it keeps no other request waiting.
    return answer(await asyncio.to_thread(draw_card, chart, source), PNG, FINAL_SECONDS)
