"""The built dashboard over the mocked api, in a real browser and without a server."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from local.environment import ROOT
from tests.frontend.mocked_api import answer
from tests.frontend.mocked_examples import NOW

DIST: Final = ROOT / "frontend" / "dist"
ADDRESS: Final = "http://dashboard.test"
API_PATHS: Final = ("/charts", "/songs/s2_", "/regions", "/windows", "/search", "/status", "/reconciliation")
UPDATES: Final = "/charts/updates"
Theme = Literal["light", "dark"]
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
SIZES: Final = {"phone": (390, 844), "small": (320, 640), "desktop": (1280, 900), "wide": (3840, 2160)}


def must_be_built() -> None:
    """Skips where there is nothing to open."""
    if not (DIST / "index.html").exists():
        pytest.skip("the dashboard is not built; `make setup` builds it")


def serve(route: Route) -> None:
    """Answers as the api does, one that has no room for another subscriber.

    Its data, the dashboard's files, and its first page for every other address.
    """
    address = urlsplit(route.request.url)
    is_document = route.request.resource_type == "document"
    if address.path == UPDATES:
        route.fulfill(status=503)
        return
    if address.path.startswith(API_PATHS) and not is_document:
        body = json.dumps(answer(address.path, dict(parse_qsl(address.query))))
        headers = {"Date": format_datetime(NOW, usegmt=True), "Content-Type": "application/json"}
        route.fulfill(body=body, headers=headers)
        return
    file = DIST / address.path.lstrip("/")
    file = file if file.is_file() else DIST / "index.html"
    route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/html")


@contextmanager
def opened(browser: Browser, theme: Theme = "light", size: str = "desktop", **more: Any) -> Iterator[Page]:
    """A page in front of the mocked api, at its time; the test says where to go."""
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=ADDRESS,
        viewport={"width": width, "height": height},
        color_scheme=theme,
        timezone_id="Europe/Oslo",
        locale=more.pop("locale", "en-GB"),
        is_mobile=width < 640,
        has_touch=width < 640,
        **more,
    )
    context.route("**/*", serve)
    page = context.new_page()
    page.clock.set_system_time(NOW)
    yield page
    context.close()


def axe_source() -> str:
    """The checker that runs inside the page."""
    return Path(ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()
