"""The shape of a chart. Its fields stand in the order in which they are written."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.charts.examples import CHART_EXAMPLE
from api.charts.grains import Grain


class WindowStatus(StrEnum):
    """Whether a window's chart may still change by itself."""

    PROVISIONAL = "provisional"
    FINAL = "final"


class Movement(StrEnum):
    """How a song moved since the window before."""

    NEW = "new"
    RE_ENTRY = "re_entry"
    UP = "up"
    DOWN = "down"
    SAME = "same"


class Rules(BaseModel):
    """The rules that this chart was counted by."""

    minimum_ms_played: Annotated[int, Field(description="A shorter play does not count.")]
    plays_per_listener_song_hour: Annotated[
        int, Field(description="Of one listener's plays of one song in one hour, no more count.")
    ]
    chart_size: Annotated[int, Field(description="How many songs a chart has at most.")]
    minimum_listeners: Annotated[int, Field(description="A song with fewer listeners in its window is not shown.")]


class Chart(BaseModel):
    """Which chart this is and how far it can be trusted. All times are UTC."""

    grain: Grain
    region: Annotated[str, Field(description="ISO 3166-1 alpha-2 code, or `global`.")]
    window_start: Annotated[datetime, Field(description="First instant of the window.")]
    window_end: Annotated[datetime, Field(description="First instant after the window.")]
    status: Annotated[WindowStatus, Field(description="A final chart changes only by a restatement.")]
    revision: Annotated[int, Field(description="1, and one more for each restatement.")]
    computed_at: Annotated[datetime, Field(description="When the chart was last written.")]
    complete_through: Annotated[
        datetime | None,
        Field(
            description="Every play taken before this is counted. "
            "Stands still once the chart is final; null on a new system."
        ),
    ]
    total_plays: Annotated[int, Field(description="Counted plays of songs with enough listeners, on the chart or not.")]
    total_songs: Annotated[int, Field(description="Songs with at least one counted play and enough listeners.")]
    withheld: Annotated[bool, Field(description="Whether songs with fewer listeners are left out, of totals too.")]
    rules: Rules


class Entry(BaseModel):
    """One song on a chart. Peak, streak and appearances are as of this window."""

    rank: Annotated[int, Field(description="1 is the most played.")]
    previous_rank: Annotated[int | None, Field(description="Rank in the window before, if it was there.")]
    movement: Movement
    peak_rank: Annotated[int, Field(description="Best rank so far.")]
    peak_at: Annotated[datetime, Field(description="Start of the first window that reached it, UTC.")]
    windows_on_chart: Annotated[int, Field(description="Appearances so far, this one included.")]
    streak: Annotated[int, Field(description="Appearances in a row up to this one.")]
    plays: Annotated[int, Field(description="Counted plays.")]
    raw_plays: Annotated[int, Field(description="Distinct plays, too short and over the cap included.")]
    listeners: Annotated[int, Field(description="Distinct listeners with an eligible play.")]
    song_id: Annotated[str, Field(description="Identity of the song, whatever the spelling.")]
    title: str
    artist: str


class ChartWithEntries(BaseModel):
    """A chart and its entries by rank; no entries when nothing was played."""

    model_config = ConfigDict(json_schema_extra={"example": CHART_EXAMPLE})

    chart: Chart
    entries: list[Entry]
    history: Annotated[
        list[list[int | None]] | None,
        Field(
            description="With `history=`: for each entry its ranks in the last windows, oldest first, this one last; "
            "null where it was not on the chart."
        ),
    ] = None
