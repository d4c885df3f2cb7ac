"""``GET /search``: songs by a part of their title or artist."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from starlette.responses import Response

from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.search.queries import SEARCH
from api.storage.database import DatabaseDependency
from api.web.cacheable import FINAL_SECONDS, NOT_MODIFIED, answer_json
from api.web.problems import describe

SIMILARITY: Final = 0.5
"""How much of the trigrams a misspelled word must share with a song to be found."""
MOST_SONGS: Final = 50

router = APIRouter(tags=["songs"])


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError("not_printable", "must be of printable characters")
    words = " ".join(text.split())
    if not words:
        raise PydanticCustomError("empty", "must not be empty")
    return words


class FoundSong(BaseModel):
    """A song whose title or artist matches."""

    song_id: Annotated[str, Field(description="Identity of the song, whatever the spelling.")]
    title: str
    artist: str
    best_rank: Annotated[int, Field(description="Best rank on any daily chart that was searched.")]
    last_window: Annotated[datetime, Field(description="Start of the newest day on a chart, UTC.")]


class FoundSongs(BaseModel):
    """Songs that match, best match first."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "songs": [
                    {
                        "song_id": "s2_0123456789abcdef",
                        "title": "Morning Ferry",
                        "artist": "The Example Band",
                        "best_rank": 2,
                        "last_window": "2026-11-22T00:00:00Z",
                    }
                ]
            }
        }
    )

    songs: list[FoundSong]


class SearchQuery(BaseModel):
    """What to search for."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[
        str,
        Field(min_length=1, max_length=100, description="A part of a title or an artist.", examples=["ferry"]),
        AfterValidator(_one_line),
    ]
    region: Annotated[RegionText, Field(description="Whose open day is searched beside that of `global`.")] = GLOBAL
    limit: Annotated[int, Field(ge=1, le=MOST_SONGS, description="Songs at most.")] = 20


@router.get(
    "/search",
    operation_id="search_songs",
    summary="Songs by title or artist",
    response_model=FoundSongs,
    responses=NOT_MODIFIED
    | describe(
        _404="`unknown_region`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def search_songs(asked: Annotated[SearchQuery, Query()], database: DatabaseDependency) -> Response:
    """Songs of the daily charts of the last 40 days. Case and accents do not matter, small slips neither."""
    parameters = {
        "text": asked.q,
        "region": resolve_region(asked.region),
        "limit": asked.limit,
        "similarity": SIMILARITY,
    }
    rows = await database.fetch_all(SEARCH, parameters)
    return answer_json(FoundSongs.model_validate({"songs": rows}), FINAL_SECONDS)
