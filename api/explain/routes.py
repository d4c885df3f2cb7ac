"""``GET /charts/{grain}/explain``: where a song's number on a chart comes from."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.charts.grains import Grain
from api.charts.models import Rules
from api.charts.routes import describe_rules
from api.charts.window_starts import GrainInPath, WindowQuery, name_window, not_computed
from api.explain.examples import EXPLANATION_EXAMPLE
from api.explain.queries import EXPLANATION
from api.storage.database import DatabaseDependency
from api.web.cacheable import NOT_MODIFIED, OPEN_SECONDS, answer_json
from api.web.problems import describe

router = APIRouter(prefix="/charts", tags=["charts"])


_NAMELESS: Final = "Null when nothing was received of the song, or by fewer listeners than it needs to be shown."


class SongCounts(BaseModel):
    """What was received of one song: `raw_plays = too_short + over_cap + plays`."""

    raw_plays: Annotated[int, Field(description="Distinct plays.")] = 0
    too_short: Annotated[int, Field(description="Of these, too short to be eligible.")] = 0
    over_cap: Annotated[int, Field(description="Of these, beyond the cap of their listener and hour.")] = 0
    plays: Annotated[int, Field(description="Of these, counted: the number on the chart.")] = 0
    duplicates: Annotated[int, Field(description="Copies of these plays; no part of `raw_plays`.")] = 0
    late: Annotated[int, Field(description="Of `raw_plays`, received more than 10 minutes after their hour.")] = 0
    listeners: Annotated[int, Field(description="Distinct listeners with an eligible play; they do not add up.")] = 0


class HourCounts(SongCounts):
    """One hour's part."""

    window_start: Annotated[datetime, Field(description="First instant of the hour, UTC.")]


class RegionCounts(SongCounts):
    """One region's part."""

    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code.")]


class Explanation(BaseModel):
    """Where one song's number comes from. All times are UTC."""

    model_config = ConfigDict(json_schema_extra={"example": EXPLANATION_EXAMPLE})

    grain: Grain
    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    window_start: Annotated[datetime, Field(description="First instant of the window.")]
    window_end: Annotated[datetime, Field(description="First instant after the window.")]
    revision: Annotated[int, Field(description="The chart's current revision.")]
    song_id: str
    title: Annotated[str | None, Field(description=_NAMELESS)]
    artist: Annotated[str | None, Field(description=_NAMELESS)]
    rank: Annotated[int | None, Field(description="Null when the song is not among the first 100.")]
    is_charted: Annotated[
        bool,
        Field(
            description="Whether the chart shows these counts; false between the counting and the ranking of a "
            "settled window, when they are newer than the chart."
        ),
    ]
    rules: Rules
    counts: SongCounts
    hours: Annotated[
        list[HourCounts],
        Field(
            description="The parts by hour; all but `listeners` add up to `counts`, once the window has settled, and "
            "where each hour has enough listeners to be listed."
        ),
    ]
    regions: Annotated[
        list[RegionCounts],
        Field(
            description="Of `global`, the parts by region; all but `listeners` add up to `counts`, where each region "
            "has enough listeners to be listed. Else empty."
        ),
    ]


class ExplainQuery(WindowQuery):
    """Which song in which window of which region."""

    song_id: Annotated[str, Field(pattern="^s2_[0-9a-f]{16}$", description="Identity of the song.")]


def song_key(song_id: str) -> int:
    """The hex digits of a song_id as the signed integer that open windows know the song by."""
    return int.from_bytes(bytes.fromhex(song_id[-16:]), signed=True)


_NOTHING: Final[dict[str, Any]] = {}


@router.get(
    "/{grain}/explain",
    operation_id="explain_song",
    summary="Where a song's number comes from",
    response_model=Explanation,
    responses=NOT_MODIFIED
    | describe(
        _404="`unknown_region` or `not_computed`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def explain_song(
    path: GrainInPath, asked: Annotated[ExplainQuery, Query()], database: DatabaseDependency
) -> Response:
    """Plays received, and which of them count: for the window, for each hour, and of `global` for each region."""
    key = {**name_window(path, asked), "song_id": asked.song_id}
    row = await database.fetch_one(EXPLANATION[path.grain], {**key, "song_key": song_key(asked.song_id)})
    if row is None:
        raise not_computed()
    facts = {**key, **row, "counts": row["counts"] or _NOTHING, "rules": describe_rules(row["minimum_listeners"])}
    return answer_json(Explanation.model_validate(facts), OPEN_SECONDS)
