"""Cuts postings into batches: as they come due, or as fast as they can be posted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from clients.simulator.trouble import Posting

LARGEST_BATCH: Final = 1_000
TICK_SECONDS: Final = 0.25


def at_once(postings: Iterator[Posting]) -> Iterator[list[Posting]]:
    """Full batches without a pause between them."""
    while batch := list(islice(postings, LARGEST_BATCH)):
        yield batch


def as_due(
    postings: Iterator[Posting], clock: Callable[[], float], wait: Callable[[float], bool]
) -> Iterator[list[Posting]]:
    """A batch of what has come due, several times a second; a slow client gets fuller ones.

    ``clock`` tells Unix seconds; ``wait`` is given seconds and says whether to end here.
    """
    batch: list[Posting] = []
    for posting in postings:
        if batch and (posting.due > clock() or len(batch) == LARGEST_BATCH):
            yield batch
            batch = []
        while (early := posting.due - clock()) > 0:
            if wait(max(early, TICK_SECONDS)):
                return
        batch.append(posting)
    if batch:
        yield batch
