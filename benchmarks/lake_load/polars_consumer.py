"""``python -m benchmarks.lake_load.polars_consumer TOPIC TABLE ROWS BATCH``: Kafka to bronze without Spark.

confluent-kafka reads, polars parses and judges, and deltalake appends with a transaction mark for each batch, so
a batch that is written again is known. One thing is left out, in its favour: a value that is no JSON ends it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any, Final

import polars as pl
import pycountry
from confluent_kafka import OFFSET_BEGINNING, Consumer, Message, TopicPartition
from deltalake import CommitProperties, Transaction, write_deltalake

from streaming.lake import PARTITION_COLUMNS, LakeTable, table_schema
from streaming.play_checks import field_schemas
from streaming.play_schema import play_fields
from streaming.settings import StreamingSettings

WRITER: Final = "bronze"
WAIT_SECONDS: Final = 0.5
_TYPES: Final = {"string": pl.String, "timestamp": pl.String, "bigint": pl.Int64}
_REGIONS: Final = [country.alpha_2 for country in pycountry.countries]


def consume(topic: str, table: str, rows: int, batch: int, settings: StreamingSettings) -> dict[str, float]:
    """Bring so many rows into the table; tells of seconds, seconds of processor, and bytes of memory."""
    consumer = _subscribe(topic, settings)
    begun, busy, taken, number = time.monotonic(), time.process_time(), 0, 0
    while taken < rows:
        messages = _take(consumer, min(batch, rows - taken))
        _append(table, parse(messages), number, settings)
        taken, number = taken + len(messages), number + 1
    return {
        "seconds": time.monotonic() - begun,
        "cpu_seconds": time.process_time() - busy,
        "memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def parse(messages: list[Message]) -> pl.DataFrame:
    """Kafka's messages as bronze rows."""
    frame = pl.DataFrame(
        {
            "value": [message.value() for message in messages],
            "topic": [message.topic() for message in messages],
            "partition": pl.Series([message.partition() for message in messages], dtype=pl.Int32),
            "offset": [message.offset() for message in messages],
            "timestamp": [message.timestamp()[1] for message in messages],
        }
    )
    document = pl.col("value").cast(pl.String).str.json_decode(_play_type()).alias("document")
    texts = frame.with_columns(document).unnest("document")
    judged = texts.with_columns(pl.coalesce(*_problems()).alias("problem"))
    instants = {name: _read_instant(name) for name in ("played_at", "received_at")}
    timestamp = pl.from_epoch("timestamp", "ms").cast(pl.Datetime("us", "UTC"))
    parsed = judged.with_columns(timestamp=timestamp, **instants)
    placed = parsed.with_columns(
        pl.col("region").fill_null("invalid"), date=pl.col("played_at").dt.date(), hour=pl.col("played_at").dt.hour()
    )
    return placed.with_columns(pl.col("hour").cast(pl.Int32)).select(table_schema(LakeTable.BRONZE_PLAYS).names)


def _play_type() -> pl.Struct:
    fields = {}
    for field in play_fields():
        members: Any = getattr(field.dataType, "fields", None)
        kind = pl.Struct({one.name: pl.String for one in members}) if members else _TYPES[field.dataType.simpleString()]
        fields[field.name] = kind
    return pl.Struct(fields)


def _read_instant(name: str) -> pl.Expr:
    return pl.col(name).str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", time_zone="UTC", strict=False)


def _problems() -> list[pl.Expr]:
    found = []
    for path, schema in field_schemas().items():
        name, _, member = path.partition(".")
        value = pl.col(name).struct.field(member) if member else pl.col(name)
        found += [pl.when(broken).then(pl.lit(f"{path}: {code}")) for broken, code in _limits(value, schema)]
    return [*found, pl.when(~pl.col("region").is_in(_REGIONS)).then(pl.lit("region: unknown_region"))]


def _limits(value: pl.Expr, schema: dict[str, Any]) -> list[tuple[pl.Expr, str]]:
    limits = []
    if "pattern" in schema:
        limits.append((~value.str.contains(schema["pattern"]), "bad_format"))
    if "maxLength" in schema:
        limits.append((value.str.len_chars() > schema["maxLength"], "too_long"))
    if "maximum" in schema:
        limits.append(((value < schema["minimum"]) | (value > schema["maximum"]), "out_of_range"))
    return limits


def _subscribe(topic: str, settings: StreamingSettings) -> Consumer:
    consumer = Consumer(
        {
            "bootstrap.servers": settings.kafka_bootstrap_servers,
            "group.id": "polars",
            "enable.auto.commit": False,
            "queued.min.messages": 200_000,
        }
    )
    partitions = consumer.list_topics(topic, 30).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in partitions])
    return consumer


def _take(consumer: Consumer, count: int) -> list[Message]:
    messages: list[Message] = []
    while len(messages) < count:
        messages += consumer.consume(count - len(messages), WAIT_SECONDS)
    return messages


def _append(table: str, rows: pl.DataFrame, number: int, settings: StreamingSettings) -> None:
    write_deltalake(
        table,
        rows.to_arrow(),
        partition_by=list(PARTITION_COLUMNS),
        mode="append",
        storage_options={
            "AWS_ENDPOINT_URL": settings.s3_endpoint,
            "AWS_REGION": settings.s3_region,
            "AWS_ACCESS_KEY_ID": settings.lake_access_key,
            "AWS_SECRET_ACCESS_KEY": settings.lake_secret_key.get_secret_value(),
            "AWS_ALLOW_HTTP": "true",
        },
        commit_properties=CommitProperties(app_transactions=[Transaction(WRITER, number)]),
    )


if __name__ == "__main__":
    name, address, wanted, largest = sys.argv[1:]
    print(json.dumps(consume(name, address, int(wanted), int(largest), StreamingSettings())))
