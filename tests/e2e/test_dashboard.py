"""The dashboard in a real browser over the whole running stack: what a listener and an editor do with it."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from playwright.sync_api import Browser, Page, expect

from tests.e2e.posting import post_good_play
from tests.frontend.mocked_dashboard import must_be_built
from tests.whole_stack import WholeStack

# A region and songs of this test's own: the stack is shared.
REGION: Final = "BV"
REGION_NAME: Final = "Bouvet Island"
LEADER, CHALLENGER = f"Leader {uuid4().hex[:8]}", f"Challenger {uuid4().hex[:8]}"
IN_TIME: Final = 120_000


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says how long one step took; `pytest -s` shows it."""
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:6.1f} s  {name}")  # noqa: T201 (the list is the proof)


def post(stack: WholeStack, title: str, listeners: int) -> None:
    for _ in range(listeners):
        post_good_play(stack, region=REGION, title=title, artist="Seals")


def choose_region(page: Page) -> None:
    page.get_by_role("heading", level=1).get_by_role("button").click()
    page.get_by_role("combobox", name="Search regions").fill("bouvet")
    page.get_by_role("option", name=REGION_NAME).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(REGION_NAME)


def see_it_move_up(stack: WholeStack, page: Page) -> None:
    first = page.get_by_role("region", name="Number 1 in")
    expect(first).to_contain_text(LEADER, timeout=IN_TIME)
    post(stack, CHALLENGER, listeners=2)
    expect(first).to_contain_text(CHALLENGER, timeout=IN_TIME)
    expect(page.get_by_role("rowheader", name=LEADER)).to_be_visible()


def open_explanation(page: Page) -> str:
    page.get_by_role("link", name=f"Why this number for {CHALLENGER}?").first.click()
    sentence = page.get_by_role("dialog").get_by_text("3 plays count for this song")
    expect(sentence).to_be_visible()
    return sentence.inner_text()


def the_link_shows_the_same(browser: Browser, address: str, sentence: str) -> None:
    somebody_else = browser.new_context()
    page = somebody_else.new_page()
    page.goto(address)
    expect(page.get_by_role("dialog").get_by_text(sentence)).to_be_visible()
    somebody_else.close()


def download_csv(page: Page, folder: Path) -> list[dict[str, str]]:
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Share").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename.startswith(f"top-songs-{REGION}-")
    download.value.save_as(folder / "chart.csv")
    return list(csv.DictReader((folder / "chart.csv").open()))


def test_a_chart_is_chosen_followed_live_explained_shared_and_downloaded(
    whole_stack: WholeStack, chromium: Browser, tmp_path: Path
) -> None:
    must_be_built()
    post(whole_stack, LEADER, listeners=2)
    post(whole_stack, CHALLENGER, listeners=1)
    whole_stack.line.wait_until_complete(datetime.now(UTC))
    page = chromium.new_page()
    with step("open the dashboard"):
        page.goto(f"{whole_stack.line.settings.api_url}/?grain=day")
        page.get_by_role("table", name="Top songs").wait_for()
    with step("choose a region"):
        choose_region(page)
    with step("see two posted plays move a song up, live"):
        see_it_move_up(whole_stack, page)
    with step("open why"):
        sentence = open_explanation(page)
    with step("open the link as somebody else"):
        the_link_shows_the_same(chromium, page.url, sentence)
    with step("download the chart as CSV"):
        rows = download_csv(page, tmp_path)
    assert [(row["rank"], row["title"], row["plays"]) for row in rows] == [("1", CHALLENGER, "3"), ("2", LEADER, "2")]
    page.close()
