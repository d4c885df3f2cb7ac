"""The client for programs: ``TopSongs(url, key).submit(play)``."""

from __future__ import annotations

from types import TracebackType
from typing import Required, TypedDict

from clients.play_poster import PlayPoster, Verdict

__all__ = ["Play", "TopSongs", "Verdict"]


class Program(TypedDict, total=False):
    """The program that recorded a play."""

    name: str
    version: str


class Play(TypedDict, total=False):
    """A play as ingest takes it. ``user_id`` and ``region`` may be left to the key; times are RFC 3339."""

    title: Required[str]
    artist: Required[str]
    played_at: Required[str]
    user_id: str
    region: str
    play_id: str
    release: str
    isrc: str
    recording_mbid: str
    ms_played: int
    duration_ms: int
    client: Program


class TopSongs:
    """Submits plays to one ingest; safe for several threads.

    Requests that are not confirmed are sent again for up to ``patience_seconds``, after as long as the response's
    ``Retry-After`` says. A play that is sent again counts once.
    """

    def __init__(self, url: str, key: str, *, patience_seconds: float = 600) -> None:
        self._poster = PlayPoster(url, key, patience_seconds=patience_seconds)

    def submit(self, *plays: Play) -> list[Verdict]:
        """Submit any number of plays and return the verdict on each, in order.

        Raises ``UnconfirmedError`` or ``httpx.TransportError`` when patience ends, and ``RefusedByIngestError`` for
        a key that is not valid.
        """
        return self._poster.post(plays)

    def close(self) -> None:
        """Close the connections."""
        self._poster.close()

    def __enter__(self) -> TopSongs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
