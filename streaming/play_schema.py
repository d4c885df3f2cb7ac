"""Spark's types for the play, derived from the model that ingest writes by; nothing is typed again."""

from __future__ import annotations

from functools import cache
from typing import Any

from pyspark.sql.types import DataType, LongType, StringType, StructField, StructType, TimestampType

from ingest.play import Play

Schema = dict[str, Any]
_VARIANT_TYPES = {"string": "STRING", "integer": "BIGINT"}


@cache
def play_schema() -> Schema:
    """The JSON schema of the play as Kafka carries it."""
    return Play.model_json_schema()


def _resolve(field: Schema) -> Schema:
    """The schema of a field without its alternative null and without its reference."""
    chosen = next(option for option in field.get("anyOf", [field]) if option.get("type") != "null")
    name = chosen.get("$ref", "").rpartition("/")[2]
    resolved: Schema = play_schema()["$defs"][name] if name else chosen
    return resolved


def properties(schema: Schema) -> dict[str, Schema]:
    """The members of an object by name, each without its alternative null."""
    return {name: _resolve(field) for name, field in schema["properties"].items()}


def is_instant(schema: Schema) -> bool:
    """Whether a field is a time."""
    return schema.get("format") == "date-time"


def _data_type(schema: Schema) -> DataType:
    if "properties" in schema:
        members = properties(schema).items()
        return StructType([StructField(name, _data_type(member)) for name, member in members])
    if schema["type"] == "integer":
        return LongType()
    return TimestampType() if is_instant(schema) else StringType()


def play_fields() -> list[StructField]:
    """The play's fields in the model's order, each with its Spark type."""
    return [StructField(name, _data_type(field)) for name, field in properties(play_schema()).items()]


def shape_pattern(schema: Schema) -> str:
    """A pattern for ``schema_of_variant`` of a value that has these fields and no other."""
    if "properties" not in schema:
        return _VARIANT_TYPES[schema["type"]]
    required = schema.get("required", [])
    members = []
    for name, member in sorted(properties(schema).items()):
        kind = shape_pattern(member)
        end = "(?:, |(?=>))"
        optional = f"(?:{name}: (?:{kind}|VOID){end})?"
        members.append(f"{name}: {kind}{end}" if name in required else optional)
    return f"OBJECT<{''.join(members)}>"
