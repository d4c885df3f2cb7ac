"""An operator sees which messages are missing, and rounds go on once the loss is accepted."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from pyspark.sql import SparkSession

from orchestration.commands.accept_losses import Loss, accept, find_losses
from orchestration.ledger.offset_check import OffsetGapError
from orchestration.silver.enrich_plays import enrich_plays
from tests.ingest.builders import recorded_play
from tests.lake import append_bronze

Loader = psycopg.Connection[Any]


def test_every_gap_is_found_and_acceptance_lets_the_round_pass(
    spark: SparkSession, lake_root: str, loader: Loader
) -> None:
    append_bronze(spark, lake_root, recorded_play(title="a").to_value())
    enrich_plays(spark, lake_root, loader)
    append_bronze(spark, lake_root, recorded_play(title="b").to_value(), first_offset=2)
    append_bronze(spark, lake_root, recorded_play(title="c").to_value(), first_offset=7)
    with pytest.raises(OffsetGapError):
        enrich_plays(spark, lake_root, loader)
    losses = find_losses(spark, lake_root, loader)
    assert losses == [Loss("0", 1, 2), Loss("0", 3, 7)]
    accept(loader, losses)
    assert find_losses(spark, lake_root, loader) == []
    tally = enrich_plays(spark, lake_root, loader)
    assert tally is not None
    assert tally.plays == 2


def test_nothing_is_lost_where_no_round_stopped(spark: SparkSession, lake_root: str, loader: Loader) -> None:
    append_bronze(spark, lake_root, recorded_play().to_value())
    enrich_plays(spark, lake_root, loader)
    assert find_losses(spark, lake_root, loader) == []
