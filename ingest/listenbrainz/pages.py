"""Kept plays as ListenBrainz's API writes listens."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from ingest.own_listens.store import Bounds, Facts, StoredListen
from ingest.play import identify_song

Content = dict[str, Any]
RECORDINGS: Final = UUID("6f1d5c1e-7f0c-5d0b-9d3c-2a9f6f0f6a51")
"""Namespace of ``recording_msid``, which clients expect to be a UUID: one for each song_id."""


def write_listens(name: str, listens: list[StoredListen], bounds: Bounds) -> Content:
    """Return a page of listens, newest first."""
    return {
        "payload": {
            "count": len(listens),
            "user_id": name,
            "listens": [_write_listen(name, one) for one in listens],
            "latest_listen_ts": _second(bounds.latest),
            "oldest_listen_ts": _second(bounds.oldest),
        }
    }


def write_playing(name: str, track: Facts | None) -> Content:
    """Return what is playing now, as a page of one listen without a time."""
    listens = [] if track is None else [{"playing_now": True, "track_metadata": _write_track(track)}]
    return {"payload": {"count": len(listens), "user_id": name, "playing_now": True, "listens": listens}}


def _write_listen(name: str, listen: StoredListen) -> Content:
    return {
        "inserted_at": _second(listen.received_at),
        "listened_at": _second(listen.played_at),
        "recording_msid": str(uuid5(RECORDINGS, identify_song(listen.track["title"], listen.track["artist"]))),
        "user_name": name,
        "track_metadata": _write_track(listen.track),
    }


def _write_track(track: Facts) -> Content:
    client = track.get("client", {})
    info = {
        "isrc": track.get("isrc"),
        "recording_mbid": track.get("recording_mbid"),
        "region": track.get("region"),
        "duration_ms": track.get("duration_ms"),
        "duration_played": None if "ms_played" not in track else track["ms_played"] // 1_000,
        "submission_client": client.get("name"),
        "submission_client_version": client.get("version"),
    }
    written = {
        "artist_name": track["artist"],
        "track_name": track["title"],
        "release_name": track.get("release"),
        "additional_info": {name: value for name, value in info.items() if value is not None},
    }
    return {name: value for name, value in written.items() if value is not None}


def _second(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp())
