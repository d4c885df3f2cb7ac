"""An erased listener is found nowhere, and everybody else's plays count as before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from pyspark.sql import SparkSession

from ingest.play import hash_listener
from orchestration.commands.find_listener import SearchSettings, search_objects, search_tables, traces_of
from orchestration.corrections import erase_plays as erasing
from orchestration.corrections.erase_plays import erase
from orchestration.corrections.erasure_requests import forget_listener, make_request, read_request
from orchestration.counts.count_slices import count_slices
from orchestration.ledger.conservation import ConservationError
from orchestration.silver import row_changes
from orchestration.silver.enrich_plays import enrich_plays
from streaming.lake import LakeTable, read_table
from streaming.maintenance import remove_replaced_files
from tests.ingest.builders import SECRET, recorded_play
from tests.lake import append_bronze, with_one_sample
from tests.orchestration.corrections.test_rebuild import silver_differences
from tests.orchestration.marks import marked_slices
from tests.orchestration.prepared.line import Fill, PreparedLine
from tests.orchestration.silver.test_enrich_plays import StoppedError, ledger_tallies, places_in_silver
from tests.stack import PostgresServer

Loader = psycopg.Connection[Any]
GONE, STAYS = "listener-who-wants-to-go", "listener-who-stays"
HASH = hash_listener(GONE, SECRET)
HOUR, EARLIER = datetime(2026, 11, 1, 10, tzinfo=UTC), datetime(2026, 11, 1, 8, tzinfo=UTC)


def play(title: str, listener: str, **changes: Any) -> bytes:
    return recorded_play(title=title, play_id=title, user_id=listener, **changes).to_value()


@pytest.fixture(scope="module")
def prepared(prepare: Callable[[Fill], PreparedLine]) -> PreparedLine:
    """A lake and counts of both listeners."""
    return prepare(run_two_batches)


def run_two_batches(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    """A run of two listeners, with a copy and a broken value of the one who wants to go."""
    broken = b'{"user_id": "' + HASH.encode() + b'"'
    early = play("b", GONE, region="DE", played_at="2026-11-01T08:30:00Z")
    append_bronze(spark, lake_root, play("a", GONE), play("a", GONE), play("s", STAYS), broken, early)
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, play("c", GONE), play("t", STAYS), b"nonsense", first_offset=5)
    enrich_plays(spark, lake_root, loader)
    count_slices(spark, lake_root, loader)


@pytest.fixture
def request_id(loader: Loader) -> UUID:
    """The request of the one who wants to go."""
    return make_request(loader, HASH)


def test_a_listeners_rows_become_tombstones_and_leave_silver(
    spark: SparkSession, lake_root: str, loader: Loader, request_id: UUID
) -> None:
    erase(spark, lake_root, loader, request_id)
    bronze = read_table(spark, lake_root, LakeTable.BRONZE_PLAYS)
    tombstones = bronze.filter("problem = 'erased'").orderBy("offset").collect()
    assert [row["offset"] for row in tombstones] == [0, 1, 3, 4, 5]
    left = {name for row in tombstones for name, value in row.asDict().items() if value is not None}
    assert left == {"topic", "partition", "offset", "problem", "region", "date", "hour"}
    assert bronze.count() == 8
    assert places_in_silver(spark, lake_root) == {"s": (0, 2), "t": (0, 6)}
    assert [row["offset"] for row in read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).collect()] == [7]
    assert marked_slices(loader) == [("DE", EARLIER), ("GB", HOUR)]


def test_received_stays_plays_and_rejected_and_rounds_go_on(
    spark: SparkSession, lake_root: str, loader: Loader, request_id: UUID
) -> None:
    erase(spark, lake_root, loader, request_id)
    assert ledger_tallies(loader) == [(1, 1, 0, 0), (2, 1, 0, 1)]
    erased = loader.execute("select erased from counts.enrichments order by last_version").fetchall()
    assert erased == [(4,), (1,)]
    append_bronze(spark, lake_root, play("s", STAYS), play("u", STAYS), first_offset=8)
    enrich_plays(spark, lake_root, loader)
    # The change feed shows tombstones as updates: they do not come again as plays.
    assert ledger_tallies(loader)[-1] == (2, 1, 1, 0)
    count_slices(spark, lake_root, loader)
    titles = loader.execute("select distinct title from counts.song_spellings order by title").fetchall()
    assert titles == [("s",), ("t",), ("u",)]
    assert silver_differences(spark, lake_root, loader) == []


@pytest.mark.parametrize("step", with_one_sample(["remove_rows", "merge", "finish_correction"], "merge"))
def test_an_erasure_that_was_stopped_holds_rounds_up_until_it_is_finished(
    spark: SparkSession, lake_root: str, loader: Loader, request_id: UUID, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    change = getattr(erasing, step)

    def change_and_stop(*arguments: Any) -> None:
        if step != "finish_correction":
            change(*arguments)
        raise StoppedError

    with monkeypatch.context() as patched:
        patched.setattr(erasing, step, change_and_stop)
        with pytest.raises(StoppedError):
            erase(spark, lake_root, loader, request_id)
    with pytest.raises(ConservationError, match=f"run `make erase REQUEST={request_id}` again"):
        enrich_plays(spark, lake_root, loader)
    erase(spark, lake_root, loader, request_id)
    assert ledger_tallies(loader) == [(1, 1, 0, 0), (2, 1, 0, 1)]
    assert marked_slices(loader) == [("DE", EARLIER), ("GB", HOUR)]
    receipt = read_request(loader, request_id)
    assert (receipt.bronze_rows, receipt.plays, receipt.rejected) == (5, 3, 2)


def test_the_stream_may_append_while_tombstones_are_written(
    spark: SparkSession, lake_root: str, loader: Loader, request_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge = row_changes.merge

    def append_and_merge(*arguments: Any) -> None:
        append_bronze(spark, lake_root, play("d", GONE), play("v", STAYS), first_offset=8)
        merge(*arguments)

    monkeypatch.setattr(erasing, "merge", append_and_merge)
    erase(spark, lake_root, loader, request_id)
    enrich_plays(spark, lake_root, loader)
    # What came after the request is not erased.
    assert set(places_in_silver(spark, lake_root)) == {"s", "t", "v", "d"}


def test_no_byte_of_the_listener_is_left_once_the_old_files_are_gone(
    spark: SparkSession,
    lake_root: str,
    loader: Loader,
    database: PostgresServer,
    stack_environment: dict[str, str],
    request_id: UUID,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = search_settings(stack_environment, database, monkeypatch)
    folder, traces = lake_root.removeprefix("s3a://"), traces_of(GONE, SECRET)
    with settings.open_database() as superuser:
        assert {path.split("/")[-5] for path in search_objects(settings.open_store(), folder, traces)} >= {"plays"}
        assert list(search_tables(superuser, traces)) == ["erasure.requests"]
    erase(spark, lake_root, loader, request_id)
    count_slices(spark, lake_root, loader)
    forget_listener(loader, request_id, 2, HOUR, HOUR)
    assert list(search_objects(settings.open_store(), folder, traces))
    vacuum_at_once(spark, lake_root)
    with settings.open_database() as superuser:
        assert list(search_objects(settings.open_store(), folder, traces)) == []
        assert list(search_tables(superuser, traces)) == []
    others = traces_of(STAYS, SECRET)
    assert list(search_objects(settings.open_store(), folder, others))


def search_settings(
    environment: dict[str, str], database: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> SearchSettings:
    for name in SearchSettings.model_fields:
        if name.upper() in environment:
            monkeypatch.setenv(name.upper(), environment[name.upper()])
    return SearchSettings(postgres_database=database.database)


def vacuum_at_once(spark: SparkSession, lake_root: str) -> None:
    """As maintenance does, but without waiting for an hour."""
    checks = "spark.databricks.delta.retentionDurationCheck.enabled"
    spark.conf.set(checks, "false")
    try:
        for table in LakeTable:
            spark.sql(f"VACUUM delta.`{table.path(lake_root)}` RETAIN 0 HOURS").collect()
            remove_replaced_files(spark, table, lake_root, also_unknown=True)
    finally:
        spark.conf.unset(checks)


def test_dbt_and_readers_cannot_read_requests(database: PostgresServer, loader: Loader, request_id: UUID) -> None:
    for role in ("dbt", "reader"):
        with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from erasure.requests")
    assert make_request(loader, HASH) == request_id
