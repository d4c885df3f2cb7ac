"""Postgres was lost, or an older copy was restored: one rebuild brings ledger, counts and charts back from the lake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from orchestration.charts import build_charts as building
from orchestration.charts.build_charts import lay_foundation
from orchestration.corrections.rebuild import rebuild_charts
from orchestration.flows.connections import Connections
from orchestration.flows.corrections import describe_rebuilt
from orchestration.ledger.enrichments import Tally, enriched_offsets
from orchestration.silver.enrich_plays import enrich_plays
from orchestration.silver.lost_ledger import LostLedgerError
from orchestration.silver.recompute import Scope
from streaming.lake import LakeTable, read_table
from tests.lake import append_bronze
from tests.orchestration.charted_line import CHARTS, GONE, STAYS, play, read, round_
from tests.orchestration.prepared.line import new_database
from tests.stack import PostgresServer


@pytest.fixture
def grown(line: Connections) -> Connections:
    """The line after a second batch: a new play, a duplicate, poison."""
    append_bronze(line.spark, line.lake_root, play("c", STAYS), play("a", STAYS), b"{", first_offset=5)
    round_(line)
    return line


@pytest.fixture
def empty(
    postgres_server: PostgresServer, stack_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> PostgresServer:
    """A database that nothing was written to."""
    database = new_database(postgres_server, stack_environment)
    monkeypatch.setenv("POSTGRES_DATABASE", database.database)
    return database


@pytest.fixture
def lost(grown: Connections, empty: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connections]:
    """The same lake beside an empty database."""
    monkeypatch.setenv("POSTGRES_DATABASE", empty.database)
    monkeypatch.setattr(building, "read_project", cache(building.read_project.__wrapped__))
    with empty.connect("loader") as loader:
        lay_foundation(grown.settings.dbt_project_dir)
        yield replace(grown, postgres=loader)


def rows_of_silver(line: Connections) -> list[int]:
    tables = (LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS)
    return [read_table(line.spark, line.lake_root, table).count() for table in tables]


def rebuild(line: Connections) -> list[str]:
    """Rebuild everything and return what the operator reads."""
    rebuilt = rebuild_charts(line.spark, line.lake_root, line.postgres, line.settings.dbt_project_dir, Scope())
    return [found["found"] for found in describe_rebuilt(rebuilt)]


def test_an_empty_postgres_stops_enrichment_and_after_a_rebuild_every_chart_is_back_and_plays_go_on(
    lost: Connections, database: PostgresServer, empty: PostgresServer
) -> None:
    before, silver = read(database, CHARTS), rows_of_silver(lost)
    with pytest.raises(LostLedgerError, match="run `make rebuild`"):
        enrich_plays(lost.spark, lost.lake_root, lost.postgres)
    assert rows_of_silver(lost) == silver == [4, 4]
    with pytest.raises(LostLedgerError):
        rebuild_charts(lost.spark, lost.lake_root, lost.postgres, lost.settings.dbt_project_dir, Scope(region="GB"))
    assert "all was made again" in rebuild(lost)
    assert read(empty, CHARTS) == before
    assert (rows_of_silver(lost), enriched_offsets(lost.postgres)) == (silver, {"0": 8})
    # Known plays are duplicates.
    append_bronze(lost.spark, lost.lake_root, play("a", GONE), play("d", STAYS), b"[", first_offset=8)
    assert enrich_plays(lost.spark, lost.lake_root, lost.postgres) == Tally(plays=1, duplicates=1, malformed=1)
    round_(lost)
    titles = read(empty, "select title from charts.top_songs_hourly where region = 'GB' order by title")
    assert titles == [("a",), ("b",), ("c",), ("d",)]
    assert rebuild(lost)[0] == "equal to what was live"


def test_an_older_postgres_is_brought_up_to_the_lake(grown: Connections, database: PostgresServer) -> None:
    before = read(database, CHARTS)
    newest = "(select max(last_version) from counts.enrichments)"
    grown.postgres.execute(f"delete from counts.enrichments where last_version = {newest}")
    grown.postgres.execute("update counts.song_counts set plays = plays + 1, raw_plays = raw_plays + 1")
    grown.postgres.execute("insert into counts.corrections (kind, subject) values ('redrive', 'malformed')")
    with pytest.raises(LostLedgerError):
        enrich_plays(grown.spark, grown.lake_root, grown.postgres)
    assert "all was made again" in rebuild(grown)
    assert read(database, CHARTS) == before
