"""What is kept in memory, for how long and how much of it."""

from __future__ import annotations

import pytest

from api.web.cached_responses import LONGEST_KEY, CachedResponse, CachedResponses


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def made(memory: CachedResponses, *, body: bytes = b"body", max_age: int = 2) -> CachedResponse:
    """An answer made now."""
    return CachedResponse((), body, b'"tag"', max_age, None, memory.now(), memory.generation)


@pytest.fixture
def clock() -> Clock:
    """The clock of the memory."""
    return Clock()


@pytest.fixture
def memory(clock: Clock) -> CachedResponses:
    """A memory for three answers of a hundred bytes."""
    return CachedResponses(3 * (LONGEST_KEY + 100), clock)


def test_an_answer_is_fresh_until_its_age_is_reached_and_kept_after_that(memory: CachedResponses, clock: Clock) -> None:
    memory.keep(b"a", made(memory))
    clock.seconds += 1.9
    answer = memory.find(b"a")
    assert answer is not None
    assert memory.is_fresh(answer)
    clock.seconds += 0.1
    assert not memory.is_fresh(answer)
    assert memory.find(b"a") is answer


def test_an_update_makes_every_answer_old_also_one_that_was_begun_before(memory: CachedResponses) -> None:
    begun = made(memory, max_age=60)
    memory.expire()
    memory.keep(b"a", begun)
    assert not memory.is_fresh(begun)
    assert memory.is_fresh(made(memory))


def test_the_answer_not_asked_for_the_longest_makes_room(memory: CachedResponses) -> None:
    for key in (b"a", b"b", b"c"):
        memory.keep(key, made(memory, body=bytes(100)))
    memory.find(b"a")
    memory.keep(b"d", made(memory, body=bytes(100)))
    assert [key for key in (b"a", b"b", b"c", b"d") if memory.find(key)] == [b"a", b"c", b"d"]


def test_it_never_takes_more_than_its_bound(memory: CachedResponses) -> None:
    for number in range(1000):
        memory.keep(b"%d" % (number % 7), made(memory, body=bytes(number % 400)))
        assert memory.bytes <= 3 * (LONGEST_KEY + 100)
    kept = [memory.find(b"%d" % number) for number in range(7)]
    assert memory.bytes == sum(answer.size for answer in kept if answer)


def test_what_is_too_large_or_asked_too_long_is_not_kept(memory: CachedResponses) -> None:
    memory.keep(b"a", made(memory, body=bytes(10_000)))
    memory.keep(bytes(LONGEST_KEY + 1), made(memory))
    assert memory.bytes == 0
