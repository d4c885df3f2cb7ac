"""A real browser follows the charts over server-sent events."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Browser, Route, expect

from tests.frontend.mocked_api import answer
from tests.frontend.mocked_dashboard import UPDATES, must_be_built, opened
from tests.frontend.mocked_examples import NOW

# Sooner than the dashboard asks by itself.
AT_ONCE: Final = 3_000
UPDATE: Final = 'data: {"complete_through": "2026-11-22T14:32:03Z"}\n\n'


def test_an_update_moves_a_song_up_without_another_visit(chromium: Browser) -> None:
    must_be_built()
    leader = "Before"

    def serve_chart(route: Route) -> None:
        body = answer("/charts/hourly", dict(parse_qsl(urlsplit(route.request.url).query)))
        body["entries"][0]["title"] = leader
        route.fulfill(body=json.dumps(body), headers={"Date": format_datetime(NOW, usegmt=True)})

    waiting: list[Route] = []
    with opened(chromium) as page:
        page.route("**/charts/hourly?*", serve_chart)
        page.route(f"**{UPDATES}", lambda route: waiting.append(route))
        page.goto("/?region=GB")
        first = page.get_by_role("region", name="Number 1 in")
        expect(first).to_contain_text("Before")
        leader = "After"
        waiting[0].fulfill(body=UPDATE, content_type="text/event-stream")
        expect(first).to_contain_text("After", timeout=AT_ONCE)
        assert waiting[0].request.header_value("accept") == "text/event-stream"
