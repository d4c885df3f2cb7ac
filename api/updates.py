"""``GET /charts/updates``: server-sent events, one for each round that changed charts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel, Field

from api.chart_updates import ChartUpdates

router = APIRouter(prefix="/charts", tags=["charts"])


class ChartsUpdated(BaseModel):
    """Charts may have changed: ask again for those that are shown."""

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


@router.get(
    "/updates",
    operation_id="follow_charts",
    summary="Tells when charts have changed",
    response_class=EventSourceResponse,
)
async def follow_charts(request: Request) -> AsyncIterator[ChartsUpdated]:
    """Server-sent events; after each, charts that are shown should be asked for again."""
    updates: ChartUpdates = request.app.state.chart_updates
    async with aclosing(updates.follow()) as payloads:
        async for payload in payloads:
            yield read_payload(payload)
