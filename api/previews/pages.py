"""What each address of the dashboard says of itself."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from psycopg import Error
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import QueryParams

from api.charts.grains import ChartPath, Date, Grain, Hour, start_of_day
from api.charts.links import write_instant
from api.charts.regions import GLOBAL, place_of, resolve_region
from api.previews.addresses import chart_address, read_grain
from api.previews.facts import ChartFacts, find_facts
from api.previews.tags import SITE, PageTags
from api.songs.queries import HISTORY
from api.storage.database import Database
from api.web.problems import ProblemError

LONGEST_WAIT_SECONDS: Final = 1.0
"""The page must not wait for its preview: without the charts in time it gets the site's own."""
ABOUT: Final = "Top songs by region, hour and day, seconds after they are played."
TITLES: Final = {
    "compare": ("Compare charts", "The charts of several regions or days side by side."),
    "world": ("Number 1 around the world", "The most played song of each region in the same hour or day."),
    "archive": ("All number ones", "The most played song of each day and hour, region by region."),
    "find": ("Search", "Songs by title or artist, with their ranks."),
    "pipeline": ("Is it up to date?", "How far the charts are counted, stage by stage."),
    "rules": ("How it counts", "What counts as a play, and what does not."),
    "about": ("About", "Where the numbers come from, and how they may be used."),
}
_PATHS: Final = {path.grain: path.value for path in ChartPath}
_HOUR: Final = TypeAdapter[datetime](Hour)
_DATE: Final = TypeAdapter(Date)
_log = logging.getLogger(__name__)


async def describe_page(database: Database, public_url: str, path: str, search: QueryParams) -> PageTags:
    """The tags of an address; those of the site when the charts do not answer in time."""
    try:
        async with asyncio.timeout(LONGEST_WAIT_SECONDS):
            return await _describe(database, public_url, path, search)
    except (TimeoutError, Error, ProblemError, ValidationError) as error:
        _log.info("No preview of /%s: %s", path, error)
        return _plain(public_url, path)


def _plain(public_url: str, path: str) -> PageTags:
    name, text = TITLES.get(path, (None, ABOUT))
    address = f"{public_url}/" if path == "." else f"{public_url}/{path}"
    return PageTags(f"{name} · {SITE}" if name else SITE, text, address)


async def _describe(database: Database, public_url: str, path: str, search: QueryParams) -> PageTags:
    if path == ".":
        return await _describe_chart(database, public_url, search)
    if path.startswith("songs/"):
        return await _describe_song(database, public_url, path, search)
    return _plain(public_url, path)


def _window_of(grain: Grain, text: str | None) -> datetime | None:
    if text is None:
        return None
    return start_of_day(_DATE.validate_python(text)) if grain is Grain.DAY else _HOUR.validate_python(text)


async def _describe_chart(database: Database, public_url: str, search: QueryParams) -> PageTags:
    grain = read_grain(search)
    region = resolve_region(search.get("region", GLOBAL))
    window = _window_of(grain, search.get("window"))
    chart = await find_facts(database, grain, region, window, 3)
    if chart is None or not chart.entries:
        return _plain(public_url, ".")
    card = {"region": region} | ({} if window is None else {"window_start": write_instant(window)})
    address = chart_address(public_url, grain, region, window)
    charts = f"{public_url}/charts/{_PATHS[grain]}"
    return PageTags(
        title=f"1. {chart.entries[0]['title']} – top songs {chart.place}",
        description=_first_songs(chart),
        address=address,
        picture=f"{charts}/card?{urlencode(card, safe=':')}",
        feed=f"{charts}/feed?{urlencode({'region': region})}",
        oembed=f"{public_url}/oembed?{urlencode({'url': address})}",
    )


def _first_songs(chart: ChartFacts) -> str:
    songs = [f"{entry['rank']}. {entry['title']} – {entry['artist']}" for entry in chart.entries]
    return f"{chart.window}: {'; '.join(songs)}"


async def _describe_song(database: Database, public_url: str, path: str, search: QueryParams) -> PageTags:
    song_id = path.removeprefix("songs/")
    region = resolve_region(search.get("region", GLOBAL))
    grain = read_grain(search)
    key = {"song_id": song_id, "region": region, "grain": grain, "since": None, "until": None, "limit": 1000}
    rows = await database.fetch_all(HISTORY[grain], key)
    if not rows:
        return _plain(public_url, path)
    best, times = min(row["rank"] for row in rows), len(rows)
    unit = "hour" if grain is Grain.HOUR else "day"
    return PageTags(
        title=f"{rows[0]['title']} – {rows[0]['artist']} · {SITE}",
        description=f"Best rank {place_of(region)}: {best}. {times} {unit}{'' if times == 1 else 's'} on the chart.",
        address=f"{public_url}/{path}?{urlencode({'region': region})}",
    )
