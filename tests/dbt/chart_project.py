"""Runs the dbt project on a real database, in this process, and reads what it published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from dbt.artifacts.schemas.run import RunExecutionResult
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from psycopg.rows import namedtuple_row

from tests.dbt.counted_hours import CountedHours
from tests.dbt.naive_charts import Entry
from tests.stack import PostgresServer

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
PRUNE_BUILDS = (PROJECT.parent / "orchestration" / "charts" / "prune_builds.sql").read_bytes()
ENTRIES = """
    select 'hour' as grain, * from charts.top_songs_hourly
    union all
    select 'day' as grain, * from charts.top_songs_daily
    order by grain, region, window_start, rank
"""


@cache
def parsed(project: "ChartProject") -> Manifest:
    """Returns the project as dbt understands it, read once."""
    outcome = dbtRunner().invoke(["--quiet", *project.command("parse")])
    assert isinstance(outcome.result, Manifest), outcome.exception
    return outcome.result


@dataclass(frozen=True)
class ChartProject:
    """The project, a database it builds in, and a folder for what dbt writes."""

    server: PostgresServer
    folder: Path
    minimum_listeners: int = 1

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the profile reads."""
        return {
            "POSTGRES_HOST": self.server.host,
            "POSTGRES_PORT": str(self.server.port),
            "POSTGRES_DATABASE": self.server.database,
            "POSTGRES_DBT_PASSWORD": self.server.dbt_password,
            "CHARTS_MINIMUM_LISTENERS": str(self.minimum_listeners),
        }

    def command(self, *arguments: str) -> list[str]:
        """Returns dbt's arguments, with the project's places added."""
        places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        return [*arguments, *places, "--target-path", str(self.folder), "--log-path", str(self.folder)]

    def invoke(self, *arguments: str) -> dict[str, str]:
        """Runs dbt and returns the status of each built or tested node by its name; raises when dbt itself broke."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            outcome = dbtRunner(parsed(self)).invoke(["--quiet", *self.command(*arguments)])
        if outcome.exception:
            raise outcome.exception
        results: Any = outcome.result if isinstance(outcome.result, RunExecutionResult) else ()
        return {result.node.name: str(result.status) for result in results}

    def build(self, selector: str) -> dict[str, str]:
        """Builds one selector and asserts that every node succeeded."""
        statuses = self.invoke("build", "--selector", selector)
        assert set(statuses.values()) <= {"success", "pass"}, statuses
        return statuses

    def compiled(self, place: str) -> dict[str, str]:
        """Returns the statements that dbt made of the files of one folder, by their names, when it last built them."""
        return {path.stem: path.read_text() for path in (self.folder / "compiled" / "top_songs" / place).glob("*.sql")}

    def rank(self, counts: CountedHours, *causes: str) -> None:
        """Runs one round as the orchestration does: loads what changed, builds, prunes, clears the list of work."""
        with self.server.connect("loader") as connection:
            counts.load(connection, causes or ("late_plays",))
            self.build("round")
            connection.execute(PRUNE_BUILDS)
            connection.execute("truncate counts.windows_to_rank, counts.songs_to_name")

    def set_chart_size(self, size: int) -> None:
        """Sets how many entries each chart of the seed has."""
        self.execute("dbt", "update charts.charts set size = %s", [size])

    def set_complete_through(self, instant: datetime | None) -> None:
        """Sets how far the charts say they are complete."""
        self.execute("loader", "update counts.progress set complete_through = %s", [instant])

    def execute(self, role: str, statement: str, values: list[Any] | None = None) -> None:
        """Runs one statement as one role."""
        with self.server.connect(role) as connection:
            connection.execute(statement.encode(), values)

    def read_builds(self, query: str) -> list[tuple[Any, ...]]:
        """Returns the rows of a query over schema `builds`, which readers of the charts do not see."""
        with self.server.connect("dbt") as connection:
            return connection.execute(query.encode()).fetchall()

    def read(self, query: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Returns the rows of a query, as a reader of the charts sees them."""
        with psycopg.connect(self.server.dsn("reader"), row_factory=namedtuple_row) as connection:
            connection.execute("set timezone to 'UTC'; set statement_timeout to '2min'")
            return connection.execute(query.encode(), values).fetchall()

    def entries(self) -> set[Entry]:
        """Returns every published entry, without its revision and whether it is live."""
        return {Entry(*row[:-2]) for row in self.read(ENTRIES)}

    def chart(self, region: str, window_start: datetime, grain: str = "hour") -> list[Any]:
        """Returns one chart's rows by rank, with their revision."""
        rows = self.read(ENTRIES)
        return [row for row in rows if (row.grain, row.region, row.window_start) == (grain, region, window_start)]

    def former_songs(self, region: str, window_start: datetime, grain: str = "hour") -> list[Any]:
        """Returns the entries of one chart's former revisions, by revision and rank."""
        return self._former("former_songs", "revision, rank", region, window_start, grain)

    def former_windows(self, region: str, window_start: datetime, grain: str = "hour") -> list[Any]:
        """Returns the headers of one chart's former revisions, by revision."""
        return self._former("former_windows", "revision", region, window_start, grain)

    def _former(self, table: str, order: str, *window: object) -> list[Any]:
        query = (
            f"select * from charts.{table} where (region, window_start, grain) = (%(r)s, %(w)s, %(g)s) order by {order}"
        )
        return self.read(query, dict(zip("rwg", window, strict=True)))

    def window(self, region: str, window_start: datetime, grain: str = "hour") -> Any:
        """Returns one row of chart_windows."""
        (row,) = self.read(
            "select * from charts.chart_windows where (grain, region, window_start) = (%(g)s, %(r)s, %(w)s)",
            {"g": grain, "r": region, "w": window_start},
        )
        return row
