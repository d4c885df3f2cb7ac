"""``python -m benchmarks.http_load.steps``: where the processor's time of a play in a batch of a hundred goes.

Each step is what ingest itself calls, without a server around it; the last row is a server's whole cost, so what
the steps leave of it is HTTP, guards, verdicts and metrics. Microseconds of processor a play, all threads included.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from confluent_kafka import Producer

from benchmarks.http_load.batches import BATCH, cpu_per_play
from benchmarks.http_load.broker import own_broker
from benchmarks.http_load.plays import BODIES, batch_bodies
from benchmarks.http_load.servers import own_topic
from benchmarks.http_load.settings import LoadSettings
from ingest.kafka.producer_configuration import configure
from ingest.kafka.publisher import ANY_PARTITION
from ingest.plays.plain_forms import PlainPlay
from ingest.plays.plain_plays import PlainReader

PLAYS: Final = BODIES * BATCH
REPEATS: Final = 5
MICROSECONDS: Final = 1e6
DELIVERY_SECONDS: Final = 30.0
Rows = Mapping[str, float]


def measure(settings: LoadSettings) -> Rows:
    """Microseconds a play by step; every step alone, and the least of some repeats."""
    bodies = batch_bodies(BATCH)
    reader, now = PlainReader(settings.user_id_secret.get_secret_value().encode()), datetime.now(UTC)
    plays = [play for body in bodies for play in reader.read_batch(body, {}, "local", now)]
    return {
        "parse the JSON, for comparison": _time(lambda: [json.loads(body) for body in bodies]),
        "read, check, hash the listener, name the song": _time(
            lambda: [reader.read_batch(body, {}, "local", now) for body in bodies]
        ),
        "write key and value": _time(lambda: [(play.to_key(), play.to_value()) for play in plays]),
        "hand to the producer, send, hear of it": _time_sending(settings, plays),
        "all that a server does": cpu_per_play(settings, BATCH) * MICROSECONDS,
    }


def _time_sending(settings: LoadSettings, plays: list[PlainPlay]) -> float:
    messages = [(play.to_key(), play.to_value()) for play in plays]
    with own_topic(settings) as topic:
        producer = Producer(configure(settings.kafka.connection("ingest"), DELIVERY_SECONDS, len(messages), print))

        def send() -> None:
            for key, value in messages:
                producer.produce(topic, value, key, ANY_PARTITION, _hear)
            if producer.flush(DELIVERY_SECONDS):
                raise TimeoutError("Kafka has not acknowledged every play")

        send()
        return _time(send)


def _hear(error: Any, _message: Any) -> None:
    if error is not None:
        raise RuntimeError(str(error))


def _time(step: Callable[[], object]) -> float:
    return min(_cpu_seconds(step) for _ in range(REPEATS)) / PLAYS * MICROSECONDS


def _cpu_seconds(step: Callable[[], object]) -> float:
    begun = time.process_time()
    step()
    return time.process_time() - begun


def main() -> None:
    """Print a table."""
    with own_broker() as settings:
        for step, microseconds in measure(settings).items():
            print(f"{step:<50}{microseconds:6.2f} µs", flush=True)


if __name__ == "__main__":
    main()
