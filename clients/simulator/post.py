"""Posts batches and writes down what ingest answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

import httpx

from clients.simulator.ledger import UNCONFIRMED, Answer, Ledger
from clients.simulator.trouble import Posting
from clients.top_songs import Verdict


class Poster(Protocol):
    """What it takes to post; ``TopSongs`` does."""

    def submit_all(self, plays: Sequence[object]) -> list[Verdict]:
        """Post plays and return the verdict on each, in order."""

    def submit_raw(self, body: bytes) -> httpx.Response:
        """Post any bytes as one play."""


def post_all(batches: Iterable[list[Posting]], poster: Poster, ledger: Ledger) -> Iterator[int]:
    """Post one batch after the other, in order; yields the size of each when it is in the ledger.

    What was under way when posting failed is written down as unconfirmed, and the error goes on.
    """
    for batch in batches:
        answers = [UNCONFIRMED] * len(batch)
        try:
            _post_batch(batch, poster, answers)
        finally:
            ledger.write(batch, answers)
        yield len(batch)


def _post_batch(batch: list[Posting], poster: Poster, answers: list[Answer]) -> None:
    """Fill in the answers as they come."""
    places = [place for place, posting in enumerate(batch) if isinstance(posting.body, dict)]
    for verdict in poster.submit_all([batch[place].body for place in places]):
        answers[places[verdict.index]] = Answer(verdict.status, verdict.play_id, verdict.code)
    for place, posting in enumerate(batch):
        if isinstance(posting.body, bytes):
            answers[place] = _read_answer(poster.submit_raw(posting.body))


def _read_answer(response: httpx.Response) -> Answer:
    said = response.json()
    verdict: Literal["accepted", "rejected"] = "accepted" if response.is_success else "rejected"
    return Answer(verdict, said.get("play_id"), said.get("code"), response.status_code)
