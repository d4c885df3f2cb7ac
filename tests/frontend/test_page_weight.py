"""No page sends more than its budget, counted as the api sends it: gzipped, each file and answer once."""

from __future__ import annotations

import gzip
import logging
from typing import Final

import pytest
from playwright.sync_api import Browser, Response

from tests.frontend.mocked_dashboard import must_be_built, opened
from tests.frontend.pages import PAGES

LOG: Final = logging.getLogger(__name__)
BUDGETS_KB: Final = {"charts": 115, "song": 125, "compare": 135, "world": 115, "archive": 115, "search": 110}


@pytest.mark.parametrize("name", BUDGETS_KB)
def test_a_page_is_within_its_budget(chromium: Browser, name: str) -> None:
    must_be_built()
    answers: list[Response] = []
    with opened(chromium) as page:
        page.on("response", lambda response: answers.append(response))
        page.goto(PAGES[name])
        page.wait_for_load_state("networkidle")
        sent = {one.url: len(gzip.compress(one.body(), 5)) for one in answers if one.ok}
    kilobytes = sum(sent.values()) / 1_000
    LOG.info("%s: %.0f kB in %d responses", name, kilobytes, len(sent))
    assert 50 < kilobytes <= BUDGETS_KB[name]


def test_the_page_of_a_song_asks_for_one_history(chromium: Browser) -> None:
    must_be_built()
    # Addresses, each once: updates make the page ask again for what it shows.
    asked: set[str] = set()
    with opened(chromium) as page:
        page.on("request", lambda request: asked.add(request.url))
        page.goto(PAGES["song"])
        page.wait_for_load_state("networkidle")
    assert len([one for one in asked if "/history" in one]) == 1
    assert len([one for one in asked if "/placements" in one]) == 1
