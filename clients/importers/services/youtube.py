"""The watch history in Google's Takeout, as JSON; only what was heard in YouTube Music is a play."""

from __future__ import annotations

import re
from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.services.youtube_titles import unwrap_titles
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.plays.play_rows import describe_row

HEADER: Final = "YouTube Music"
_TOPIC: Final = re.compile(r" [-–] (Topic|Thema|Tema|Thème|Temat|Тема|Konu|トピック)$")
"""How the channel that YouTube makes of an artist's songs is called."""


def describe_watch(entry: dict[str, Any], wanted: Import) -> Play:
    """Return one entry as a play; the artist is the channel, which is ``Name - Topic`` for songs."""
    if entry.get("header") != HEADER:
        raise SkippedRowError("a video, not a song in YouTube Music")
    channels = entry.get("subtitles")
    first = channels[0] if isinstance(channels, list) and channels else None
    channel = first.get("name") if isinstance(first, dict) else None
    title = str(entry.get("title") or "")
    if not channel or title.startswith("http"):
        raise SkippedRowError("a song that is gone, without title or artist")
    return describe_row(
        title=title,
        artist=_TOPIC.sub("", str(channel)),
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(read_instant(entry.get("time"))),
        client={"name": HEADER},
    )


YOUTUBE: Final = Format(
    name="YouTube, watch history of Takeout",
    family="youtube",
    matches=lambda row: "time" in row and "title" in row and "header" in row,
    describe=describe_watch,
    prepare=unwrap_titles,
)
