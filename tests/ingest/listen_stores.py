"""A store of listens in memory, with the semantics of the one in Postgres."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ingest.own_listens.playing import name_listener
from ingest.own_listens.store import Bounds, Facts, NoListens, StoredListen, StoreUnavailableError
from tests.ingest.builders import SECRET

ANNA = name_listener("anna", SECRET)
FIRST = 1_793_527_200


@dataclass
class MemoryListens(NoListens):
    """Keeps what it is given, unless it is ``away``."""

    listens: dict[str, list[StoredListen]] = field(default_factory=dict)
    playing: dict[str, tuple[Facts, timedelta]] = field(default_factory=dict)
    imports: dict[tuple[str, str], int] = field(default_factory=dict)
    away: bool = False

    def add(self, listener: str, second: int, title: str) -> None:
        """Keep a play."""
        played_at = datetime.fromtimestamp(second, UTC)
        track = {"title": title, "artist": "The Testers", "region": "GB"}
        self.listens.setdefault(listener, []).append(StoredListen(played_at, played_at, track))

    async def read(
        self, listener: str, start: datetime, end: datetime, count: int, *, oldest_first: bool
    ) -> list[StoredListen]:
        """Return the plays of a range."""
        self._answer()
        found = [one for one in self.listens.get(listener, []) if start <= one.played_at < end]
        return sorted(found, key=lambda one: one.played_at, reverse=not oldest_first)[:count]

    async def read_bounds(self, listener: str) -> Bounds:
        """Return the number of plays and their range."""
        self._answer()
        times = [one.played_at for one in self.listens.get(listener, [])]
        return Bounds(len(times), min(times, default=None), max(times, default=None))

    async def read_playing(self, listener: str) -> Facts | None:
        """Return what is playing."""
        self._answer()
        return self.playing[listener][0] if listener in self.playing else None

    async def set_playing(self, listener: str, track: Facts, lasts: timedelta) -> None:
        """Keep what is playing."""
        self._answer()
        self.playing[listener] = (track, lasts)

    async def read_latest_import(self, listener: str, service: str) -> int:
        """Return where an importer stopped."""
        self._answer()
        return self.imports.get((listener, service), 0)

    async def set_latest_import(self, listener: str, service: str, latest: int) -> None:
        """Keep where an importer stopped."""
        self._answer()
        self.imports[listener, service] = latest

    def _answer(self) -> None:
        if self.away:
            raise StoreUnavailableError


def store_of_anna(plays: int) -> MemoryListens:
    """Plays of Anna's, a minute apart, and one of Bob's."""
    store = MemoryListens()
    for number in range(plays):
        store.add(ANNA, FIRST + 60 * number, f"Song {number}")
    store.add(name_listener("bob", SECRET), FIRST, "Bob's")
    return store
