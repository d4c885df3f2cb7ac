"""Keep the newest plays of each listener whom a write key decides, for ingest to read back.

Written in the transaction that counts, so a crash keeps both or neither. Plays of other keys cost nothing here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from psycopg import Connection

from ingest.play import PlayFacts
from streaming.live.staged_plays import StagedPlay

KEPT_LISTENS: Final = 1_000
"""Plays kept of each listener: as many as one page of ListenBrainz's API has at most."""
PRUNE_EVERY: Final = 100
"""Plays of one listener between two prunings, so that a play does not cost a look at all the others."""
REMEMBERED_LISTENERS: Final = 100_000
_FACTS: Final = set(PlayFacts.model_fields)

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

    def write(self, staged: Iterable[StagedPlay]) -> None:
        """Keep the plays whose listener their key decides."""
        plays = [(one.listener.hex(), one.identity.hex(), one.own) for one in staged if one.own is not None]
        if not plays:
            return
        listeners = [listener for listener, _, _ in plays]
        self._connection.execute(
            _INSERT,
            (
                listeners,
                [play.played_at for _, _, play in plays],
                [identity for _, identity, _ in plays],
                [play.received_at for _, _, play in plays],
                [play.model_dump_json(include=_FACTS, exclude_none=True) for _, _, play in plays],
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
