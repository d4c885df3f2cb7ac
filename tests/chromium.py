"""A real browser for tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from local.chromium import CHROMIUM, MISSING, started_chromium


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; without one its tests are skipped, and say what installs it.

    It ends with the tests of a file: Playwright keeps an event loop running in this thread, beside which no
    other test could run its own.
    """
    if not CHROMIUM.exists():
        pytest.skip(MISSING)
    with started_chromium() as browser:
        yield browser
