"""The tables that these tests fill are those that dbt makes."""

from __future__ import annotations

import pytest

from tests.api.chart_store import FORMER, TABLES, VIEWS
from tests.seams.table_columns import columns_in_sql, contract, contract_types


@pytest.mark.parametrize("mart", [*FORMER, "window_counts"])
def test_tables_have_the_columns_of_their_contracts(mart: str) -> None:
    tables = columns_in_sql(TABLES.read_text())
    assert list(tables[mart].items()) == list(contract_types(mart).items())


@pytest.mark.parametrize("view", VIEWS)
def test_views_have_the_columns_that_dbt_describes(view: str) -> None:
    assert list(columns_in_sql(TABLES.read_text())[view]) == list(contract(view))
