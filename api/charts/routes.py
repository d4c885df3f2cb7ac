"""``GET /charts/hourly`` and ``GET /charts/daily``: the first songs of a region and window."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, NamedTuple

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from starlette.responses import Response

from api.archive.rank_paths import CHART_WITH_RANK_PATHS
from api.charts.examples import CSV_EXAMPLE
from api.charts.grains import LENGTHS, Date, Grain, Hour, start_of_day
from api.charts.links import link_neighbours
from api.charts.models import Chart, ChartWithEntries, Entry, Rules, WindowStatus
from api.charts.queries import CHART
from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.charts.window_starts import not_computed
from api.charts.write_csv import write_csv
from api.revisions.queries import FORMER
from api.storage.database import Database, DatabaseDependency
from api.web.cacheable import FINAL_SECONDS, NOT_MODIFIED, OPEN_SECONDS, answer
from api.web.media_types import CSV, JSON, prefers_csv
from api.web.problems import ProblemCode, ProblemError, describe, not_found

MINIMUM_MS_PLAYED: Final = 30_000
PLAYS_PER_LISTENER_SONG_HOUR: Final = 10
CHART_SIZE: Final = 100
LONGEST_PATH: Final = 48
"""Windows of a song's ranks that a chart can tell."""
LARGEST_REVISION: Final = 2**31 - 1
"""What the column holds."""

router = APIRouter(prefix="/charts", tags=["charts"])


class ChartQuery(BaseModel):
    """What both charts can be asked."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL
    limit: Annotated[int, Field(ge=1, le=CHART_SIZE, description="Entries at most.")] = CHART_SIZE
    revision: Annotated[
        int | None,
        Field(ge=1, le=LARGEST_REVISION, description="This revision; the current one when left out."),
    ] = None
    history: Annotated[
        int | None,
        Field(
            ge=1,
            le=LONGEST_PATH,
            description="Also the ranks of each song in so many windows up to this one; not of a former revision.",
        ),
    ] = None


class HourlyQuery(ChartQuery):
    """Which hour of which region."""

    hour: Annotated[
        Hour | None,
        Field(
            description="Start of the hour with its zone; left out: the newest with entries.",
            examples=["2026-11-22T14:00:00Z"],
        ),
    ] = None


class DailyQuery(ChartQuery):
    """Which day of which region."""

    date: Annotated[
        Date | None,
        Field(
            description="The day in UTC; left out: the newest with entries.",
            examples=["2026-11-22"],
        ),
    ] = None


_ENTRIES: Final = TypeAdapter(list[Entry])
_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {CSV: {"schema": {"type": "string"}, "example": CSV_EXAMPLE}}},
    **NOT_MODIFIED,
    **describe(
        _404="`unknown_region`, `not_computed` (not counted yet) or `unknown_revision`.",
        _410="`withdrawn`: the revision can no longer be read.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
}


def describe_rules(minimum_listeners: int) -> Rules:
    """Return what a chart was counted by; how many listeners a song needs is the operator's choice."""
    return Rules(
        minimum_ms_played=MINIMUM_MS_PLAYED,
        plays_per_listener_song_hour=PLAYS_PER_LISTENER_SONG_HOUR,
        chart_size=CHART_SIZE,
        minimum_listeners=minimum_listeners,
    )


class FoundChart(NamedTuple):
    """A chart, its entries as the text of a JSON list, and whether the window after it is computed too."""

    chart: Chart
    entries: str
    next_is_computed: bool
    history: str | None
    """The ranks of each entry in the last windows, as the text of a JSON list."""

    def to_json(self) -> bytes:
        """The same bytes as ``ChartWithEntries`` would give.

        Postgres writes the entries: to make Python objects of a hundred and text of them again would take
        most of a request's time.
        """
        parts = (self.chart.model_dump_json().encode(), self.entries.encode(), (self.history or "null").encode())
        return b'{"chart":%b,"entries":%b,"history":%b}' % parts

    def to_csv(self) -> bytes:
        """The entries alone."""
        return write_csv(Entry, _ENTRIES.validate_json(self.entries))


async def _find_chart(database: Database, grain: Grain, asked: ChartQuery, window_start: datetime | None) -> FoundChart:
    region = resolve_region(asked.region)
    key = {"grain": grain, "region": region, "window_start": window_start}
    parameters = {**key, "length": LENGTHS[grain], "limit": asked.limit, "history": asked.history}
    statement = CHART[grain] if asked.history is None else CHART_WITH_RANK_PATHS[grain]
    row = await database.fetch_one(statement, parameters)
    if row is None:
        raise not_computed()
    shown = row
    if asked.revision not in (None, row["revision"]):
        shown = await _find_former(database, {**key, "window_start": row["window_start"]}, asked, row["revision"])
    chart = Chart.model_validate({**key, **shown, "rules": describe_rules(row["minimum_listeners"])})
    return FoundChart(chart, shown["entries"], row["next_is_computed"], shown.get("history"))


async def _find_former(database: Database, key: dict[str, object], asked: ChartQuery, current: int) -> dict[str, Any]:
    """The row of a former revision; asked after the current one, so that none can slip between the two."""
    row = await database.fetch_one(FORMER, {**key, "revision": asked.revision, "limit": asked.limit})
    if row is None:
        detail = f"There is no revision {asked.revision} of this chart; the current one is {current}."
        raise not_found(ProblemCode.UNKNOWN_REVISION, detail)
    if row["withdrawn"]:
        detail = f"Revision {asked.revision} of this chart was withdrawn; the current one is {current}."
        raise ProblemError(HTTPStatus.GONE, ProblemCode.WITHDRAWN, detail)
    return row


async def _answer_chart(
    request: Request,
    database: Database,
    grain: Grain,
    asked: ChartQuery,
    window_start: datetime | None,
) -> Response:
    found = await _find_chart(database, grain, asked, window_start)
    links = link_neighbours(request, grain, found.chart.window_start, found.next_is_computed)
    headers = {"Link": links} if links else {}
    # Without a window the address means another chart as soon as a newer one has entries.
    settled = found.chart.status is WindowStatus.FINAL and window_start is not None
    max_age = FINAL_SECONDS if settled else OPEN_SECONDS
    if prefers_csv(request.headers.get("accept", "")):
        return answer(found.to_csv(), f"{CSV}; charset=utf-8", max_age, headers)
    return answer(found.to_json(), JSON, max_age, headers)


@router.get(
    "/hourly",
    operation_id="get_hourly_chart",
    summary="The chart of an hour",
    response_model=ChartWithEntries,
    responses=_RESPONSES,
)
async def get_hourly_chart(
    request: Request, asked: Annotated[HourlyQuery, Query()], database: DatabaseDependency
) -> Response:
    """Songs of one region and hour by counted plays. `Accept: text/csv` gives them as CSV."""
    return await _answer_chart(request, database, Grain.HOUR, asked, asked.hour)


@router.get(
    "/daily",
    operation_id="get_daily_chart",
    summary="The chart of a day",
    response_model=ChartWithEntries,
    responses=_RESPONSES,
)
async def get_daily_chart(
    request: Request, asked: Annotated[DailyQuery, Query()], database: DatabaseDependency
) -> Response:
    """Songs of one region and UTC day by counted plays. `Accept: text/csv` gives them as CSV."""
    return await _answer_chart(request, database, Grain.DAY, asked, start_of_day(asked.date))
