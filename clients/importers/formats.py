"""Every format that can be imported, and which of them a file is in."""

from __future__ import annotations

from typing import Any, Final

from clients.importers.lastfm.pages import PAGES
from clients.importers.lastfm.tables import TABLES
from clients.importers.listenbrainz.export import LISTENS
from clients.importers.rows import Format
from clients.importers.scrobblers.koito import KOITO
from clients.importers.scrobblers.log import LOG
from clients.importers.scrobblers.maloja import MALOJA
from clients.importers.scrobblers.pano import PANO
from clients.importers.services.apple import APPLE
from clients.importers.services.youtube import YOUTUBE
from clients.importers.spotify.account import ACCOUNT
from clients.importers.spotify.extended import EXTENDED

FORMATS: Final = (EXTENDED, ACCOUNT, LISTENS, PAGES, KOITO, MALOJA, PANO, LOG, YOUTUBE, APPLE, TABLES)
"""In the order of asking; the last takes any table with a title, an artist and a time."""
FAMILIES: Final = tuple(dict.fromkeys(one.family for one in FORMATS))


def find_format(row: Any, family: str | None) -> Format | None:
    """Return the format that a row is in, of one family or of all."""
    if not isinstance(row, dict):
        return None
    return next((one for one in FORMATS if family in (None, one.family) and one.matches(row)), None)
