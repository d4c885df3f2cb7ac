"""No page breaks a rule of axe, in either theme, with drawers, lists and tables open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.frontend.mocked_dashboard import THEMES, axe_source, must_be_built, opened
from tests.frontend.pages import PAGES

STANDS_STILL: Final = """
    Promise.all(document.getAnimations()
        .filter(one => isFinite(one.effect.getComputedTiming().endTime))
        .map(one => one.finished))
"""


def leave(page: Page) -> None:
    """Clicks on nothing."""


def choose_region(page: Page) -> None:
    page.get_by_role("heading", level=1).get_by_role("button").click()
    page.get_by_role("listbox").wait_for()


def choose_window(page: Page) -> None:
    page.get_by_role("button", name="Choose another hour or day").click()
    page.get_by_role("navigation", name="Choose another hour or day").get_by_role("link").first.wait_for()


def show_table(page: Page) -> None:
    page.get_by_role("button", name="Show as a table").click()


def open_status(page: Page) -> None:
    page.get_by_role("button", name="plays so far").click()
    page.get_by_role("dialog").wait_for()


def open_share(page: Page) -> None:
    page.get_by_role("button", name="Share").click()
    page.get_by_role("dialog").wait_for()


def show_ranks(page: Page) -> None:
    page.get_by_role("heading", name="Rank over the last").scroll_into_view_if_needed()
    page.locator(".rank-series").first.wait_for()
    show_table(page)


CASES: Final[dict[str, tuple[str, str, Callable[[Page], None]]]] = {
    **{name: (name, "desktop", leave) for name in PAGES},
    "region list": ("charts", "desktop", choose_region),
    "window list": ("charts", "desktop", choose_window),
    "history table": ("song", "desktop", show_table),
    "ranks of the compared": ("compare", "desktop", show_ranks),
    "status": ("charts", "desktop", open_status),
    "share": ("charts", "desktop", open_share),
    "charts on a phone": ("charts", "phone", leave),
    "explain on a phone": ("explain", "phone", leave),
    "compare on a phone": ("compare", "phone", leave),
}


def violations(page: Page) -> list[str]:
    """What axe finds, each with the first place where it does."""
    # Colours are judged as they end up, not on their way.
    page.evaluate(STANDS_STILL)
    found = page.evaluate("axe.run()")
    assert len(found["passes"]) > 10
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]]


@pytest.mark.parametrize("name", ["charts", "explain", "compare", "pipeline"])
def test_axe_finds_nothing_in_high_contrast(chromium: Browser, name: str) -> None:
    must_be_built()
    with opened(chromium, forced_colors="active") as page:
        page.goto(PAGES[name])
        page.wait_for_load_state("networkidle")
        page.evaluate(axe_source())
        assert violations(page) == []


@pytest.mark.parametrize("name", CASES)
def test_axe_finds_nothing(chromium: Browser, name: str) -> None:
    must_be_built()
    page_name, size, click = CASES[name]
    with opened(chromium, size=size) as page:
        page.goto(PAGES[page_name])
        page.wait_for_load_state("networkidle")
        click(page)
        page.evaluate(axe_source())
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            assert violations(page) == [], theme
