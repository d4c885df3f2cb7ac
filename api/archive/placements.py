"""``GET /songs/{song_id}/placements``: one song on the charts of every region."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.archive.every_region import find_in_every_region
from api.archive.leaders import LeadersQuery
from api.archive.models import Placements
from api.archive.queries import PLACEMENTS
from api.charts.grains import Grain
from api.songs.routes import SongId
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

router = APIRouter(prefix="/songs", tags=["songs"])


class PlacementsQuery(LeadersQuery):
    """Which window."""

    grain: Annotated[Grain, Field(description="Hours or days.")] = Grain.HOUR


@router.get(
    "/{song_id}/placements",
    operation_id="get_song_placements",
    summary="A song on the charts of every region",
    response_model=Placements,
    responses=NOT_MODIFIED
    | describe(
        _404="`not_computed`: the window has not been counted yet.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_song_placements(
    song_id: SongId, asked: Annotated[PlacementsQuery, Query()], database: DatabaseDependency
) -> Response:
    """Every region whose chart has the song in one window, best rank first, `global` among them."""
    found = await find_in_every_region(database, PLACEMENTS, asked.grain, asked.window_start, song_id=song_id)
    content = {"song_id": song_id, **found.window, "placements": found.entries}
    return answer_json(Placements.model_validate(content), OPEN_SECONDS)
