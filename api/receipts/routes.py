"""``GET /plays/{play_id}``: is a play stored, is it counted, and on which charts?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import partial
from time import perf_counter
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.charts.grains import Grain, Instant
from api.charts.routes import PLAYS_PER_LISTENER_SONG_HOUR
from api.explain.routes import song_key
from api.observability.metrics import Metrics
from api.receipts.examples import RECEIPTS_EXAMPLE
from api.receipts.find_play import Verdict, find_plays
from api.receipts.queries import CHARTS_OF_PLAY, HAS_AUDIENCE, SETTLED_NOW, TAKEN_LIVE, WITHDRAWN
from api.storage.database import Database, DatabaseDependency
from api.storage.lake import Lake, LakeUnavailableError, Row
from api.web.problems import ProblemCode, describe, unavailable

MOST_RECEIPTS: Final = 100

router = APIRouter(tags=["plays"])


class NotCounted(StrEnum):
    """Why a stored play does not count."""

    TOO_SHORT = "too_short"
    OVER_CAP = "over_cap"
    WITHDRAWN = "withdrawn"
    DUPLICATE = "duplicate"
    NOT_YET = "not_yet"
    NOT_JUDGED = "not_judged"


class ChartOfPlay(BaseModel):
    """One chart that the play counts for."""

    grain: Grain
    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    window_start: Annotated[datetime, Field(description="First instant of the window, UTC.")]
    rank: Annotated[int | None, Field(description="The song's rank; null when it is not among the first 100.")]


_NAMELESS: Final = "Null while too few listeners are counted for the song to be shown in this hour and region"


class Receipt(BaseModel):
    """One stored play. All times are UTC."""

    received_at: Annotated[datetime, Field(description="When ingest took it.")]
    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code.")]
    song_id: Annotated[str | None, Field(description=f"{_NAMELESS}, and until the play has been looked at.")]
    title: Annotated[str | None, Field(description=f"{_NAMELESS}.")]
    artist: Annotated[str | None, Field(description=f"{_NAMELESS}.")]
    late: Annotated[
        bool | None,
        Field(description="Received more than 10 minutes after its hour; null until the play has been looked at."),
    ]
    counted: Annotated[bool, Field(description="Whether the charts below count it.")]
    reason: Annotated[
        NotCounted | None,
        Field(
            description="Why it is not counted; null when it is. `not_judged`: if it counts, open charts have it; "
            "whether it does is known once the lake has looked at it."
        ),
    ]
    charts: list[ChartOfPlay]


class Receipts(BaseModel):
    """Every play stored under one identity, by any listener, copies included; empty when none is stored."""

    model_config = ConfigDict(json_schema_extra={"example": RECEIPTS_EXAMPLE})

    play_id: str
    played_at: datetime
    complete_through: Annotated[
        datetime | None,
        Field(description="A play accepted before this and not listed here is not stored. Null on a new system."),
    ]
    plays: Annotated[list[Receipt], Field(max_length=MOST_RECEIPTS)]


class ReceiptQuery(BaseModel):
    """When the play was played."""

    model_config = ConfigDict(extra="forbid")

    played_at: Annotated[
        Instant, Field(description="As it was posted, with its zone.", examples=["2026-11-22T14:03:27.250Z"])
    ]


PlayId = Annotated[
    str, Path(pattern="^[A-Za-z0-9_.:-]{1,64}$", description="Chosen by the client or told with its `202`.")
]


@router.get(
    "/plays/{play_id}",
    operation_id="get_receipts",
    summary="Is a play stored and counted?",
    response_model=Receipts,
    responses=describe(
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`lake_unavailable`, `database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_receipts(
    request: Request,
    response: Response,
    play_id: PlayId,
    asked: Annotated[ReceiptQuery, Query()],
    database: DatabaseDependency,
) -> Receipts:
    """Of one listener's eligible plays of a song in an hour the ten earliest count, by `played_at`, then `play_id`."""
    response.headers["Cache-Control"] = "no-store"
    # Asked before the lake, so that what the lake does not hold was not there at that time.
    progress = await database.fetch_one(SETTLED_NOW, {})
    withdrawn = [row["key_id"] for row in await database.fetch_all(WITHDRAWN, {})]
    plays = await _look(request, play_id, asked.played_at, withdrawn)
    written = [await _write_receipt(database, play, asked.played_at) for play in plays[:MOST_RECEIPTS]]
    receipts = [await _name_song(database, receipt, asked.played_at) for receipt in written]
    facts = {"play_id": play_id, "played_at": asked.played_at, **(progress or {"complete_through": None})}
    return Receipts.model_validate({**facts, "plays": receipts})


async def _look(request: Request, play_id: str, played_at: datetime, withdrawn: list[str]) -> list[Row]:
    lake: Lake = request.app.state.lake
    metrics: Metrics = request.app.state.metrics
    cap = PLAYS_PER_LISTENER_SONG_HOUR
    search = partial(find_plays, play_id=play_id, played_at=played_at, cap=cap, withdrawn=withdrawn)
    started, outcome = perf_counter(), "unavailable"
    try:
        found = await lake.look(search)
        outcome = "found" if found else "none"
    except LakeUnavailableError as error:
        raise unavailable(
            ProblemCode.LAKE_UNAVAILABLE, f"The lake cannot be read: {error}. Try again in a moment."
        ) from error
    finally:
        metrics.record_lake(outcome, perf_counter() - started)
    return found


async def _write_receipt(database: Database, play: Row, played_at: datetime) -> dict[str, Any]:
    message = {"played_at": played_at, "partition": play["partition"], "offset": play["offset"]}
    if play["verdict"] is Verdict.NOT_SEEN:
        return {**play, "counted": False, "reason": await _why_not_seen(database, message), "charts": []}
    if play["verdict"] is not Verdict.COUNTS:
        return {**play, "counted": False, "reason": NotCounted(play["verdict"]), "charts": []}
    key = {name: play[name] for name in ("region", "song_id", "batch")}
    row = await database.fetch_one(CHARTS_OF_PLAY, {**message, **key})
    assert row is not None  # an aggregate without grouping always has its row
    reason = None if row["charts"] else NotCounted.NOT_YET
    return {**play, "counted": reason is None, "reason": reason, "charts": row["charts"]}


async def _name_song(database: Database, receipt: dict[str, Any], played_at: datetime) -> dict[str, Any]:
    song_id = receipt["song_id"]
    song = {"region": receipt["region"], "song_id": song_id, "song_key": song_key(song_id) if song_id else None}
    row = await database.fetch_one(HAS_AUDIENCE, {**song, "played_at": played_at})
    return receipt if row and row["is_shown"] else {**receipt, **dict.fromkeys(("song_id", "title", "artist"))}


async def _why_not_seen(database: Database, message: dict[str, Any]) -> NotCounted:
    row = await database.fetch_one(TAKEN_LIVE, message)
    return NotCounted.NOT_JUDGED if row is not None and row["is_taken"] else NotCounted.NOT_YET
