"""One real browser for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from local.chromium import CHROMIUM, MISSING, started_chromium


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; without one its tests are skipped, and say what installs it."""
    if not CHROMIUM.exists():
        pytest.skip(MISSING)
    with started_chromium() as browser:
        yield browser
