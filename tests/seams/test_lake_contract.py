"""What the lake holds, what is counted from it and what dbt expects of that have the same columns."""

from __future__ import annotations

import pyarrow as pa
import pytest

from local.environment import ROOT
from orchestration.counts.rules import HOUR_COLUMNS, SPELLING_COLUMNS
from streaming.lake import LakeTable, table_schema
from tests.api import play_lake
from tests.seams.table_columns import DBT_PROJECT, columns_of_counts, read_yaml

MIGRATIONS = ROOT / "orchestration" / "migrations"
COUNTS = columns_of_counts(MIGRATIONS / name for name in ("0006_counts.sql", "0009_song_names.sql"))
# What settle_charts remembers between its runs; no chart is made from it.
KEPT_BY_ORCHESTRATION = {"foundation", "offset_marks"}
ARROW_TYPES = {
    "string": pa.string(),
    "int": pa.int32(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", "UTC"),
}


def sources() -> dict[str, list[str]]:
    """The columns of each table that dbt reads, in order."""
    described = read_yaml(DBT_PROJECT / "models" / "staging" / "_counts__sources.yml")["sources"][0]
    return {table["name"]: [column["name"] for column in table["columns"]] for table in described["tables"]}


def test_dbt_reads_every_table_that_is_published() -> None:
    assert set(sources()) == set(COUNTS) - KEPT_BY_ORCHESTRATION
    assert set(COUNTS) >= KEPT_BY_ORCHESTRATION


@pytest.mark.parametrize("table", sources())
def test_dbt_knows_the_columns_of_what_it_reads(table: str) -> None:
    assert set(sources()[table]) == set(COUNTS[table])


def test_everything_counted_is_published() -> None:
    added = {"grain", "rules_version"}
    assert set(HOUR_COLUMNS) == set(COUNTS["song_counts"]) - added
    assert set(SPELLING_COLUMNS) == set(COUNTS["song_spellings"])


@pytest.mark.parametrize(
    ("table", "built"), [(LakeTable.BRONZE_PLAYS, play_lake.BRONZE), (LakeTable.SILVER_PLAYS, play_lake.SILVER)]
)
def test_the_lake_that_the_tests_of_readers_build_has_columns_of_the_lake(table: LakeTable, built: pa.Schema) -> None:
    columns = {field.name: ARROW_TYPES[field.dataType.simpleString()] for field in table_schema(table).fields
               if field.name in built.names}  # fmt: skip
    assert columns == dict(zip(built.names, built.types, strict=True))
