"""Kafka's values become bronze rows: every value kept as it came, the good ones parsed beside it."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming.lake import LakeTable, table_schema
from streaming.plain_plays import is_plain, read_plain
from streaming.play_checks import (
    Values,
    describe_shape,
    field_schemas,
    find_problem,
    is_trimmed,
    read_document,
    read_field,
    read_instant,
    trim_edges,
)
from streaming.play_schema import Schema, is_instant, play_fields

INVALID_REGION = "invalid"
"""The partition of values that are no plays; their date and hour are Kafka's."""


def parse_plays(messages: DataFrame) -> DataFrame:
    """Turn Kafka's messages (value, topic, partition, offset, timestamp) into bronze rows.

    One row a message, whatever the value; ``problem`` says why a value is no play.
    """
    text, plain = F.col("text"), F.col("plain")
    texts = messages.withColumn("text", F.try_validate_utf8(F.col("value").cast("string")))
    read = texts.withColumn("plain", read_plain(text)).withColumn("is_plain", is_plain(text, plain))
    documents = read.withColumn("document", F.when(~F.col("is_plain"), read_document(text)))
    shapes = documents.withColumn("shape", describe_shape(F.col("document")))
    values = shapes.withColumns(_read_values()).withColumns(_read_instants())
    judged = values.withColumn("problem", _judge())
    return judged.withColumns(_parsed_fields()).withColumns(_partitions()).select(*_columns())


def _read_values() -> dict[str, Column]:
    """Each field in a column of its own: Spark would evaluate a member of a struct at each use."""
    return {_slot(path): _read_value(path, kind) for path, kind in field_schemas().items()}


def _read_value(path: str, kind: Schema) -> Column:
    found = F.when(F.col("is_plain"), F.col(f"plain.{path}")).otherwise(read_field(F.col("document"), path, kind))
    return trim_edges(found) if is_trimmed(kind) else found


def _read_instants() -> dict[str, Column]:
    instants = (path for path, kind in field_schemas().items() if is_instant(kind))
    return {_slot(path, "instant"): read_instant(F.col(_slot(path))) for path in instants}


def _values() -> Values:
    schemas = field_schemas()
    return Values(
        {path: F.col(_slot(path)) for path in schemas},
        {path: F.col(_slot(path, "instant")) for path, kind in schemas.items() if is_instant(kind)},
    )


def _slot(path: str, prefix: str = "value") -> str:
    return f"{prefix}_{path.replace('.', '_')}"


def _judge() -> Column:
    problem = find_problem(F.col("is_plain"), F.col("document"), F.col("shape"), _values())
    return F.when(F.col("text").isNull(), "play: not_json").otherwise(problem)


def _parsed_fields() -> dict[str, Column]:
    values = _values()
    found = values.written | values.instants
    parsed = {}
    for field in play_fields():
        members = {path: value for path, value in found.items() if path.startswith(f"{field.name}.")}
        value = _read_members(members) if members else found[field.name]
        parsed[field.name] = F.when(F.col("problem").isNull(), value)
    return parsed


def _read_members(members: dict[str, Column]) -> Column:
    present = F.coalesce(*members.values()).isNotNull()
    return F.when(present, F.struct(*(v.alias(p.partition(".")[2]) for p, v in members.items())))


def _partitions() -> dict[str, Column]:
    instant = F.coalesce("played_at", "timestamp")
    return {
        "region": F.coalesce("region", F.lit(INVALID_REGION)),
        "date": F.to_date(instant),
        "hour": F.hour(instant),
    }


def _columns() -> list[str]:
    return [field.name for field in table_schema(LakeTable.BRONZE_PLAYS)]
