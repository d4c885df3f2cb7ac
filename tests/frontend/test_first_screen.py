"""What a visitor sees first: enough songs, whole titles, on paper, in a frame, without storage, in high contrast."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.frontend.mocked_dashboard import ADDRESS, must_be_built, opened

SONGS_IN_SIGHT: Final = """
    [...document.querySelectorAll('.hero, tr[data-song]')]
        .map(one => one.getBoundingClientRect())
        .filter(box => box.height > 0 && box.bottom <= innerHeight).length
"""
TITLE_WIDTH: Final = "document.querySelector('tr[data-song]:nth-child(2) th').getBoundingClientRect().width"
CUT_TITLES: Final = """
    [...document.querySelectorAll('tr[data-song] th [dir=auto]')]
        .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)
"""


def show(page: Page, address: str = "/?region=GB") -> None:
    page.goto(address)
    page.get_by_role("table", name="Top songs").wait_for()


def test_a_phone_shows_eight_songs_without_scrolling(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium, size="phone") as page:
        page.set_viewport_size({"width": 375, "height": 812})
        show(page)
        page.get_by_text("Why?").first.wait_for()
        assert page.evaluate(SONGS_IN_SIGHT) >= 8


@pytest.mark.parametrize("width", [768, 820])
def test_a_tablet_cuts_no_title(chromium: Browser, width: int) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.set_viewport_size({"width": width, "height": 1024})
        show(page)
        assert page.evaluate(TITLE_WIDTH) > 200
        assert page.evaluate(CUT_TITLES) == []


def test_paper_has_number_one_whole_titles_and_nothing_to_press(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium, theme="dark") as page:
        show(page, "/?region=GB&limit=100")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 718, "height": 1000})
        assert page.locator("tr[data-song]").first.is_visible()
        assert not page.get_by_role("button", name="Share").is_visible()
        assert page.evaluate(CUT_TITLES) == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        pages = page.pdf(format="A4").count(b"/Type /Page\n")
        assert 0 < pages <= 4


def test_numbers_of_millions_stay_in_their_column(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium, size="phone") as page:
        page.set_viewport_size({"width": 320, "height": 640})
        show(page)
        collides = """() => {
            const row = document.querySelector('tr[data-song]:nth-child(2)');
            const number = row.querySelector('.number');
            number.textContent = '999,999';
            const title = row.querySelector('th [dir=auto]').getBoundingClientRect();
            return number.getBoundingClientRect().left < title.right || number.scrollWidth > number.clientWidth;
        }"""
        assert not page.evaluate(collides)


@pytest.mark.parametrize("sandbox", ["", "allow-scripts allow-same-origin"])
def test_the_page_stands_in_a_frame_of_another_site(chromium: Browser, sandbox: str) -> None:
    must_be_built()
    with opened(chromium) as page:
        inner = (
            f'<iframe src="{ADDRESS}/?region=GB" width=800 height=600 {sandbox and f"sandbox={sandbox!r}"}></iframe>'
        )

        def serve_outer(route: Route) -> None:
            route.fulfill(body=inner, content_type="text/html")

        page.route("http://newspaper.test/", serve_outer)
        page.goto("http://newspaper.test/")
        expect(page.frame_locator("iframe").get_by_role("table", name="Top songs")).to_be_visible()


def test_the_page_stands_where_storage_is_refused(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
        )
        show(page)
        assert errors == []


def test_the_viewers_country_is_guessed_remembered_and_kept(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/")
        # Oslo is in Norway, which has no charts here: then the world.
        expect(page).to_have_url(f"{ADDRESS}/?region=global")
        page.get_by_role("heading", level=1).get_by_role("button").click()
        page.get_by_role("option", name="France").click()
        page.get_by_role("link", name="How it counts").first.click()
        page.get_by_role("link", name="Charts").click()
        expect(page).to_have_url(f"{ADDRESS}/?region=FR")
        page.goto("/")
        expect(page).to_have_url(f"{ADDRESS}/?region=FR")


def test_high_contrast_shows_which_view_is_chosen(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium, forced_colors="active") as page:
        show(page)
        look = "one => getComputedStyle(one).backgroundColor"
        chosen, other = (page.get_by_role("link", name=name, exact=True) for name in ("Now", "Today"))
        assert chosen.evaluate(look) != other.evaluate(look)


def test_theme_frame_and_the_request_for_the_chart_do_not_wait_for_the_code(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.route("**/assets/*.js", lambda route: route.abort())
        page.add_init_script("localStorage.setItem('theme', 'dark')")
        page.goto("/?region=GB")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.locator(".hero").is_visible()
        assert f"{ADDRESS}/charts/hourly?region=GB&history=12" in asked


def test_a_copied_table_has_no_twins(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        show(page)
        copied = page.evaluate("""() => {
            getSelection().selectAllChildren(document.querySelector('table'));
            return getSelection().toString();
        }""")
        row = next(line for line in copied.replace("\t", " ").split("\n2") if "Copper" in line)
        assert not any(twin in copied for twin in ("Why", "no change", "new on", "Rank", "in a row"))
        assert "714" in row
