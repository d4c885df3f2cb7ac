"""``GET /songs/{song_id}/history``: how a song did over time on one region's charts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.charts.grains import Grain, Instant
from api.charts.models import Movement
from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.songs.queries import HISTORY
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

LONGEST_HISTORY: Final = 1000
"""Windows in one answer: six weeks of hours."""

router = APIRouter(prefix="/songs", tags=["songs"])


class Appearance(BaseModel):
    """The song on the chart of one window."""

    window_start: Annotated[datetime, Field(description="First instant of the window, UTC.")]
    rank: int
    movement: Movement
    plays: Annotated[int, Field(description="Counted plays.")]
    listeners: Annotated[int, Field(description="Distinct listeners with an eligible play.")]


class SongHistory(BaseModel):
    """A song's appearances, oldest first; a window without one is left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "song_id": "s2_0123456789abcdef",
                "title": "Morning Ferry",
                "artist": "The Example Band",
                "region": "GB",
                "grain": "hour",
                "appearances": [
                    {
                        "window_start": "2026-11-22T14:00:00Z",
                        "rank": 1,
                        "movement": "up",
                        "plays": 412,
                        "listeners": 398,
                    }
                ],
            }
        }
    )

    song_id: str
    title: Annotated[str | None, Field(description="As on the newest of these charts; null without.")]
    artist: Annotated[str | None, Field(description="As on the newest of these charts; null without.")]
    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    grain: Grain
    appearances: list[Appearance]


class HistoryQuery(BaseModel):
    """Which charts to look at."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL
    grain: Grain = Grain.HOUR
    since: Annotated[
        Instant | None,
        Field(alias="from", description="Only windows that start at this or later."),
    ] = None
    until: Annotated[
        Instant | None,
        Field(alias="to", description="Only windows that start before this."),
    ] = None


SongId = Annotated[str, Path(pattern="^s2_[0-9a-f]{16}$", description="Identity of the song.")]


@router.get(
    "/{song_id}/history",
    operation_id="get_song_history",
    summary="A song's ranks over time",
    response_model=SongHistory,
    responses=NOT_MODIFIED
    | describe(
        _404="`unknown_region`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_song_history(
    song_id: SongId,
    asked: Annotated[HistoryQuery, Query()],
    database: DatabaseDependency,
) -> Response:
    """The newest 1,000 appearances between `from` and `to`, oldest first."""
    key = {"song_id": song_id, "region": resolve_region(asked.region), "grain": asked.grain}
    span = {"since": asked.since, "until": asked.until, "limit": LONGEST_HISTORY}
    rows = await database.fetch_all(HISTORY[asked.grain], {**key, **span})
    newest = rows[0] if rows else {"title": None, "artist": None}
    appearances = list(reversed(rows))
    names = {"title": newest["title"], "artist": newest["artist"]}
    history = SongHistory.model_validate({**key, **names, "appearances": appearances})
    return answer_json(history, OPEN_SECONDS)
