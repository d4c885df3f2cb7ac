"""What differs between silver as it is and as it was made again is found, however small."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pyspark.sql import DataFrame, SparkSession

from orchestration.silver.compare import SliceDifference, find_differences
from streaming.lake import LakeTable, table_schema
from tests.lake import rows_of

PLAYS, REJECTED = LakeTable.SILVER_PLAYS, LakeTable.SILVER_REJECTED_PLAYS
TEN, ELEVEN = (("GB", datetime(2026, 11, 1, hour, tzinfo=UTC)) for hour in (10, 11))


def message(offset: int, hour: int = 10, **values: Any) -> dict[str, Any]:
    place = {"region": "GB", "date": date(2026, 11, 1), "hour": hour}
    return {"topic": "plays", "partition": 0, "offset": offset, "batch": 1, **place, **values}


def table(spark: SparkSession, which: LakeTable, *rows: dict[str, Any]) -> DataFrame:
    return rows_of(spark, table_schema(which), *rows)


def differences(
    spark: SparkSession, live: list[dict[str, Any]], made: list[dict[str, Any]], which: LakeTable = PLAYS
) -> list[SliceDifference]:
    other = REJECTED if which is PLAYS else PLAYS
    same = table(spark, other, message(99))
    return find_differences(
        {which: table(spark, which, *live), other: same}, {which: table(spark, which, *made), other: same}
    )


def test_the_same_rows_in_another_order_are_equal(spark: SparkSession) -> None:
    rows = [message(0, title="a", client={"name": "x", "version": None}), message(1, 11, title="b")]
    assert differences(spark, rows, rows[::-1]) == []


MOVED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "to the next column": ({"release": "x"}, {"isrc": "x"}),
    "to the next member": ({"client": {"name": "x", "version": None}}, {"client": {"name": None, "version": "x"}}),
    "out of a member": ({"client": {"name": None, "version": None}}, {"client": None}),
}


@pytest.mark.parametrize("move", MOVED)
def test_a_value_that_moved_between_empty_columns_is_a_difference(spark: SparkSession, move: str) -> None:
    live, made = MOVED[move]
    assert differences(spark, [message(0, **live)], [message(0, **made)]) == [SliceDifference(PLAYS, TEN, 0, 0, 1)]


def test_a_row_that_moved_makes_both_its_slices_differ(spark: SparkSession) -> None:
    found = differences(spark, [message(0, 10)], [message(0, 11)], REJECTED)
    assert sorted(found, key=str) == [SliceDifference(REJECTED, slice_, 0, 0, 1) for slice_ in (TEN, ELEVEN)]


def test_a_second_copy_of_a_message_is_one_too_many(spark: SparkSession) -> None:
    found = differences(spark, [message(0), message(0), message(1)], [message(0), message(1)])
    assert found == [SliceDifference(PLAYS, TEN, 0, 1, 0)]
