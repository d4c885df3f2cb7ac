"""What the lake holds, what is counted from it and what dbt expects of that have the same columns."""

from __future__ import annotations

from importlib import import_module

import pytest

from local.environment import ROOT
from orchestration.counting import HOUR_COLUMNS
from streaming.lake import LakeTable, table_schema
from tests.seams.table_columns import DBT_PROJECT, columns_in_sql, contract_types, read_yaml

COUNTS = columns_in_sql((ROOT / "orchestration" / "counts.sql").read_text())
NOTEBOOK_TESTS = import_module("tests.notebooks.test_explore_charts")


def sources() -> dict[str, list[str]]:
    """The columns of each table that dbt reads, in order."""
    described = read_yaml(DBT_PROJECT / "models" / "staging" / "_counts__sources.yml")["sources"][0]
    return {table["name"]: [column["name"] for column in table["columns"]] for table in described["tables"]}


def test_dbt_reads_every_table_that_is_published() -> None:
    assert set(sources()) == set(COUNTS)


@pytest.mark.parametrize("table", sources())
def test_dbt_knows_the_columns_of_what_it_reads(table: str) -> None:
    assert set(sources()[table]) == set(COUNTS[table])


def test_everything_counted_is_published() -> None:
    added = {"grain", "rules_version"}
    assert set(HOUR_COLUMNS) == set(COUNTS["song_counts"]) - added


def test_the_notebook_s_tests_read_columns_that_silver_has() -> None:
    silver = {field.name for field in table_schema(LakeTable.SILVER_PLAYS)}
    assert set(NOTEBOOK_TESTS.silver_play("ann", "s1_one", "GB")) <= silver


def test_the_notebook_s_tests_read_columns_that_charts_have() -> None:
    charts = columns_in_sql(NOTEBOOK_TESTS.MARTS.split("grant usage")[0])
    assert charts["top_songs_hourly"].items() <= contract_types("top_songs_hourly").items()
    assert charts["top_songs_daily"].items() <= contract_types("top_songs_daily").items()
