"""The client of one ingest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Final, Required, TypedDict

import httpx

from clients.top_songs.patience import Patience
from clients.top_songs.verdicts import (
    RefusedByIngestError,
    Verdict,
    raise_for_later,
    read_items,
    read_object,
    read_problem,
)

MAXIMUM_BATCH: Final = 1_000
TIMEOUT: Final = httpx.Timeout(30, connect=5)
# What ingest says of a body as a whole when one play in it spoils the rest.
SPOILT: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)


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
        headers = {"Authorization": f"Token {key}", "Content-Type": "application/json"}
        self._client = httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT)
        self._patience = Patience(patience_seconds)

    @property
    def retried(self) -> int:
        """How many requests were sent again."""
        return self._patience.retried

    def submit(self, *plays: Play) -> list[Verdict]:
        """Submit any number of plays and return the verdict on each, in order.

        Raises ``UnconfirmedError`` or ``httpx.TransportError`` when patience ends, and ``RefusedByIngestError`` for
        a key that is not valid.
        """
        return self.submit_all(plays)

    def submit_all(self, plays: Sequence[object]) -> list[Verdict]:
        """Submit JSON values that may be no plays, such as the lines of a file; otherwise as :meth:`submit`."""
        verdicts: list[Verdict] = []
        for start in range(0, len(plays), MAXIMUM_BATCH):
            verdicts += self._submit_batch(dict(enumerate(plays[start : start + MAXIMUM_BATCH], start)))
        return verdicts

    def submit_raw(self, body: bytes) -> httpx.Response:
        """Post any bytes to ``/play`` and return the response, which is no ``5xx``."""

        def attempt() -> httpx.Response:
            answer = self._client.post("/play", content=body)
            raise_for_later(answer)
            return answer

        return self._patience.persist(attempt)

    def stop(self) -> None:
        """Stop waiting, in every thread."""
        self._patience.end()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> TopSongs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _submit_batch(self, batch: dict[int, object]) -> list[Verdict]:
        verdicts: dict[int, Verdict] = {}

        def attempt() -> None:
            self._send({index: play for index, play in batch.items() if index not in verdicts}, verdicts)

        self._patience.persist(attempt)
        return [verdicts[index] for index in batch]

    def _send(self, plays: dict[int, object], verdicts: dict[int, Verdict]) -> None:
        answer = self._client.post("/plays", content=_write(plays.values()))
        if "items" in read_object(answer):
            read_items(answer, list(plays), verdicts)
        elif answer.status_code not in SPOILT:
            raise_for_later(answer)
            raise RefusedByIngestError(read_object(answer).get("detail", str(answer)))
        elif len(plays) == 1:
            (index,) = plays
            verdicts[index] = read_problem(index, answer)
        else:
            for half in _halve(plays):
                self._send(half, verdicts)


def _write(plays: Iterable[object]) -> bytes:
    return f'{{"plays":[{",".join(json.dumps(play) for play in plays)}]}}'.encode()


def _halve(plays: dict[int, object]) -> tuple[dict[int, object], dict[int, object]]:
    items = list(plays.items())
    middle = len(items) // 2
    return dict(items[:middle]), dict(items[middle:])
