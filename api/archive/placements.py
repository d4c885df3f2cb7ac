"""``GET /songs/{song_id}/placements``: one song on the charts of every region."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from api.archive.leaders import LeadersQuery
from api.archive.models import Placements
from api.archive.queries import PLACEMENTS
from api.conditional import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.database import DatabaseDependency
from api.grains import LENGTHS, Grain
from api.problems import describe
from api.regions import GLOBAL
from api.songs import SongId
from api.window_starts import not_computed, require_start

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
        _503="`database_away` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_song_placements(
    song_id: SongId, asked: Annotated[PlacementsQuery, Query()], database: DatabaseDependency
) -> Response:
    """Every region whose chart has the song in one window, best rank first, `global` among them."""
    grain = asked.grain
    if asked.window_start is not None:
        require_start(grain, asked.window_start)
    key = {"grain": grain, "region": GLOBAL, "window_start": asked.window_start, "song_id": song_id}
    row = await database.fetch_one(PLACEMENTS[grain], key)
    if row is None or not row["is_computed"]:
        raise not_computed()
    start = row["window_start"]
    window = {"song_id": song_id, "grain": grain, "window_start": start, "window_end": start + LENGTHS[grain]}
    return answer_json(Placements.model_validate({**window, "placements": row["entries"] or []}), OPEN_SECONDS)
