"""Keep what a listener's client says is playing now."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ingest.own_listens.store import ListenStore, StoreUnavailableError
from ingest.play import PlayFacts, SubmittedPlay, hash_listener

UNKNOWN_LENGTH: Final = timedelta(minutes=10)
_FACTS: Final = set(PlayFacts.model_fields)


def name_listener(user_id: str, secret: bytes) -> str:
    """Return the name of a listener in the store: the first 32 hex digits of the hash."""
    return hash_listener(user_id, secret)[:32]


class PlayingNow:
    """Keeps it in ``store``; ``secret`` keys the listeners' hash."""

    def __init__(self, store: ListenStore, secret: bytes) -> None:
        self._store = store
        self._secret = secret

    async def keep(self, play: SubmittedPlay) -> None:
        """Keep what is playing until its end. While the store is unavailable it is not kept, which costs no play."""
        lasts = timedelta(milliseconds=play.duration_ms) if play.duration_ms else UNKNOWN_LENGTH
        track = play.model_dump(mode="json", include=_FACTS, exclude_none=True)
        try:
            await self._store.set_playing(name_listener(play.user_id, self._secret), track, lasts)
        except StoreUnavailableError:
            return
