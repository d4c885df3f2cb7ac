"""Rows of the lake's tables, read without Spark."""

from __future__ import annotations

from typing import Any, Final

from deltalake import DeltaTable

from tests.e2e.line import Line

MALFORMED_COLUMNS: Final = ["partition", "offset", "value", "problem"]
Coordinates = tuple[int, int]
"""A Kafka partition and an offset in it."""


def read_malformed(line: Line) -> dict[Coordinates, dict[str, Any]]:
    """Bronze rows that are no plays, each with its ``value`` and ``problem``."""
    rows = open_table(line, "bronze/plays").to_pyarrow_table([("region", "=", "invalid")], columns=MALFORMED_COLUMNS)
    return {(row["partition"], row["offset"]): row for row in rows.to_pylist()}


def read_coordinates(line: Line, table: str) -> list[Coordinates]:
    """The Kafka coordinates of every row of a table such as ``bronze/plays``."""
    rows = open_table(line, table).to_pyarrow_table(columns=["partition", "offset"])
    return list(zip(rows["partition"].to_pylist(), rows["offset"].to_pylist(), strict=True))


def open_table(line: Line, table: str) -> DeltaTable:
    """A table such as ``bronze/plays`` as it is now."""
    settings = line.settings
    options = {
        "AWS_ENDPOINT_URL": settings.s3_endpoint,
        "AWS_REGION": settings.s3_region,
        "AWS_ACCESS_KEY_ID": settings.lake_access_key,
        "AWS_SECRET_ACCESS_KEY": settings.lake_secret_key.get_secret_value(),
        "AWS_ALLOW_HTTP": "true",
    }
    return DeltaTable(f"s3://{settings.lake_bucket}/{table}", storage_options=options)
