"""The shapes of number ones. Their fields stand in the order in which they are written."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.charts.grains import Grain
from api.charts.models import Movement

_SONG = {"song_id": "s2_0123456789abcdef", "title": "Morning Ferry", "artist": "The Example Band"}


class Leader(BaseModel):
    """The number one of one region."""

    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    name: Annotated[str, Field(description="The region's English name.")]
    song_id: str
    title: str
    artist: str
    plays: Annotated[int, Field(description="Counted plays.")]
    listeners: Annotated[int, Field(description="Distinct listeners with an eligible play.")]
    movement: Movement
    previous_rank: Annotated[int | None, Field(description="Rank in the window before, if it was there.")]
    streak: Annotated[int, Field(description="Appearances in a row on this chart.")]


class Leaders(BaseModel):
    """Every region's number one in one window; regions where nothing was played are left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "grain": "hour",
                "window_start": "2026-11-22T14:00:00Z",
                "window_end": "2026-11-22T15:00:00Z",
                "leaders": [
                    {
                        "region": "GB",
                        "name": "United Kingdom",
                        **_SONG,
                        "plays": 412,
                        "listeners": 398,
                        "movement": "up",
                        "previous_rank": 3,
                        "streak": 5,
                    }
                ],
            }
        }
    )

    grain: Grain
    window_start: Annotated[datetime, Field(description="First instant of the window, UTC.")]
    window_end: Annotated[datetime, Field(description="First instant after the window, UTC.")]
    leaders: Annotated[list[Leader], Field(description="`global` first, the others by name.")]


class Placement(BaseModel):
    """A song on the chart of one region."""

    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    name: Annotated[str, Field(description="The region's English name.")]
    rank: int
    previous_rank: Annotated[int | None, Field(description="Rank in the window before, if it was there.")]
    movement: Movement
    plays: Annotated[int, Field(description="Counted plays.")]
    listeners: Annotated[int, Field(description="Distinct listeners with an eligible play.")]
    peak_rank: Annotated[int, Field(description="Best rank so far.")]
    streak: Annotated[int, Field(description="Appearances in a row on this chart.")]


class Placements(BaseModel):
    """A song on the charts of every region in one window; regions without it are left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "song_id": "s2_0123456789abcdef",
                "grain": "hour",
                "window_start": "2026-11-22T14:00:00Z",
                "window_end": "2026-11-22T15:00:00Z",
                "placements": [
                    {
                        "region": "GB",
                        "name": "United Kingdom",
                        "rank": 1,
                        "previous_rank": 3,
                        "movement": "up",
                        "plays": 412,
                        "listeners": 398,
                        "peak_rank": 1,
                        "streak": 5,
                    }
                ],
            }
        }
    )

    song_id: str
    grain: Grain
    window_start: Annotated[datetime, Field(description="First instant of the window, UTC.")]
    window_end: Annotated[datetime, Field(description="First instant after the window, UTC.")]
    placements: Annotated[list[Placement], Field(description="Best rank first.")]


class NumberOne(BaseModel):
    """The number one of one window."""

    window_start: Annotated[datetime, Field(description="First instant of the window, UTC.")]
    song_id: str
    title: str
    artist: str
    plays: Annotated[int, Field(description="Counted plays.")]
    listeners: Annotated[int, Field(description="Distinct listeners with an eligible play.")]
    movement: Movement
    streak: Annotated[int, Field(description="Appearances in a row on this chart.")]


class NumberOnes(BaseModel):
    """A region's number ones, newest first; a window without plays is left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "region": "GB",
                "grain": "day",
                "number_ones": [
                    {
                        "window_start": "2026-11-22T00:00:00Z",
                        **_SONG,
                        "plays": 9120,
                        "listeners": 4410,
                        "movement": "same",
                        "streak": 3,
                    }
                ],
            }
        }
    )

    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    grain: Grain
    number_ones: list[NumberOne]
