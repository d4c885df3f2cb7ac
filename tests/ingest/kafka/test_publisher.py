"""One set of promises, kept by the publisher in memory and by the one for a real broker alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

import pytest

from ingest.kafka.publisher import KafkaPublisher, Publisher
from ingest.play import Play
from tests.ingest.builders import recorded_play
from tests.ingest.publishers import MemoryPublisher
from tests.ingest.topics import Recorded, read_topic
from tests.servers import KafkaServer

Test = Callable[[Publisher], Coroutine[Any, Any, None]]


class Bench(Protocol):
    """A publisher under test and what became of its plays."""

    @property
    def publisher(self) -> Publisher: ...

    def read_back(self) -> list[Recorded]: ...


class MemoryBench:
    def __init__(self) -> None:
        self.publisher = MemoryPublisher()

    def read_back(self) -> list[Recorded]:
        kept = self.publisher.messages
        return [Recorded(0, key, Play.model_validate_json(value)) for key, value in kept]


class KafkaBench:
    def __init__(self, server: KafkaServer) -> None:
        self._server = server
        self._topic = server.new_topic()
        self.publisher = KafkaPublisher(server.connection("ingest"), self._topic, 5)

    def read_back(self) -> list[Recorded]:
        return read_topic(self._server.connection(), self._topic)


@pytest.fixture(params=["memory", pytest.param("kafka", marks=pytest.mark.services)])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    if request.param == "memory":
        yield MemoryBench()
    else:
        yield KafkaBench(request.getfixturevalue("kafka_server"))


@asynccontextmanager
async def started(publisher: Publisher) -> AsyncIterator[Publisher]:
    await publisher.start()
    try:
        yield publisher
    finally:
        await publisher.close()


def run(bench: Bench, test: Test) -> None:
    async def within_lifetime() -> None:
        async with started(bench.publisher) as publisher:
            await asyncio.wait_for(test(publisher), 30)

    asyncio.run(within_lifetime())


def test_a_confirmed_play_can_be_read_back_as_the_model(bench: Bench) -> None:
    play = recorded_play(title="ﬁre 🎷", client={"name": "player"}, ms_played=1)

    async def publish(publisher: Publisher) -> None:
        assert await publisher.publish([play]) == [True]

    run(bench, publish)
    (recorded,) = bench.read_back()
    assert (recorded.play, recorded.key) == (play, play.user_id.encode())


def test_every_play_of_a_call_gets_its_answer(bench: Bench) -> None:
    plays = [recorded_play(play_id=f"p{n}", user_id=f"u{n}") for n in range(1000)]

    async def publish(publisher: Publisher) -> None:
        assert await publisher.publish(plays) == [True] * 1000

    run(bench, publish)
    assert sorted(one.play.play_id for one in bench.read_back()) == sorted(p.play_id for p in plays)


def test_no_plays_need_no_answer(bench: Bench) -> None:
    async def publish(publisher: Publisher) -> None:
        assert await publisher.publish([]) == []

    run(bench, publish)
    assert bench.read_back() == []


def test_calls_at_the_same_time_do_not_mix_up_their_answers(bench: Bench) -> None:
    async def publish(publisher: Publisher) -> None:
        calls = (publisher.publish([recorded_play(play_id=f"p{n}")] * (n % 3)) for n in range(300))
        answers = await asyncio.gather(*calls)
        assert [len(answer) for answer in answers] == [n % 3 for n in range(300)]
        assert all(all(answer) for answer in answers)

    run(bench, publish)
    assert len(bench.read_back()) == 300


def test_a_listener_s_plays_stay_in_order_and_in_one_partition(bench: Bench) -> None:
    async def publish(publisher: Publisher) -> None:
        for n in range(30):
            await publisher.publish([recorded_play(play_id=f"p{n}", user_id=f"u{n % 3}")])

    run(bench, publish)
    recorded = bench.read_back()
    for listener in {one.key for one in recorded}:
        mine = [one for one in recorded if one.key == listener]
        assert len({one.partition for one in mine}) == 1
        order = [int(one.play.play_id[1:]) for one in mine]
        assert len(order) == 10
        assert order == sorted(order)


def test_closing_waits_for_what_is_under_way(bench: Bench) -> None:
    async def publish_and_close() -> list[bool]:
        async with started(bench.publisher) as publisher:
            under_way = asyncio.ensure_future(publisher.publish([recorded_play()] * 500))
            await asyncio.sleep(0)
        return await under_way

    assert asyncio.run(publish_and_close()) == [True] * 500
    assert len(bench.read_back()) == 500


def test_a_publisher_that_confirms_says_so(bench: Bench) -> None:
    async def ask(publisher: Publisher) -> None:
        assert await publisher.can_confirm()
        await publisher.publish([recorded_play()])
        assert await publisher.can_confirm()

    run(bench, ask)
