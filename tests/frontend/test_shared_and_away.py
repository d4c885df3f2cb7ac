"""What is shared means the same later; what cannot be reached is said, and comes back by itself."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, Route, expect

from tests.frontend.mocked_dashboard import must_be_built, opened, serve
from tests.frontend.mocked_examples import NOW
from tests.frontend.mocked_songs import artist_of, title_of

CLIPBOARD: Final = """
    Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: text => { window.copied = text; return Promise.resolve(); } },
    });
"""
CHART: Final = "**/charts/hourly?*"
ROWS: Final = "[...document.querySelectorAll('tr[data-song]')].map(one => one.textContent)"
WITHIN_MS: Final = 15_000
"""A failure is tried again every 3 seconds, an open window asked for every 5 to 10."""


def show(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("table", name="Top songs").wait_for()


def shared_link(chromium: Browser, name: str) -> tuple[str, list[str]]:
    """Returns the link that the share menu copies, and the rows that its page showed."""
    with opened(chromium) as page:
        page.add_init_script(CLIPBOARD)
        show(page, "/?region=GB")
        page.get_by_role("button", name="Share").click()
        page.get_by_role("button", name=name).click()
        page.get_by_text("Copied.").wait_for()
        return page.evaluate("window.copied"), page.evaluate(ROWS)


def test_a_link_to_an_hour_shows_the_same_chart_an_hour_later(chromium: Browser) -> None:
    must_be_built()
    link, rows = shared_link(chromium, "Copy link to this hour")
    with opened(chromium) as page:
        page.clock.set_system_time(NOW + timedelta(hours=1))
        show(page, link)
        expect(page).to_have_url(link)
        assert page.evaluate(ROWS) == rows
        assert "window=2026-11-22T14:00:00Z" in link


def test_a_link_to_the_newest_chart_names_no_hour(chromium: Browser) -> None:
    must_be_built()
    link, _ = shared_link(chromium, "Copy link to the newest chart")
    assert link.endswith("/?region=GB")


def test_the_csv_of_a_comparison_is_the_table(chromium: Browser, tmp_path: Path) -> None:
    must_be_built()
    with opened(chromium, accept_downloads=True) as page:
        page.goto("/compare?regions=GB,FR,BR")
        page.locator(".compared-place").first.wait_for()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download this table as CSV").click()
        download.value.save_as(tmp_path / "compared.csv")
        shown = page.evaluate("""() => [...document.querySelectorAll('.compared tbody tr')].map(row => [
            row.querySelector('[dir=auto]').textContent,
            ...[...row.querySelectorAll('td')].map(cell => cell.querySelector('b')?.textContent ?? ''),
        ])""")
    text = (tmp_path / "compared.csv").read_text("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    ranks = [place for place, name in enumerate(head) if name.endswith(": rank")]
    assert [head[place] for place in ranks] == ["United Kingdom: rank", "France: rank", "Brazil: rank"]
    assert [[row[1], *(row[place] for place in ranks)] for row in rows] == shown
    assert len(shown) >= 10


def test_the_search_finds_a_song_by_its_artist(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        show(page, "/?region=GB")
        page.get_by_role("link", name="Search songs and artists").first.click()
        page.get_by_role("searchbox", name="Song or artist").fill(artist_of(3).upper())
        page.get_by_role("link", name=title_of(3)).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title_of(3))


def test_an_api_that_is_down_leaves_the_last_chart_and_is_caught_up_with(chromium: Browser) -> None:
    must_be_built()

    def fail(route: Route) -> None:
        route.fulfill(status=503, json={"code": "database_unavailable", "detail": "Postgres is away."})

    with opened(chromium) as page:
        show(page, "/?region=GB&window=2026-11-22T14:00:00Z")
        rows = page.evaluate(ROWS)
        page.route(CHART, fail)
        expect(page.get_by_text("Updates fail at the moment.")).to_be_visible(timeout=WITHIN_MS)
        assert page.evaluate(ROWS) == rows
        assert page.get_by_text("Live", exact=True).count() == 0
        page.unroute(CHART)
        expect(page.get_by_text("Updates fail at the moment.")).not_to_be_visible(timeout=WITHIN_MS)


def test_offline_keeps_the_last_chart_and_back_goes_on(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        show(page, "/?region=GB&window=2026-11-22T14:00:00Z")
        rows = page.evaluate(ROWS)
        page.context.set_offline(True)
        expect(page.get_by_text("You are offline.").first).to_be_visible(timeout=WITHIN_MS)
        assert page.evaluate(ROWS) == rows
        page.context.set_offline(False)
        expect(page.get_by_text("You are offline.")).to_have_count(0, timeout=WITHIN_MS)


def test_an_api_that_comes_up_later_shows_its_chart(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.route(CHART, lambda route: route.abort())
        page.goto("/?region=GB")
        expect(page.get_by_text("Top Songs cannot be reached")).to_be_visible(timeout=WITHIN_MS)
        page.route(CHART, serve)
        expect(page.get_by_role("table", name="Top songs")).to_be_visible(timeout=WITHIN_MS)
