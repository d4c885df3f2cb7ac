"""Keep the newest plays of each listener whom a write key decides, for ingest to read back.

Written in the transaction that counts, so a crash keeps both or neither. Plays of other keys cost a look at a header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from psycopg import Connection
from pydantic import ValidationError

from ingest.play import OWN_LISTENER, Play, PlayFacts
from streaming.live.offsets import Message
from streaming.live.staged_plays import identify

KEPT_LISTENS: Final = 1_000
"""Plays kept of each listener: as many as one page of ListenBrainz's API has at most."""
PRUNE_EVERY: Final = 100
"""Plays of one listener between two prunings, so that a play does not cost a look at all the others."""
REMEMBERED_LISTENERS: Final = 100_000
_FACTS: Final = set(PlayFacts.model_fields)
_HEADER: Final = OWN_LISTENER[0]

_INSERT: Final = """
    insert into listens.recent (listener, played_at, identity, received_at, track)
    select * from unnest(%s::uuid[], %s::timestamptz[], %s::uuid[], %s::timestamptz[], %s::jsonb[])
        as sent (listener, played_at, identity, received_at, track)
    order by listener, played_at, identity
    on conflict do nothing
"""
_PRUNE: Final = """
    delete from listens.recent as old
    using unnest(%s::uuid[]) as touched (listener)
    where
        old.listener = touched.listener
        and (old.played_at, old.identity) < (
            select kept.played_at, kept.identity
            from listens.recent as kept
            where kept.listener = touched.listener
            order by kept.played_at desc, kept.identity desc
            limit 1 offset %s
        )
"""


class OwnListens:
    """Writes through the live counter's connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection
        self._since_pruned: dict[str, int] = {}

    def write(self, messages: Iterable[Message]) -> None:
        """Keep the plays among the messages whose listener their key decides."""
        plays = [play for message in messages if (play := _read_own(message)) is not None]
        if not plays:
            return
        listeners = [play.user_id[:32] for play in plays]
        self._connection.execute(
            _INSERT,
            (
                listeners,
                [play.played_at for play in plays],
                [identify(play.user_id, play.play_id, play.played_at).hex() for play in plays],
                [play.received_at for play in plays],
                [play.model_dump_json(include=_FACTS, exclude_none=True) for play in plays],
            ),
        )
        full = self._find_full(Counter(listeners))
        if full:
            self._connection.execute(_PRUNE, (full, KEPT_LISTENS - 1))

    def _find_full(self, added: Counter[str]) -> list[str]:
        """Return whom to prune: at first sight, and then after so many plays."""
        if len(self._since_pruned) > REMEMBERED_LISTENERS:
            self._since_pruned.clear()
        full = []
        for listener, plays in added.items():
            since = self._since_pruned.get(listener, PRUNE_EVERY) + plays
            if since >= PRUNE_EVERY:
                full.append(listener)
                since = 0
            self._since_pruned[listener] = since
        return full


def _read_own(message: Message) -> Play | None:
    """Return the play in a message that ingest marked as its key's own listener's."""
    if not any(name == _HEADER for name, _ in message.headers() or ()):
        return None
    try:
        return Play.model_validate_json(message.value() or b"")
    except ValidationError:
        return None
