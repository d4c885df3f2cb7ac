"""Identities derived from a play's fields. ``docs/identity.json`` has test vectors."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final, NamedTuple

from ingest.plays.spelling import normalise

UNIT_SEPARATOR: Final = "\x1f"
"""Separates the parts of an identity. Normalisation turns it into a space, so no part contains it."""


class Identities(NamedTuple):
    """The identities of a play's song, artist and release."""

    song_id: str
    artist_id: str
    release_id: str | None


def identify_song(title: str, artist: str) -> str:
    """Return the song_id: ``s2_`` and 16 hex digits of SHA-256 over normalised artist, U+001F, normalised title."""
    return _digest("s2_", normalise(artist), normalise(title))


def identify_all(title: str, artist: str, release: str | None) -> Identities:
    """Return the identities of song, artist (``a2_``) and release (``r2_``; None for a missing or blank release)."""
    by, album = normalise(artist), normalise(release or "")
    song_id = _digest("s2_", by, normalise(title))
    return Identities(song_id, _digest("a2_", by), _digest("r2_", by, album) if album else None)


def hash_listener(user_id: str, secret: bytes) -> str:
    """Return HMAC-SHA-256 of the listener in lower-case hex; the plain id never leaves ingest."""
    return hmac.digest(secret, user_id.encode(), "sha256").hex()


def identify_play(listener_hash: str, song_id: str, played_at: str) -> str:
    """Return the derived play_id; ``played_at`` is in the format of :func:`~ingest.play.write_instant`."""
    identity = UNIT_SEPARATOR.join((listener_hash, song_id, played_at))
    return "d_" + hashlib.sha256(identity.encode()).hexdigest()[:32]


def _digest(prefix: str, *parts: str) -> str:
    return prefix + hashlib.sha256(UNIT_SEPARATOR.join(parts).encode()).hexdigest()[:16]
