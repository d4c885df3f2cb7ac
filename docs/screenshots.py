"""Takes the pictures of the dashboard that the docs show, from the running stack, with Debian's Chromium."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Final

import httpx
from playwright.sync_api import Browser, Page

from local.chromium import CHROMIUM, MISSING, started_chromium
from local.environment import load_environment

IMAGES: Final = Path(__file__).parent / "images"
LOOKS: Final = {
    "": ({"width": 1280, "height": 900}, "light"),
    "-dark": ({"width": 1280, "height": 900}, "dark"),
    "-phone": ({"width": 390, "height": 844}, "light"),
}


def addresses(api: str, region: str, grain: str, compared: str, window: str) -> dict[str, str]:
    """The address of each picture: the chart's leader stands for all songs."""
    path = {"hour": "hourly", "day": "daily"}[grain]
    asked = {"region": region, "limit": 1} | ({{"hour": "hour", "day": "date"}[grain]: window} if window else {})
    leader = httpx.get(f"{api}/charts/{path}", params=asked).raise_for_status().json()["entries"][0]["song_id"]
    view = f"region={region}&grain={grain}" + (f"&window={window}" if window else "")
    compare = f"regions={compared}&grain={grain}" + (f"&window={window}" if window else "")
    return {
        "charts": f"/?{view}",
        "explain": f"/?{view}&open={leader}",
        "song": f"/songs/{leader}?region={region}&grain={grain}",
        "compare": f"/compare?{compare}",
        "world": f"/world?grain={grain}" + (f"&window={window}" if window else ""),
        "archive": f"/archive?region={region}",
        "pipeline": "/pipeline",
        "rules": "/rules",
    }


def wait_until_drawn(page: Page) -> None:
    """Until the page and what it loads lazily stand; live updates never end, so the network is no sign."""
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_function("document.querySelector('main [aria-busy=true]') === null")
    page.wait_for_timeout(1_500)


def take(browser: Browser, address: str, name: str) -> list[Path]:
    """One picture in each look."""
    files = []
    for look, (viewport, theme) in LOOKS.items():
        phone = look == "-phone"
        context = browser.new_context(viewport=viewport, color_scheme=theme, is_mobile=phone, has_touch=phone)
        page = context.new_page()
        page.goto(address)
        wait_until_drawn(page)
        files.append(IMAGES / f"{name}{look}.png")
        page.screenshot(path=files[-1])
        context.close()
    return files


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(prog="make screenshots ARGS=…", description=__doc__)
    parser.add_argument("--region", default="global", help="whose chart")
    parser.add_argument("--grain", default="hour", choices=("hour", "day"))
    parser.add_argument("--window", default="", help="such as 2026-11-22; the newest when left out")
    parser.add_argument("--compare", default="", help="regions side by side, such as GB,FR")
    parser.add_argument("--only", default="", help="pages to take, joined by commas; all when left out")
    asked = parser.parse_args()
    if not CHROMIUM.exists():
        parser.error(MISSING)
    load_environment()
    api = os.environ["API_URL"]
    pages = addresses(api, asked.region, asked.grain, asked.compare, asked.window)
    wanted = asked.only.split(",") if asked.only else pages
    IMAGES.mkdir(exist_ok=True)
    with started_chromium() as browser:
        for name in wanted:
            print(*take(browser, f"{api}{pages[name]}", name), sep="\n")


if __name__ == "__main__":
    main()
