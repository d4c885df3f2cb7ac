"""Kafka's values become bronze rows: every value kept as it came, the good ones parsed beside it."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming.lake import LakeTable, table_schema
from streaming.play_checks import (
    describe_shape,
    field_schemas,
    find_problem,
    read_document,
    read_field,
    read_instant,
)
from streaming.play_schema import play_fields

INVALID_REGION = "invalid"
"""The partition of values that are no plays; their date and hour are Kafka's."""


def parse_plays(messages: DataFrame) -> DataFrame:
    """Turn Kafka's messages (value, topic, partition, offset, timestamp) into bronze rows.

    One row a message, whatever the value; ``problem`` says why a value is no play.
    """
    texts = messages.withColumn("text", F.try_validate_utf8(F.col("value").cast("string")))
    documents = texts.withColumn("document", read_document(F.col("text")))
    shapes = documents.withColumn("shape", describe_shape(F.col("document")))
    values = shapes.withColumn("values", _read_values(F.col("document")))
    judged = values.withColumn("problem", _judge())
    return judged.withColumns(_parsed_fields()).withColumns(_partitions()).select(*_columns())


def _slot(path: str) -> str:
    return path.replace(".", "_")


def _read_values(document: Column) -> Column:
    fields = field_schemas().items()
    return F.struct(*(read_field(document, path, kind).alias(_slot(path)) for path, kind in fields))


def _values() -> dict[str, Column]:
    return {path: F.col(f"values.{_slot(path)}") for path in field_schemas()}


def _judge() -> Column:
    problem = find_problem(F.col("document"), F.col("shape"), _values())
    return F.when(F.col("text").isNull(), "play: not_json").otherwise(problem)


def _parsed_fields() -> dict[str, Column]:
    values = _values()
    parsed = {}
    for field in play_fields():
        members = {path: value for path, value in values.items() if path.startswith(f"{field.name}.")}
        value = _read_members(members) if members else values[field.name]
        instant = field.dataType.typeName() == "timestamp"
        parsed[field.name] = F.when(F.col("problem").isNull(), read_instant(value) if instant else value)
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
