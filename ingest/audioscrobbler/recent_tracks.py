"""``user.getRecentTracks``: what the session's own listener scrobbled, which relays read before they scrobble."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import Any, Final

from ingest.access.authentication import Key
from ingest.audioscrobbler.answers import Content
from ingest.audioscrobbler.forms import Fields
from ingest.audioscrobbler.plays import LAST_SECOND
from ingest.listenbrainz.token import listener_of
from ingest.own_listens.playing import name_listener
from ingest.own_listens.store import Facts, ListenStore, StoredListen

DEFAULT_LIMIT: Final = 50
LARGEST_LIMIT: Final = 200
LARGEST_PAGE: Final = 1_000


class RecentTracks:
    """Reads from ``store``; ``secret`` keys the listeners' hash."""

    def __init__(self, store: ListenStore, secret: bytes) -> None:
        self._store = store
        self._secret = secret

    async def read(self, key: Key, fields: Fields) -> Content:
        """Return a page of tracks, newest first, after what is playing now. ``from`` and ``to`` are in seconds."""
        own = listener_of(key)
        listener = name_listener(own, self._secret)
        limit = min(max(_read_number(fields, "limit", DEFAULT_LIMIT), 1), LARGEST_LIMIT)
        page = min(max(_read_number(fields, "page", 1), 1), LARGEST_PAGE)
        start, end = _read_instant(fields, "from", 0), _read_instant(fields, "to", LAST_SECOND)
        listens = await self._store.read(listener, start, end, limit * page, oldest_first=False)
        playing = await self._store.read_playing(listener) if page == 1 else None
        total = (await self._store.read_bounds(listener)).count
        now = [] if playing is None else [_describe(playing) | {"@attr": {"nowplaying": "true"}}]
        shown = listens[limit * (page - 1) :]
        counts = {"user": own, "page": page, "perPage": limit, "total": total, "totalPages": ceil(total / limit)}
        attributes = {name: str(value) for name, value in counts.items()}
        return {"recenttracks": {"track": [*now, *map(_describe_listen, shown)], "@attr": attributes}}


def _describe_listen(listen: StoredListen) -> Content:
    at = listen.played_at.astimezone(UTC)
    return _describe(listen.track) | {"date": {"uts": str(int(at.timestamp())), "#text": f"{at:%d %b %Y, %H:%M}"}}


def _describe(track: Facts) -> dict[str, Any]:
    return {
        "artist": {"mbid": "", "#text": track["artist"]},
        "name": track["title"],
        "album": {"mbid": "", "#text": track.get("release", "")},
        "mbid": track.get("recording_mbid", ""),
        "url": "",
        "streamable": "0",
    }


def _read_number(fields: Fields, name: str, default: int) -> int:
    try:
        return int(fields.get(name) or default)
    except ValueError:
        return default


def _read_instant(fields: Fields, name: str, default: int) -> datetime:
    return datetime.fromtimestamp(min(max(_read_number(fields, name, default), 0), LAST_SECOND), UTC)
