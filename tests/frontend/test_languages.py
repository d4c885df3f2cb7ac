"""The page is in the language of the browser, fetches no other, and is changed in the footer for good."""

from __future__ import annotations

import re
from typing import Final

from playwright.sync_api import Browser, expect

from tests.frontend.mocked_dashboard import must_be_built, opened

LANGUAGES: Final = ("english", "german", "spanish")


def fetched(addresses: list[str]) -> set[str]:
    """Returns the languages among the files that were fetched."""
    return {language for language in LANGUAGES for one in addresses if f"/assets/{language}-" in one}


def test_a_german_browser_gets_german_and_keeps_spanish_once_chosen(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium, locale="de-AT") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/?region=GB")
        expect(page.get_by_role("heading", level=1)).to_have_text("Top-Songs im Vereinigten Königreich")
        expect(page.get_by_role("table", name="Top-Songs im Vereinigten Königreich")).to_be_visible()
        assert page.evaluate("document.documentElement.lang") == "de"
        assert fetched(asked) == {"german"}

        asked.clear()
        page.get_by_role("combobox", name="Sprache").select_option("Español")
        expect(page.get_by_role("heading", level=1)).to_have_text("Lo más escuchado en el Reino Unido")
        assert fetched(asked) == {"spanish"}

        page.get_by_role("link", name="Cómo se cuenta").click()
        expect(page.get_by_role("heading", level=1, name="Cómo se cuentan las reproducciones")).to_be_visible()
        page.goto("/world")
        expect(page).to_have_title(re.compile("El número 1 en el mundo · Top Songs$"))


def test_the_sentences_are_fetched_beside_the_code(chromium: Browser) -> None:
    must_be_built()
    with opened(chromium) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.route("**/assets/index-*.js", lambda route: route.abort())
        page.goto("/?region=GB")
        page.wait_for_load_state("networkidle")
        assert fetched(asked) == {"english"}
