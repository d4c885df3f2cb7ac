"""Topics full of plays for benchmarks: as many as wanted, quickly, in the spelling that ingest gives them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from confluent_kafka import Producer

from ingest.kafka.connection import KafkaConnection
from ingest.play import SubmittedPlay, record_play
from tests.servers import KafkaServer

REGIONS: Final = ("US", "GB", "DE", "FR", "BR", "JP", "IN", "MX", "SE", "NG", "AU", "KR")
NEWEST_HOUR: Final = datetime(2026, 11, 1, 12, tzinfo=UTC)
LISTENERS: Final = 20_000
SONGS: Final = 5_000
FLUSH_SECONDS: Final = 120
WAYS_TO_SPOIL: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "cut short": lambda value: value[:-1],
    "not UTF-8": lambda value: b"\xff" + value,
    "a field misnamed": lambda value: value.replace(b'"title"', b'"titel"'),
    "a length below nothing": lambda value: value.replace(b'"ms_played":', b'"ms_played":-'),
}
"""Ways in which a value is no play, equally many of each in a mix with poison."""


@dataclass(frozen=True)
class Mix:
    """What the plays of a topic are like.

    ``hours`` before and with :data:`NEWEST_HOUR` have equally many; ``duplicates`` is the share that repeats a
    play before it, and ``poison`` the share of values that are no plays.
    """

    hours: int = 2
    duplicates: float = 0.0
    poison: float = 0.0
    newest_hour: datetime = NEWEST_HOUR
    seed: int = 1

    def later(self, hours: int) -> Mix:
        """The same so many hours later, with other plays."""
        return replace(self, newest_hour=self.newest_hour + timedelta(hours=hours), seed=self.seed + hours)


def make_values(count: int, mix: Mix) -> Iterator[bytes]:
    """So many values, the same for the same mix."""
    random, template = Random(mix.seed), _template()
    plays: list[bytes] = []
    ways = list(WAYS_TO_SPOIL.values())
    for number in range(count):
        if random.random() < mix.poison:
            yield random.choice(ways)(_make_value(template, number, mix, random))
        elif plays and random.random() < mix.duplicates:
            yield random.choice(plays)
        else:
            plays.append(_make_value(template, number, mix, random))
            yield plays[-1]


def fill_topic(kafka: KafkaServer, count: int, mix: Mix, spoil: Callable[[bytes], bytes] = bytes) -> str:
    """A topic of its own that holds so many values, all spoilt in one way if one is given; returns its name."""
    topic = kafka.new_topic()
    write_values(kafka.connection("ingest"), topic, map(spoil, make_values(count, mix)))
    return topic


def write_values(connection: KafkaConnection, topic: str, values: Iterable[bytes]) -> None:
    """Write values to a topic, as fast as the broker takes them."""
    producer = Producer({**connection.librdkafka_options(), "linger.ms": 50, "compression.type": "lz4"})
    for number, value in enumerate(values):
        producer.produce(topic, value)
        if number % 1_000 == 0:
            # The queue holds 100,000 messages.
            while len(producer) > 50_000:
                producer.poll(0.05)
    if waiting := producer.flush(FLUSH_SECONDS):
        raise TimeoutError(f"Kafka has not acknowledged {waiting} values")


def _template() -> str:
    """A play as Kafka carries it, with ``%(name)s`` in each field that varies."""
    body = {"user_id": "x", "title": "x", "artist": "x", "region": "GB", "played_at": NEWEST_HOUR.isoformat()}
    submitted = SubmittedPlay.model_validate({**body, "release": "Of the usual length", "ms_played": 200_000})
    play = record_play(submitted, b"secret", "local", NEWEST_HOUR + timedelta(hours=1))
    varied = {name: f"%({name})s" for name in ("play_id", *body)}
    return json.dumps(json.loads(play.to_value()) | varied, separators=(",", ":"))


def _make_value(template: str, number: int, mix: Mix, random: Random) -> bytes:
    song = int(SONGS * random.random() ** 2)
    hour = mix.newest_hour - timedelta(hours=random.randrange(mix.hours))
    fields = {
        "play_id": f"p-{mix.seed}-{number}",
        "user_id": hashlib.sha256(b"%d" % random.randrange(LISTENERS)).hexdigest(),
        "title": f"Song {song}",
        "artist": f"Artist {song % 1000}",
        "region": random.choice(REGIONS),
        "played_at": f"{hour + timedelta(seconds=random.randrange(3600)):%Y-%m-%dT%H:%M:%S}.000000Z",
    }
    return (template % fields).encode()
