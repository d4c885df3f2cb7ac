"""``GET /embed``: a chart for a frame; ``GET /oembed``: how to put it there."""

from __future__ import annotations

from html import escape
from typing import Annotated, Any, Final, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.charts.grains import Grain, Instant
from api.charts.regions import GLOBAL, RegionText, resolve_region
from api.charts.window_starts import not_computed, require_start
from api.embeds.page import write_page
from api.previews.addresses import read_grain
from api.previews.facts import find_facts
from api.storage.database import DatabaseDependency
from api.web.cacheable import FINAL_SECONDS, NOT_MODIFIED, OPEN_SECONDS, answer, answer_json
from api.web.problems import ProblemCode, describe, not_found

HTML: Final = "text/html"
MOST_SONGS: Final = 100
SONGS: Final = 10
ROW_PIXELS: Final = 53
FRAME_PIXELS: Final = 140
WIDTH_PIXELS: Final = 600
KEPT_SECONDS: Final = 3600

router = APIRouter(tags=["embeds"])


class EmbedQuery(BaseModel):
    """Which chart, and how much of it."""

    model_config = ConfigDict(extra="forbid")

    region: RegionText = GLOBAL
    grain: Grain = Grain.HOUR
    window_start: Annotated[
        Instant | None,
        Field(description="Start of the hour, or of the UTC day, with its zone; left out: always the newest."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST_SONGS, description="Songs at most.")] = SONGS


@router.get(
    "/embed",
    operation_id="get_embed",
    summary="A chart for a frame of another site",
    response_class=Response,
    responses={200: {"content": {HTML: {"schema": {"type": "string"}}}}}
    | NOT_MODIFIED
    | describe(
        _404="`unknown_region` or `not_computed`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
        _503="`database_unavailable` or `charts_not_built`; see `Retry-After`.",
    ),
)
async def get_embed(request: Request, asked: Annotated[EmbedQuery, Query()], database: DatabaseDependency) -> Response:
    """A page without a menu that tells the page around it how high it is. It names its source."""
    require_start(asked.grain, asked.window_start)
    chart = await find_facts(database, asked.grain, resolve_region(asked.region), asked.window_start, asked.limit)
    if chart is None:
        raise not_computed()
    is_fixed = asked.window_start is not None
    page = write_page(chart, request.app.state.settings.public_url, is_fixed)
    max_age = FINAL_SECONDS if is_fixed and chart.is_final else OPEN_SECONDS
    return answer(page.encode(), f"{HTML}; charset=utf-8", max_age)


class OEmbed(BaseModel):
    """What a site needs to embed a chart (oEmbed 1.0, type ``rich``)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "version": "1.0",
                "type": "rich",
                "provider_name": "Top Songs",
                "provider_url": "http://localhost:8000",
                "title": "Top Songs",
                "html": '<iframe src="http://localhost:8000/embed?region=GB" width="600" height="670"></iframe>',
                "width": 600,
                "height": 670,
                "cache_age": 3600,
            }
        }
    )

    version: Literal["1.0"] = "1.0"
    type: Literal["rich"] = "rich"
    provider_name: str = "Top Songs"
    provider_url: str
    title: str = "Top Songs"
    html: Annotated[str, Field(description="The frame, to be put into the page as it is.")]
    width: int
    height: int
    cache_age: Annotated[int, Field(description="Seconds that this may be kept.")] = KEPT_SECONDS


class OEmbedQuery(BaseModel):
    """Which page is to be embedded, and how large it may be."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(max_length=2_000, description="The address of a chart on this site.")]
    maxwidth: Annotated[int, Field(ge=200, le=4_000, description="Pixels at most.")] = WIDTH_PIXELS
    maxheight: Annotated[int, Field(ge=200, le=10_000, description="Pixels at most.")] = 10_000
    format: Annotated[Literal["json"], Field(description="Only JSON is there.")] = "json"


@router.get(
    "/oembed",
    operation_id="get_oembed",
    summary="How to embed a chart",
    response_model=OEmbed,
    responses=NOT_MODIFIED
    | describe(
        _404="`not_found`: the address is none of a chart on this site; or `unknown_region`.",
        _422="`invalid_parameter`: a parameter is refused and named.",
    ),
)
async def get_oembed(request: Request, asked: Annotated[OEmbedQuery, Query()]) -> Response:
    """The frame of a chart's page, for sites that make previews of links."""
    public_url = request.app.state.settings.public_url
    frame = f"{public_url}/embed?{urlencode(_read_address(public_url, asked.url), safe=':')}"
    width, height = min(asked.maxwidth, WIDTH_PIXELS), min(asked.maxheight, FRAME_PIXELS + SONGS * ROW_PIXELS)
    style = "border:0;width:100%"
    html = (
        f'<iframe src="{escape(frame)}" width="{width}" height="{height}" title="Top Songs" style="{style}"></iframe>'
    )
    return answer_json(OEmbed(provider_url=public_url, html=html, width=width, height=height), FINAL_SECONDS)


def _read_address(public_url: str, url: str) -> dict[str, Any]:
    """The parameters of the frame for a chart's address; raises ``not_found`` for any other."""
    try:
        site, parts = urlsplit(public_url), urlsplit(url)
    except ValueError:
        raise _no_chart() from None
    if (parts.netloc, parts.path.rstrip("/")) != (site.netloc, site.path.rstrip("/")):
        raise _no_chart()
    search = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    grain = read_grain(search)
    frame = {"region": resolve_region(search.get("region", GLOBAL)), "grain": grain.value}
    if "window" in search:
        frame["window_start"] = f"{search['window']}T00:00:00Z" if grain is Grain.DAY else search["window"]
    return frame


def _no_chart() -> Exception:
    return not_found(ProblemCode.NOT_FOUND, "This address is none of a chart on this site.")
