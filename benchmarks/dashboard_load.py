"""How fast and how steady each page of the dashboard comes up in a real browser, by the browser's own clock.

The limits are those of https://web.dev/articles/vitals ("good"): the largest thing is painted within
2.5 s, the layout shifts by 0.1 at most, and the page is deaf to its user for 200 ms at most.
"""

from __future__ import annotations

import os
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, Page

from local.chromium import started_chromium

ROUNDS: Final = 5
SETTLED_MS: Final = 2_000
LIMITS: Final = {"lcp_ms": 2_500.0, "cls": 0.1, "tbt_ms": 200.0}
PAGES: Final = {
    "charts": "/",
    "song": "/songs/{leader}",
    "compare": "/compare",
    "world": "/world",
    "archive": "/archive",
    "pipeline": "/pipeline",
    "rules": "/rules",
}
# A task longer than 50 ms blocks the page for what it takes beyond them.
OBSERVE: Final = """
    window.vitals = {lcp_ms: 0, cls: 0, tbt_ms: 0};
    const watch = (type, add) => new PerformanceObserver(list => list.getEntries().forEach(add))
        .observe({type, buffered: true});
    watch('largest-contentful-paint', paint => { vitals.lcp_ms = paint.startTime; });
    watch('layout-shift', shift => { if (!shift.hadRecentInput) vitals.cls += shift.value; });
    watch('longtask', task => { vitals.tbt_ms += task.duration - 50; });
"""


def _leader(page: Page, api: str) -> str:
    entries = page.request.get(f"{api}/charts/hourly?limit=1").json()["entries"]
    return str(entries[0]["song_id"])


def _load(browser: Browser, address: str) -> dict[str, float]:
    """One first visit, without anything kept from another."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(OBSERVE)
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_timeout(SETTLED_MS)
    vitals: dict[str, float] = page.evaluate("vitals")
    context.close()
    return vitals


def _medians(visits: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(visit[name] for visit in visits), 3) for name in LIMITS}


def measure() -> dict[str, Any]:
    """Medians of five first visits of each page; the ratio is the worst median against its limit."""
    api = os.environ["API_URL"]
    with started_chromium() as browser:
        leader = _leader(browser.new_page(), api)
        pages = {
            name: _medians([_load(browser, api + path.format(leader=leader)) for _ in range(ROUNDS)])
            for name, path in PAGES.items()
        }
    for name, vitals in pages.items():
        print(f"{name:10}", *(f"{key} {value:g}" for key, value in vitals.items()))
    worst = max(vitals[name] / limit for vitals in pages.values() for name, limit in LIMITS.items())
    return {"name": "dashboard_load", "ratio": round(worst, 3), "goal": 1.0, "holds": worst <= 1, "pages": pages}
