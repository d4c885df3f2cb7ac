"""What is wrong with a value from Kafka: the model's limits as Spark conditions.

A problem reads ``field: code`` with the codes that ingest uses when it refuses a play. The limits
come from the play's JSON schema; the rules that a schema cannot hold use the model's constants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pycountry
from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import TimestampType

from ingest.play import CLOCK_ALLOWANCE, CONTROL_CHARACTERS, EARLIEST_PLAYED_AT
from streaming.play_schema import Schema, play_schema, properties, shape_pattern

Check = tuple[Column, str]
"""A condition under which a value is refused, and the problem's name."""


@dataclass(frozen=True)
class Values:
    """A value's fields: as text or integer by their path, and as timestamps those that are instants."""

    written: dict[str, Column]
    instants: dict[str, Column]


_UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_EDGE_SPACE = r"(?U)^\s+|\s+\z"
_REGIONS = [country.alpha_2 for country in pycountry.countries]


def read_document(text: Column) -> Column:
    """The JSON text as a variant that holds an array of one; null where it is not one document.

    The parser passes over what follows a document. Inside brackets, only text that starts with "]"
    or a comma can follow; inside braces as well, nothing can.
    """
    document = F.try_parse_json(F.concat(F.lit("["), text, F.lit("]")))
    first, second = (F.try_variant_get(document, f"$[{i}]", "variant") for i in (0, 1))
    single = first.isNotNull() & second.isNull()
    braced = F.try_parse_json(F.concat(F.lit('{"play":'), text, F.lit("}"))).isNotNull()
    return F.when(single & (~text.contains("]") | braced), document)


def read_field(document: Column, path: str, schema: Schema) -> Column:
    """A field of a document as text or as an integer."""
    return F.try_variant_get(document, f"$[0].{path}", "bigint" if schema["type"] == "integer" else "string")


def is_trimmed(schema: Schema) -> bool:
    """Whether the model takes white space off the edges of a field."""
    return bool(schema.get("minLength")) and "pattern" not in schema


def trim_edges(text: Column) -> Column:
    """The text without white space at its edges, whatever Unicode calls so."""
    return F.regexp_replace(text, _EDGE_SPACE, "")


def read_instant(text: Column) -> Column:
    """RFC 3339 text as a timestamp, null where there is no such instant."""
    return F.upper(text).try_cast(TimestampType())


def describe_shape(document: Column) -> Column:
    """The types of a document's fields, such as ``OBJECT<artist: STRING>``."""
    return F.schema_of_variant(F.try_variant_get(document, "$[0]", "variant"))


def find_problem(plain: Column, document: Column, shape: Column, values: Values) -> Column:
    """The first problem of a value, null when the model would accept it.

    ``plain`` says whose fields are surely of the right names and types; document and shape are asked of the
    others alone.
    """
    shaped = plain | shape.rlike(f"^{shape_pattern(play_schema())}\\z")
    refused = _first(_value_checks(values))
    return F.when(shaped, refused).otherwise(_first(_shape_checks(document, shape)))


def field_schemas() -> dict[str, Schema]:
    """Each plain field's schema by its path, such as ``client.name``."""
    paths: dict[str, Schema] = {}
    for name, field in properties(play_schema()).items():
        members = properties(field) if "properties" in field else {}
        paths |= {f"{name}.{member}": schema for member, schema in members.items()} or {name: field}
    return paths


def _first(checks: Iterator[Check]) -> Column:
    return F.coalesce(*(F.when(condition, problem) for condition, problem in checks))


def _shape_checks(document: Column, shape: Column) -> Iterator[Check]:
    yield document.isNull(), "play: not_json"
    yield ~shape.startswith("OBJECT"), "play: not_an_object"
    required = play_schema()["required"]
    for name, field in properties(play_schema()).items():
        kind = F.schema_of_variant(F.try_variant_get(document, f"$[0].{name}", "variant"))
        yield kind.isNull() & F.lit(name in required), f"{name}: missing"
        expected = shape_pattern(field) if name in required else f"(?:{shape_pattern(field)}|VOID)"
        yield ~kind.rlike(f"^{expected}\\z"), f"{name}: wrong_type"
    yield F.lit(True), "play: unknown_field"


def _value_checks(values: Values) -> Iterator[Check]:
    written, instants = values.written, values.instants
    for path, schema in field_schemas().items():
        for condition, code in _limits(written[path], instants.get(path), schema):
            yield condition, f"{path}: {code}"
    yield ~written["region"].isin(_REGIONS), "region: unknown_region"
    yield instants["played_at"] < F.lit(EARLIEST_PLAYED_AT), "played_at: too_early"
    yield instants["played_at"] > instants["received_at"] + F.lit(CLOCK_ALLOWANCE), "played_at: too_late"


def _limits(value: Column, instant: Column | None, schema: Schema) -> Iterator[Check]:
    if instant is not None:
        yield ~value.rlike(_java(schema["pattern"])), "not_rfc_3339"
        yield instant.isNull() & value.isNotNull(), "not_rfc_3339"
    elif schema["type"] == "integer":
        if "const" in schema:
            yield value != schema["const"], "bad_format"
            return
        yield value < schema["minimum"], "too_small"
        yield value > schema["maximum"], "too_large"
    else:
        yield from _text_limits(value, schema)


def _text_limits(value: Column, schema: Schema) -> Iterator[Check]:
    pattern = _UUID if schema.get("format") == "uuid" else schema.get("pattern")
    if pattern:
        yield ~value.rlike(_java(pattern)), "bad_format"
        return
    yield value.contains("\x00"), "nul_character"
    yield value.rlike(CONTROL_CHARACTERS), "control_character"
    yield F.char_length(value) < schema.get("minLength", 0), "too_short"
    yield F.char_length(value) > schema["maxLength"], "too_long"


def _java(pattern: str) -> str:
    # Java's "$" also matches before a last line break; the model's means the end alone.
    return pattern.removesuffix("$") + r"\z"
