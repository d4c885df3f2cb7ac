"""The short way for values that are spelled as ingest spells them, which is nearly all of them.

A value is plain when what Spark reads from it, written again, is the value to its last byte. Then the reader has
forgiven nothing, passed over nothing and converted nothing, and the fields it found are all there is.
Any other value, also a play in another spelling, goes the long way of :mod:`streaming.play_checks`.
"""

from __future__ import annotations

from functools import reduce
from operator import and_

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import DataType, StringType, StructField, StructType, TimestampType

from streaming.play_schema import play_fields, play_schema


def read_plain(text: Column) -> Column:
    """The play's fields as text and integers, instants still as text; to be trusted where :func:`is_plain`."""
    return F.from_json(text, StructType([_as_written(field) for field in play_fields()]))


def is_plain(text: Column, plain: Column) -> Column:
    """Whether ``plain``, read from ``text``, is all that stands there; never null."""
    written = F.to_json(plain, {"ignoreNullFields": "true"})
    complete = reduce(and_, (plain[name].isNotNull() for name in play_schema()["required"]))
    return F.coalesce((written == text) & complete, F.lit(False))


def _as_written(field: StructField) -> StructField:
    kind: DataType = field.dataType
    return StructField(field.name, StringType() if isinstance(kind, TimestampType) else kind)
