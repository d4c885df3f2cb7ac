"""All of the dashboard without a mouse, and drawers that give the focus back."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.frontend.mocked_api import LEADER
from tests.frontend.mocked_dashboard import must_be_built, opened
from tests.frontend.mocked_examples import HOUR, write


def test_why_opens_the_drawer_and_escape_gives_the_focus_back(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/?region=GB")
        why = page.get_by_role("link", name="Why this number for").first
        why.focus()
        page.keyboard.press("Enter")
        sheet = page.get_by_role("dialog", name="Why this number?")
        expect(sheet).to_be_visible()
        # The link names its window, and closing it follows the newest chart again.
        expect(page).to_have_url(f"http://dashboard.test/?region=GB&window={write(HOUR)}&open={LEADER}")
        assert sheet.evaluate("one => one.contains(document.activeElement)")
        page.keyboard.press("Escape")
        expect(sheet).not_to_be_visible()
        expect(page).to_have_url("http://dashboard.test/?region=GB")
        expect(why).to_be_focused()


def test_the_focus_stays_in_an_open_drawer(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto(f"/?region=GB&open={LEADER}")
        page.get_by_role("dialog").get_by_role("link", name="Open the song").wait_for()
        for _ in range(12):
            page.keyboard.press("Tab")
            inside = page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
            assert inside


def test_a_drawer_that_was_open_from_the_start_gives_the_focus_to_its_row(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto(f"/?region=GB&open={LEADER}")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("link", name="Why this number for", include_hidden=True).first.wait_for()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Why this number for").first).to_be_focused()


def test_a_region_is_found_and_chosen_by_typing(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/?region=GB")
        page.get_by_role("heading", level=1).get_by_role("button").focus()
        page.keyboard.press("Enter")
        page.get_by_role("combobox", name="Search regions").wait_for()
        page.keyboard.type("fra")
        page.keyboard.press("Enter")
        expect(page).to_have_url("http://dashboard.test/?region=FR")
        expect(page.get_by_role("status").filter(has_text="France, ")).to_contain_text("Number 1: ")
        expect(page.get_by_role("heading", level=1)).to_contain_text("France")


def test_the_first_tab_skips_to_the_page(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/?region=GB")
        page.get_by_role("heading", level=1).wait_for()
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
        expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()


def test_a_compared_table_is_sorted_by_keyboard(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/compare?regions=GB,FR")
        table = page.get_by_role("table").first
        table.get_by_role("button", name="France").press("Enter")
        expect(table.get_by_role("columnheader", name="France")).to_have_attribute("aria-sort", "ascending")
        expect(table.get_by_role("button", name="France")).to_be_focused()
        expect(table.get_by_role("row").nth(1).get_by_role("cell").nth(1)).to_contain_text("1")


def test_the_list_of_songs_can_be_skipped(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/?region=GB")
        skip = page.get_by_role("link", name="Skip the list of songs")
        skip.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Show all 100")).to_be_focused()


def test_the_focus_is_never_lost_to_the_top_of_the_document(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/?region=GB&window=2026-11-22T10:00:00Z")
        now = page.get_by_role("link", name="Now", exact=True)
        now.press("Enter")
        expect(now).to_be_focused()
        page.goto("/compare?regions=GB,FR")
        page.get_by_role("button", name="Remove France").press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        page.get_by_role("link", name="How it counts").first.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        expect(page.get_by_role("status").filter(has_text="How plays are counted")).to_be_attached()


def test_a_sentence_about_the_numbers_opens_and_closes_by_keyboard(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        page.goto("/?region=GB")
        status = page.get_by_role("button", name="Live")
        status.press("Enter")
        expect(page.get_by_role("dialog", name="Live")).to_contain_text("follows the plays")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(status).to_be_focused()
