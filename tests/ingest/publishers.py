"""A publisher that keeps plays in memory, held to the same tests as the one for Kafka."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.kafka.delivery import Headers, Outgoing
from ingest.play import Play


class MemoryPublisher:
    """Confirms and keeps every play, unless it is ``away`` or the play's title is refused."""

    def __init__(self) -> None:
        self.messages: list[tuple[bytes, bytes]] = []
        self.headers: list[Headers] = []
        """Of each call."""
        self.away = False
        self.refused_titles: set[str] = set()
        self.calls = 0

    async def start(self) -> None:
        """Nothing to connect to."""

    async def publish(self, plays: Sequence[Outgoing], headers: Headers = None) -> list[bool]:
        """Keep what may be kept."""
        self.calls += 1
        self.headers.append(headers)
        return [self._keep(play) for play in plays]

    async def can_confirm(self) -> bool:
        """Whether the next play would be kept."""
        return not self.away

    async def close(self) -> None:
        """Nothing is under way."""

    def read_back(self) -> list[Play]:
        """Every play kept, in order."""
        return [Play.model_validate_json(value) for _, value in self.messages]

    def _keep(self, play: Outgoing) -> bool:
        value = play.to_value()
        if self.away or (self.refused_titles and Play.model_validate_json(value).title in self.refused_titles):
            return False
        self.messages.append((play.to_key(), value))
        return True
