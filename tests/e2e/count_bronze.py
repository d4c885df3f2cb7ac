"""The charts that bronze must give: its raw values judged and counted a second time by DuckDB.

Nothing that the line parsed is used, only the bytes that Kafka carried and where they lay.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from tests.e2e.count_charts import Expected, count_accepted, judge_lines, run_sql

COLUMNS = ("partition", "offset", "value")


def charts_of_bronze(bronze: pa.Table) -> Expected:
    """Count the values of bronze rows (``COLUMNS``) in the order of partition and offset."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.register("bronze", bronze)
        run_sql(connection, "recorded_lines.sql")
        judge_lines(connection)
        connection.execute("create table listeners as select distinct user_id, user_id as listener from accepted")
        return count_accepted(connection)
