"""An address of each page of the mocked dashboard, drawers included."""

from __future__ import annotations

from typing import Final

from tests.frontend.mocked_api import LEADER

PAGES: Final = {
    "charts": "/?region=GB",
    "day": "/?region=global&grain=day",
    "explain": f"/?region=GB&open={LEADER}",
    "explain-day": f"/?grain=day&open={LEADER}",
    "revisions": "/?region=GB&window=2026-11-22T13:00:00Z&open=revisions",
    "song": f"/songs/{LEADER}?region=GB",
    "compare": "/compare?regions=GB,FR,BR",
    "world": "/world",
    "archive": "/archive?region=GB&month=2026-11&day=2026-11-20",
    "search": "/find?q=ferry",
    "pipeline": "/pipeline",
    "rules": "/rules",
    "about": "/about",
    "nowhere": "/nowhere",
}
