"""Every page fits every width, and nothing on it jumps while it loads."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.frontend.mocked_dashboard import SIZES, must_be_built, opened
from tests.frontend.pages import PAGES

# A score up to here is called good: https://web.dev/articles/cls
GOOD_SHIFT: Final = 0.1
WATCH_SHIFTS: Final = """
    window.shifts = [];
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts.push(shift.value);
    }).observe({ type: 'layout-shift', buffered: true });
"""
FITS: Final = "width => document.documentElement.scrollWidth <= width"
TOO_SMALL: Final = """
    [...document.querySelectorAll('main button, main nav a, header a, header button')]
        .map(one => [one.getBoundingClientRect(), one.textContent])
        .filter(([box]) => box.width > 0 && (box.height < 43.5 || box.width < 24))
        .map(([box, text]) => `${text}: ${box.width} x ${box.height}`)
"""


def open_page(page: Page, name: str) -> None:
    page.goto(PAGES[name])
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_screen_from_320_pixels_to_4k(chromium: Browser, name: str) -> None:
    must_be_built()
    with opened(chromium, size="small") as page:
        open_page(page, name)
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            # A chart follows a new width a moment later.
            page.wait_for_function(FITS, arg=width)


@pytest.mark.parametrize("name", ["charts", "song", "compare", "pipeline", "rules"])
def test_a_thumb_meets_every_button(chromium: Browser, name: str) -> None:
    """44 pixels high, 24 wide; links in running text are as high as the text."""
    must_be_built()
    with opened(chromium, size="small") as page:
        open_page(page, name)
        assert page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize(
    ("name", "size"),
    [("charts", "desktop"), ("charts", "phone"), ("song", "phone"), ("compare", "desktop"), ("pipeline", "phone")],
)
def test_nothing_jumps_while_a_page_loads(chromium: Browser, name: str, size: str) -> None:
    must_be_built()
    with opened(chromium, size=size) as page:
        page.add_init_script(WATCH_SHIFTS)
        open_page(page, name)
        assert sum(page.evaluate("window.shifts")) < GOOD_SHIFT


def test_the_charts_page_loads_the_code_of_no_other_page(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(request.url))
        open_page(page, "charts")
        page.mouse.wheel(0, 10_000)
        page.wait_for_load_state("networkidle")
        assert any("/assets/index-" in address for address in loaded)
        assert not any("-page-" in address for address in loaded)


def test_a_drawer_does_not_glide_for_who_wants_less_motion(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium, reduced_motion="reduce") as page:
        page.goto(PAGES["explain"])
        sheet = page.get_by_role("dialog")
        sheet.wait_for()
        assert sheet.evaluate("one => parseFloat(getComputedStyle(one).animationDuration)") <= 0.001
