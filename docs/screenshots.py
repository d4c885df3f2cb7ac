"""Takes the pictures of the dashboard that the docs show, from the running stack, with Debian's Chromium."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from local.environment import load_environment

IMAGES = Path(__file__).parent / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWS = {
    "dashboard": {"width": 1280, "height": 860},
    "dashboard-phone": {"width": 390, "height": 844},
    "dashboard-dark": {"width": 1280, "height": 860},
}


def take(browser: Browser, address: str, name: str) -> Path:
    """Take one picture; its name says which theme and size it is of."""
    width, height = VIEWS[name]["width"], VIEWS[name]["height"]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if name.endswith("dark") else "light",
    )
    page.goto(address)
    page.get_by_role("table").wait_for()
    # The bars come lazily, after the table.
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main() -> None:
    """Take every picture of one view of the dashboard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--view", default="", help="the part of the address behind the host, such as ?region=GB&grain=day"
    )
    view = parser.parse_args().view
    load_environment()
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name in VIEWS:
            print(take(browser, f"{os.environ['API_URL']}/{view}", name))
        browser.close()


if __name__ == "__main__":
    main()
