"""Postings go out when they are due, in batches that ingest takes."""

from __future__ import annotations

from collections.abc import Iterator

from clients.simulator.pacing import LARGEST_BATCH, as_due, at_once
from clients.simulator.trouble import Posting


class Clock:
    """A clock that moves when somebody waits, or posts slowly."""

    def __init__(self) -> None:
        self.now = 0.0
        self.end_at = float("inf")

    def tell(self) -> float:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += seconds
        return self.now >= self.end_at


def postings(count: int, every: float) -> Iterator[Posting]:
    return (Posting(number * every, {"number": number}, None) for number in range(count))


def test_history_goes_out_in_full_batches() -> None:
    assert [len(batch) for batch in at_once(postings(2_500, 1))] == [1_000, 1_000, 500]


def test_nothing_goes_out_before_it_is_due_and_nothing_is_lost() -> None:
    clock = Clock()
    total = 0
    for batch in as_due(postings(100, 0.05), clock.tell, clock.wait):
        assert all(posting.due <= clock.now for posting in batch)
        assert clock.now - batch[0].due <= 0.3
        total += len(batch)
    assert total == 100


def test_who_falls_behind_catches_up_with_batches_no_larger_than_ingest_takes() -> None:
    clock = Clock()
    sizes = []
    for batch in as_due(postings(5_000, 0.001), clock.tell, clock.wait):
        sizes.append(len(batch))
        clock.now += 3
    assert sum(sizes) == 5_000
    assert max(sizes) == LARGEST_BATCH


def test_it_ends_while_waiting_when_told_to() -> None:
    clock = Clock()
    clock.end_at = 2.0
    posted = [posting for batch in as_due(postings(100, 1), clock.tell, clock.wait) for posting in batch]
    assert len(posted) == 2
