"""The watch history in Google's Takeout, as JSON; only what was heard in YouTube Music is a play."""

from __future__ import annotations

from typing import Any, Final

from clients.importers.regions import choose_region
from clients.importers.rows import Format, Import, Play, SkippedRowError
from clients.importers.sources.instants import read_instant, write_rfc_3339
from ingest.play_rows import describe_row

HEADER: Final = "YouTube Music"
TOPIC: Final = " - Topic"
AROUND_TITLE: Final = (
    ("Watched ", ""),
    ("Has visto ", ""),
    ("Hai guardato ", ""),
    ("Vous avez regardé ", ""),
    ("Você assistiu a ", ""),
    ("", " angesehen"),
    ("", " bekeken"),
)
"""What Takeout writes around a title, in the languages that were seen."""


def describe_watch(entry: dict[str, Any], wanted: Import) -> Play:
    """Return one entry as a play; the artist is the channel, which is ``Name - Topic`` for songs."""
    if entry.get("header") != HEADER:
        raise SkippedRowError("a video, not a song in YouTube Music")
    channels = entry.get("subtitles")
    channel = channels[0].get("name") if isinstance(channels, list) and channels else None
    title = _read_title(str(entry.get("title") or ""))
    if not channel or title.startswith("http"):
        raise SkippedRowError("a song that is gone, without title or artist")
    return describe_row(
        title=title,
        artist=str(channel).removesuffix(TOPIC),
        region=choose_region(None, wanted),
        played_at=write_rfc_3339(read_instant(entry.get("time"))),
        client={"name": HEADER},
    )


def _read_title(written: str) -> str:
    plain = written.replace("\xa0", " ")
    for before, after in AROUND_TITLE:
        if plain.startswith(before) and plain.endswith(after):
            return plain[len(before) : len(plain) - len(after)].strip("„“ ") if after else plain[len(before) :]
    return plain


YOUTUBE: Final = Format(
    name="YouTube, watch history of Takeout",
    family="youtube",
    matches=lambda row: "time" in row and "title" in row and "header" in row,
    describe=describe_watch,
)
