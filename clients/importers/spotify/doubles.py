"""Finds streams that Spotify's export holds twice: the same song, heard at overlapping times."""

from __future__ import annotations

from array import array
from datetime import datetime

from clients.importers.rows import Play
from ingest.play import identify_song


class StreamDoubles:
    """The streams of one listener so far. Nobody hears a song again before the first time has ended."""

    def __init__(self) -> None:
        self._heard: dict[int, array[int]] = {}

    def is_double(self, play: Play) -> bool:
        """Return whether an earlier row was the same stream; if not, the play is remembered."""
        song = int(identify_song(play["title"], play["artist"])[3:], 16)
        start = round(datetime.fromisoformat(play["played_at"]).timestamp() * 1_000)
        end = start + play.get("ms_played", 0)
        heard = self._heard.setdefault(song, array("q"))
        for begun, ended in zip(heard[::2], heard[1::2], strict=True):
            if (start < ended and begun < end) or start == begun:
                return True
        heard.extend((start, end))
        return False
