"""The published charts as they stand: against the truth, and against how they stood before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row

from tests.e2e.compare_charts import compare
from tests.e2e.line import Line
from tests.e2e.truth import Truth

TABLES: Final = ("charts.top_songs_hourly", "charts.top_songs_daily", "charts.chart_windows")
TOLD_OF_THE_RUN: Final = "computed_at"
"""When rows were written last says nothing of the plays."""


@dataclass(frozen=True)
class Comparison:
    """How many rows the truth has in each mart, and what differs, a sentence each."""

    hourly_rows: int
    daily_rows: int
    differences: list[str]


def compare_with_truth(line: Line, truth: Truth) -> Comparison:
    """Compare every row and column of both marts with the independent count."""
    expected = truth.count()
    differences = compare(expected, line.dsn("reader"))
    return Comparison(expected.hourly.num_rows, expected.daily.num_rows, differences)


def read_charts(line: Line) -> set[str]:
    """Every row of the charts and of their windows with every column but ``computed_at``."""
    with psycopg.connect(line.dsn("reader"), row_factory=dict_row) as connection:
        return {f"{table} {_facts(row)}" for table in TABLES for row in connection.execute(f"select * from {table}")}


def _facts(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if name != TOLD_OF_THE_RUN}
