"""Every request that the OpenAPI document allows, with the songs and windows of two tests filled in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from httpx2 import URL

from api.app import describe_app
from tests.api.play_lake import PLAYED_AT
from tests.dbt.counted_hours import day, hour
from tests.dbt.live_counts import OpenFrom, live_id

SHOWN: Final = live_id("shown")
IN_THE_DAY: Final = live_id("in the day")
SECRET: Final = live_id("secret")
OPENED: Final = OpenFrom(hour=hour(2), day=day(1))
"""Hours 0 and 1 and their day are settled, the others are open."""
WINDOWS: Final = (hour(0), hour(1), hour(3), hour(4), day(0), day(1))
ENDLESS: Final = {"/charts/updates"}
_INSTANTS: Final = [f"{start:%Y-%m-%dT%H:%M:%SZ}" for start in WINDOWS]
VALUES: Final[dict[str, list[str | None]]] = {
    "region": ["GB", "IS", "global"],
    "hour": [None, *_INSTANTS[:4]],
    "date": [None, *(instant[:10] for instant in _INSTANTS[4:])],
    "window_start": [None, *_INSTANTS],
    "song_id": [SHOWN, IN_THE_DAY, SECRET],
    "revision": [None, "1", "2"],
    "history": [None, "3"],
    "q": ["title of", "secret"],
    "url": ["http://localhost:8000/?region=GB"],
    "play_id": ["secret-play", "shown-play"],
    "played_at": [f"{PLAYED_AT:%Y-%m-%dT%H:%M:%S.%fZ}"],
    **{name: [None] for name in ("limit", "from", "to", "before", "maxwidth", "maxheight", "format")},
}
"""What to ask for each parameter by its name; None leaves it out. A new parameter needs an entry."""
GRAINS: Final[dict[str, list[str | None]]] = {"path": ["hourly", "daily"], "query": ["hour", "day"]}
PAGES: Final = (
    *("/", "/?region=GB", "/?region=GB&grain=day", "/?region=IS"),
    *(f"/songs/{SECRET}?region=GB", f"/songs/{SHOWN}"),
)


def public_requests() -> Iterator[tuple[str, str]]:
    """Each route and an address of it; the dashboard's pages, whose titles name songs, come last."""
    for path, methods in describe_app().openapi()["paths"].items():
        if path not in ENDLESS:
            yield from ((path, address) for address in _addresses(path, methods["get"].get("parameters", [])))
    yield from (("a page", page) for page in PAGES)


def _addresses(path: str, parameters: list[dict[str, Any]]) -> Iterator[str]:
    choices = [_values(parameter) for parameter in parameters]
    for chosen in product(*choices):
        filled, query = path, dict[str, str]()
        for parameter, value in zip(parameters, chosen, strict=True):
            if value is None:
                continue
            if parameter["in"] == "path":
                filled = filled.replace("{" + parameter["name"] + "}", value)
            elif parameter["in"] == "query":
                query[parameter["name"]] = value
        yield str(URL(filled, params=query))


def _values(parameter: dict[str, Any]) -> list[str | None]:
    name, place = parameter["name"], parameter["in"]
    values = GRAINS[place] if name == "grain" else VALUES[name]
    return [value for value in values if value is not None] if parameter.get("required") else values
