"""The broker away, frozen or killed, a producer failed for good: honest answers, recovery."""

from __future__ import annotations

import asyncio
import ctypes
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import confluent_kafka
import pytest
from confluent_kafka import Producer
from httpx2 import Response
from starlette.testclient import TestClient

from ingest.app import create_app
from ingest.kafka.connection import KafkaConnection
from ingest.kafka.publisher import KafkaPublisher
from tests.ingest.brokers import Broker
from tests.ingest.builders import LOCAL_KEY, ingest_settings, play_body, recorded_play
from tests.ingest.topics import read_topic
from tests.servers import KafkaServer

pytestmark = pytest.mark.services  # It starts a broker of its own.
DELIVERY_TIMEOUT_SECONDS = 3.0
OUT_OF_ORDER_SEQUENCE = 45
NOBODY = KafkaConnection("127.0.0.1:1")


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A broker for this module, down at first."""
    broker = Broker(tmp_path_factory.mktemp("broker"))
    try:
        yield broker
    finally:
        broker.kill()


@pytest.fixture
def client(broker: Broker, tmp_path: Path) -> Iterator[TestClient]:
    """The app as it is in production, with a short delivery time-out."""
    settings = ingest_settings(
        tmp_path,
        **broker.ingest_settings,
        ingest_delivery_timeout_seconds=DELIVERY_TIMEOUT_SECONDS,
    )
    headers = {"Authorization": f"Token {LOCAL_KEY}"}
    with TestClient(create_app(settings), headers=headers) as client:
        yield client


def submit(client: TestClient, play_id: str) -> Response:
    return client.post("/play", json=play_body(play_id=play_id))


def assert_turned_away_in_time(client: TestClient, play_id: str) -> None:
    started = time.monotonic()
    answer = submit(client, play_id)
    waited = time.monotonic() - started
    assert (answer.status_code, answer.json()["code"]) == (503, "unconfirmed")
    assert int(answer.headers["retry-after"]) > 0
    # The event loop of a busy machine may be late.
    assert waited < DELIVERY_TIMEOUT_SECONDS + 1.5
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def wait_until(holds: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come back by itself"
        time.sleep(0.1)


def assert_recovers(client: TestClient, play_id: str) -> None:
    wait_until(lambda: submit(client, play_id).status_code == 202)
    wait_until(lambda: client.get("/readyz").status_code == 200)


def test_a_broker_that_is_away_frozen_or_killed(broker: Broker, client: TestClient) -> None:
    assert_turned_away_in_time(client, "away-at-start")
    broker.start()
    assert_recovers(client, "started")
    with broker.frozen():
        assert_turned_away_in_time(client, "frozen")
    assert_recovers(client, "thawed")
    broker.kill()
    assert_turned_away_in_time(client, "killed")
    broker.start()
    assert_recovers(client, "restarted")
    kept = {one.play.play_id for one in read_topic(broker.kafka.connection(), broker.topic)}
    assert {"started", "thawed", "restarted"} <= kept


@pytest.mark.faults
def test_a_broker_whose_disk_is_full(broker: Broker, client: TestClient) -> None:
    broker.kill()
    broker.start()
    assert_recovers(client, "before")
    broker.fill_disk()
    for play_id in ("full", "still-full"):
        assert_turned_away_in_time(client, play_id)
    broker.kill()
    broker.start()
    assert_recovers(client, "after")
    kept = {one.play.play_id for one in read_topic(broker.kafka.connection(), broker.topic)}
    assert {"before", "after"} <= kept


def test_plays_beyond_the_queue_are_turned_away_at_once() -> None:
    async def publish() -> tuple[list[bool], float]:
        publisher = KafkaPublisher(NOBODY, "plays", DELIVERY_TIMEOUT_SECONDS, queue_length=100)
        await publisher.start()
        filling = asyncio.ensure_future(publisher.publish([recorded_play()] * 100))
        await asyncio.sleep(0)
        started = time.monotonic()
        turned_away = await publisher.publish([recorded_play()] * 10)
        waited = time.monotonic() - started
        assert await filling == [False] * 100
        await publisher.close()
        return turned_away, waited

    turned_away, waited = asyncio.run(publish())
    assert turned_away == [False] * 10
    assert waited < 1


def test_closing_without_a_broker_ends_within_the_time_out() -> None:
    async def publish_and_close() -> tuple[list[bool], float]:
        publisher = KafkaPublisher(NOBODY, "plays", DELIVERY_TIMEOUT_SECONDS)
        await publisher.start()
        under_way = asyncio.ensure_future(publisher.publish([recorded_play()]))
        await asyncio.sleep(0)
        started = time.monotonic()
        await publisher.close()
        return await under_way, time.monotonic() - started

    answer, waited = asyncio.run(publish_and_close())
    assert answer == [False]
    assert waited < DELIVERY_TIMEOUT_SECONDS + 1.5


def test_a_topic_that_does_not_exist_is_not_ready(kafka_server: KafkaServer) -> None:
    async def ask() -> tuple[bool, list[bool]]:
        publisher = KafkaPublisher(kafka_server.connection("ingest"), "no-such-topic", DELIVERY_TIMEOUT_SECONDS)
        await publisher.start()
        answer = await publisher.can_confirm(), await publisher.publish([recorded_play()])
        await publisher.close()
        return answer

    assert asyncio.run(ask()) == (False, [False])


def fail_for_good(producer: Producer) -> None:
    """Raise a fatal error inside librdkafka by its own function for tests."""
    folder = Path(confluent_kafka.__file__).parent.with_name("confluent_kafka.libs")
    (library,) = folder.glob("librdkafka*")
    # The producer's C structure begins with the Python object's head, then librdkafka's handle.
    handle = ctypes.c_void_p.from_address(id(producer) + object.__basicsize__)
    raise_fatal = ctypes.CDLL(str(library)).rd_kafka_test_fatal_error
    assert raise_fatal(handle, ctypes.c_int(OUT_OF_ORDER_SEQUENCE), b"a test") == 0


def test_a_producer_that_failed_for_good_is_replaced(kafka_server: KafkaServer) -> None:
    topic = kafka_server.new_topic()

    async def publish() -> None:
        publisher = KafkaPublisher(kafka_server.connection("ingest"), topic, 10)
        await publisher.start()
        assert await publisher.publish([recorded_play(play_id="before")]) == [True]
        first = publisher._producer
        fail_for_good(first)
        # Whatever is handed over between the failure and the repair is answered, not lost.
        at_once = await asyncio.wait_for(publisher.publish([recorded_play()] * 5), 15)
        assert not await publisher.can_confirm() or publisher._producer is not first
        async with asyncio.timeout(30):
            while await publisher.publish([recorded_play(play_id="after")]) != [True]:
                await asyncio.sleep(0.1)
        assert publisher._producer is not first
        assert await publisher.can_confirm()
        assert at_once == [False] * 5
        await publisher.close()

    asyncio.run(publish())
    kept = [one.play.play_id for one in read_topic(kafka_server.connection(), topic)]
    assert sorted(kept) == ["after", "before"]
