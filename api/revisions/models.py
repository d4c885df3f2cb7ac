"""The shape of a chart's revisions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.charts.grains import Grain
from api.revisions.examples import REVISIONS_EXAMPLE


class Cause(StrEnum):
    """Why a final chart was restated."""

    LATE_PLAYS = "late_plays"
    REBUILD = "rebuild"
    REDRIVE = "redrive"
    WITHDRAWN = "withdrawn"


class Place(BaseModel):
    """Where a song stood."""

    rank: int
    plays: Annotated[int, Field(description="Counted plays.")]
    listeners: Annotated[int, Field(description="Distinct listeners with an eligible play.")]


class Move(BaseModel):
    """A song whose rank, plays or listeners changed."""

    song_id: str
    title: str
    artist: str
    before: Annotated[Place | None, Field(description="In the revision before; null: it was not on the chart.")]
    after: Annotated[Place | None, Field(description="In this revision; null: it is not on the chart.")]


class Revision(BaseModel):
    """One revision of a chart. All times are UTC."""

    revision: int
    opened_at: Annotated[datetime | None, Field(description="When it replaced the one before; null for the first.")]
    changed_at: Annotated[
        datetime | None, Field(description="When it last changed; null while nothing was ever counted.")
    ]
    settled: Annotated[
        bool, Field(description="Whether the next change opens another revision instead of amending this one.")
    ]
    causes: Annotated[list[Cause], Field(description="Why it differs from the one before; none for the first.")]
    total_plays: Annotated[int, Field(description="Counted plays of all songs with enough listeners.")]
    total_songs: Annotated[int, Field(description="Songs with at least one counted play and enough listeners.")]
    withheld: Annotated[
        bool,
        Field(description="Whether songs with fewer listeners are left out; then the counters below are null."),
    ]
    raw_plays: Annotated[int | None, Field(description="Distinct plays, too short and over the cap included.")]
    too_short: Annotated[int | None, Field(description="Plays too short to be eligible.")]
    over_cap: Annotated[int | None, Field(description="Eligible plays beyond the cap.")]
    duplicates: Annotated[int | None, Field(description="Copies of plays; no part of `raw_plays`.")]
    late: Annotated[int | None, Field(description="Plays received more than 10 minutes after their hour ended.")]
    moved: Annotated[
        list[Move] | None,
        Field(description="Songs that differ from the revision before, by rank; null without one to compare with."),
    ]


class ChartRevisions(BaseModel):
    """Every revision of one chart, newest first."""

    model_config = ConfigDict(json_schema_extra={"example": REVISIONS_EXAMPLE})

    grain: Grain
    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    window_start: Annotated[datetime, Field(description="First instant of the window.")]
    window_end: Annotated[datetime, Field(description="First instant after the window.")]
    revisions: list[Revision]
