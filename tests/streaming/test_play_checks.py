"""Spark accepts and refuses the same values as the model that ingest writes by."""

from __future__ import annotations

from typing import Final

import pytest
from pydantic import ValidationError
from pyspark.sql import SparkSession

from ingest.play import Play
from streaming.bronze import parse_plays
from tests.examples import read_examples
from tests.ingest.builders import recorded_play
from tests.lake import messages
from tests.lake_profile import production_options

RECORDED = read_examples("recorded")
GOOD = recorded_play().to_value()


def problems_of(spark: SparkSession, *values: bytes | None) -> list[str | None]:
    parsed = parse_plays(messages(spark, *values)).orderBy("offset").select("problem")
    return [row["problem"] for row in parsed.collect()]


@pytest.fixture(scope="module")
def example_problems(spark: SparkSession) -> dict[str, str | None]:
    # With generated code: the driver of production decides by it, and the other tests of the checks do without.
    with production_options(spark):
        found = problems_of(spark, *(example.to_json() for example in RECORDED))
    return dict(zip((example.name for example in RECORDED), found, strict=True))


@pytest.mark.parametrize("example", RECORDED, ids=lambda example: example.name)
def test_an_example_meets_the_same_verdict_in_spark_and_in_the_model(
    example_problems: dict[str, str | None], example: object
) -> None:
    problem = example_problems[example.name]  # type: ignore[attr-defined]
    refused = example.refused  # type: ignore[attr-defined]
    assert (problem is None) == (not refused)
    assert model_refuses(example.to_json()) == bool(refused)  # type: ignore[attr-defined]
    if problem:
        field = next(iter(refused)).partition(".")[0]
        assert problem.partition(":")[0].partition(".")[0] in (field, "play")


def model_refuses(value: bytes) -> bool:
    try:
        Play.model_validate_json(value)
    except ValidationError:
        return True
    return False


NOT_ONE_DOCUMENT: Final = [
    b"",
    b"nonsense",
    GOOD[:-1],
    GOOD + b" x",
    GOOD + GOOD,
    GOOD + b", " + GOOD,
    GOOD + b"] {}",
    GOOD + b"} {",
    b"\xff\xfe" + GOOD,
    GOOD.replace(b'"title"', b'"artist"'),
    b"[" * 100_000,
    b'{"a":' * 100_000,
    GOOD.replace(b'"GB"', b"NaN"),
    GOOD.replace(b'"GB"', rb'"\ud800"'),
]


@pytest.fixture(scope="module")
def problems_of_no_document(spark: SparkSession) -> dict[bytes, str | None]:
    return dict(zip(NOT_ONE_DOCUMENT, problems_of(spark, *NOT_ONE_DOCUMENT), strict=True))


@pytest.mark.parametrize("value", NOT_ONE_DOCUMENT, ids=lambda value: repr(value[-12:]))
def test_bytes_that_are_not_one_json_document_are_named_so(
    problems_of_no_document: dict[bytes, str | None], value: bytes
) -> None:
    assert problems_of_no_document[value] == "play: not_json"


def test_a_null_value_is_kept_as_no_document(spark: SparkSession) -> None:
    assert problems_of(spark, None) == ["play: not_json"]


def test_a_bracket_in_a_title_is_no_trailing_text(spark: SparkSession) -> None:
    assert problems_of(spark, recorded_play(title="Live [2009] }").to_value()) == [None]
