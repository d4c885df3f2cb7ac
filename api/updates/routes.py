"""``GET /charts/updates``: server-sent events, one for each round that changed charts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel, ConfigDict, Field

from api.updates.fan_out import ChartUpdates
from api.web.problems import ProblemCode, describe, unavailable

router = APIRouter(prefix="/charts", tags=["charts"])


class ChartsUpdated(BaseModel):
    """Charts may have changed: ask again for those that are shown."""

    model_config = ConfigDict(json_schema_extra={"example": {"complete_through": "2026-11-22T14:32:03.450000Z"}})

    complete_through: Annotated[
        datetime | None,
        Field(description="Every play taken before this is counted, UTC; null when it is not known."),
    ]


def read_payload(payload: str) -> ChartsUpdated:
    """What a notification says; one without a time still says that charts changed."""
    try:
        instant = datetime.fromisoformat(payload).astimezone(UTC)
    except (ValueError, OverflowError):
        return ChartsUpdated(complete_through=None)
    return ChartsUpdated(complete_through=instant)


async def require_room(request: Request) -> None:
    """Refuse a subscriber when there are as many as one process can serve."""
    if request.app.state.chart_updates.is_full_for(_client(request)):
        detail = "Too many open event streams, of all clients or of yours. Retry later, or poll the chart."
        raise unavailable(ProblemCode.TOO_MANY_STREAMS, detail)


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


RoomDependency = Annotated[None, Depends(require_room)]


@router.get(
    "/updates",
    operation_id="follow_charts",
    summary="Tells when charts have changed",
    response_class=EventSourceResponse,
    responses=describe(_503="`too_many_streams`; see `Retry-After`."),
)
async def follow_charts(request: Request, _: RoomDependency) -> AsyncIterator[ChartsUpdated]:
    """Server-sent events; after each, charts that are shown should be asked for again."""
    updates: ChartUpdates = request.app.state.chart_updates
    async with aclosing(updates.follow(_client(request))) as payloads:
        async for payload in payloads:
            yield read_payload(payload)
