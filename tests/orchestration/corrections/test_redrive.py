"""Rejected rows become plays once the rules that refused them are mended, also when it is stopped half way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from orchestration.corrections import redrive as redriving
from orchestration.corrections.redrive import Redriven, list_reasons, preview, redrive
from orchestration.ledger import corrections
from orchestration.ledger.conservation import ConservationError
from orchestration.silver import row_changes
from orchestration.silver.enrich_plays import enrich_plays
from streaming.bronze import parse_plays
from streaming.lake import LakeTable, read_table
from tests.ingest.builders import recorded_play
from tests.lake import messages, with_one_sample
from tests.orchestration.marks import marked_slices
from tests.orchestration.prepared.line import Fill, PreparedLine
from tests.orchestration.silver.test_enrich_plays import StoppedError, ledger_tallies, places_in_silver

Loader = psycopg.Connection[Any]
HOUR = datetime(2026, 11, 1, 10, tzinfo=UTC)
RULE = "title: too_long"


def append_refusing(spark: SparkSession, lake_root: str, rows: DataFrame, *titles: str) -> None:
    """Append messages as a driver does whose rules refuse these titles: a fault that is mended since."""
    parsed = parse_plays(rows)
    refused = F.col("title").isin(*titles)
    lost = [name for name in parsed.columns if name not in ("value", "topic", "partition", "offset", "timestamp")]
    empty = {name: F.when(~refused, F.col(name)) for name in lost}
    at = F.col("timestamp")
    places = {
        "problem": F.when(refused, RULE).otherwise(F.col("problem")),
        "region": F.when(refused, "invalid").otherwise(F.col("region")),
        "date": F.when(refused, F.to_date(at)).otherwise(F.col("date")),
        "hour": F.when(refused, F.hour(at)).otherwise(F.col("hour")),
    }
    rows = parsed.withColumn("refused", refused).withColumns(empty | places).select(parsed.columns)
    rows.write.format("delta").mode("append").save(LakeTable.BRONZE_PLAYS.path(lake_root))


def play(title: str, **changes: Any) -> bytes:
    return recorded_play(title=title, play_id=changes.pop("play_id", title), **changes).to_value()


@pytest.fixture(scope="module")
def prepared(prepare: Callable[[Fill], PreparedLine]) -> PreparedLine:
    """A lake with rows that were rejected in error."""
    return prepare(refuse_in_error)


def refuse_in_error(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    """Two batches: `x` was refused in error, and so was `y`, whose copy `Y` came later and became the play."""
    early = messages(spark, play("a"), play("x"), play("y", region="DE"), b"nonsense")
    append_refusing(spark, lake_root, early, "x", "y")
    enrich_plays(spark, lake_root, loader)
    append_refusing(spark, lake_root, messages(spark, play("Y", play_id="y"), first_offset=4), "none")
    enrich_plays(spark, lake_root, loader)
    loader.execute("truncate counts.slices_to_count")


def rejected(spark: SparkSession, lake_root: str) -> list[tuple[int, str, str]]:
    rows: list[Row] = read_table(spark, lake_root, LakeTable.SILVER_REJECTED_PLAYS).collect()
    return sorted((row["offset"], row["reason"], row["region"]) for row in rows)


def assert_redriven(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    assert places_in_silver(spark, lake_root) == {"a": (0, 0), "x": (0, 1), "y": (0, 2)}
    assert rejected(spark, lake_root) == [(3, "malformed", "invalid"), (4, "duplicate", "GB")]
    assert ledger_tallies(loader) == [(4, 3, 0, 1), (1, 0, 1, 0)]
    assert marked_slices(loader) == [("DE", HOUR), ("GB", HOUR)]


def test_the_reasons_are_listed_and_a_preview_changes_nothing(spark: SparkSession, lake_root: str) -> None:
    reasons = list_reasons(spark, lake_root)
    assert reasons == [("malformed", RULE, 2), ("malformed", "play: not_json", 1)]
    assert preview(spark, lake_root, "malformed") == Redriven(judged=3, plays=2, changed=2)
    assert list_reasons(spark, lake_root) == reasons


def test_rows_that_the_rules_accept_now_become_plays_and_the_first_copy_wins(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    assert redrive(spark, lake_root, loader, RULE) == Redriven(judged=2, plays=2, changed=2)
    assert_redriven(spark, lake_root, loader)
    loader.execute("truncate counts.slices_to_count")
    assert redrive(spark, lake_root, loader, "malformed") == Redriven(judged=1, plays=0, changed=0)
    assert marked_slices(loader) == []
    # A round goes on as if nothing had been.
    append_refusing(spark, lake_root, messages(spark, play("x"), first_offset=5), "none")
    enrich_plays(spark, lake_root, loader)
    assert ledger_tallies(loader)[-1] == (1, 0, 1, 0)


@pytest.mark.parametrize(
    "step", with_one_sample(["append_missing", "reject_superseded", "_replace_rejected"], "append_missing")
)
def test_a_stop_between_the_writes_is_seen_by_the_next_round_and_repaired_by_running_again(
    spark: SparkSession, lake_root: str, loader: Loader, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(redriving, step, then_stop(getattr(redriving, step)))
        with pytest.raises(StoppedError):
            redrive(spark, lake_root, loader, RULE)
    expected = "stopped half way" if step == "_replace_rejected" else "silver 4 plays and 3 rejected rows, \\+2"
    if step == "reject_superseded":
        expected = "silver 3 plays and 4 rejected rows, \\+2"
    with pytest.raises(ConservationError, match=expected):
        enrich_plays(spark, lake_root, loader)
    with pytest.raises(ConservationError, match=f"REASON='{RULE}'"):
        redrive(spark, lake_root, loader, "duplicate")
    redrive(spark, lake_root, loader, RULE)
    assert_redriven(spark, lake_root, loader)
    assert enrich_plays(spark, lake_root, loader) is None


def then_stop(step: Callable[..., object]) -> Callable[..., None]:
    def run(*arguments: object) -> None:
        step(*arguments)
        raise StoppedError

    return run


def test_a_redrive_that_lost_a_row_stays_open(
    spark: SparkSession, lake_root: str, loader: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = row_changes.append_missing
    monkeypatch.setattr(redriving, "append_missing", lambda s, r, t, rows, *rest: append(s, r, t, rows.limit(1), *rest))
    with pytest.raises(ConservationError, match="must hold 4 plays and rejected rows"):
        redrive(spark, lake_root, loader, RULE)
    assert corrections.is_begun(loader, "redrive", RULE)
