"""Plays and settings with good defaults; a test names only what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from ingest.play import Play, SubmittedPlay, record_play
from ingest.settings import Settings

SECRET = b"a secret that keys the listeners"
LOCAL_KEY = "the-key-from-the-environment"
KEY_ID = "1f2e3d4c"
PLAYED_AT = "2026-11-01T10:00:00Z"


def play_body(**changes: Any) -> dict[str, Any]:
    """A play as a client posts it; a field set to ``...`` is left out."""
    body = {
        "user_id": "listener-1",
        "title": "Blue Train",
        "artist": "John Coltrane",
        "region": "GB",
        "played_at": PLAYED_AT,
        **changes,
    }
    return {field: value for field, value in body.items() if value is not ...}


def listen(listened_at: object = 1_793_527_200, **changes: Any) -> dict[str, Any]:
    """A listen as a scrobbler submits it; other names than a track's go into its further information."""
    names = ("artist_name", "track_name", "release_name")
    info = {"region": "GB"} | {name: value for name, value in changes.items() if name not in names}
    track = {"artist_name": "John Coltrane", "track_name": "Blue Train"} | {
        name: changes[name] for name in names if name in changes
    }
    item = {"listened_at": listened_at, "track_metadata": {**track, "additional_info": info}}
    return {field: value for field, value in item.items() if value is not ...}


def submission(*listens: object, listen_type: str = "import") -> dict[str, Any]:
    """The body of ``submit-listens``."""
    return {"listen_type": listen_type, "payload": list(listens)}


def recorded_play(**changes: Any) -> Play:
    """The play that Kafka carries for :func:`play_body` with the same changes."""
    submitted = SubmittedPlay.model_validate(play_body(**changes))
    return record_play(submitted, SECRET, KEY_ID, datetime(2026, 11, 1, 10, 5, tzinfo=UTC))


NO_LIMIT_DAYS = 36_500
"""The plays of these builders have fixed times."""


def ingest_settings(folder: Path, **changes: Any) -> Settings:
    """Settings whose key file is in ``folder``; nothing comes from the environment."""
    values = {
        "kafka_bootstrap_servers": "127.0.0.1:1",
        "kafka_security_protocol": "PLAINTEXT",
        "kafka_topic": "plays",
        "user_id_secret": SecretStr(SECRET.decode()),
        "ingest_key": SecretStr(LOCAL_KEY),
        "ingest_key_file": folder / "keys.json",
        "ingest_workers": 1,
        "ingest_delivery_timeout_seconds": 3,
        "ingest_request_timeout_seconds": 30,
        "ingest_rate_limit_plays": 100_000,
        "ingest_rate_limit_seconds": 10,
        "ingest_oldest_play_days": NO_LIMIT_DAYS,
        "ingest_listeners_per_hour": 1_000_000,
        **changes,
    }
    return Settings(**values)
