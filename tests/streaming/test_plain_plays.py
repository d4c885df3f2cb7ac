"""The short way is for ingest's own spelling alone, and leads to the same rows as the long one."""

from __future__ import annotations

import json
from typing import Final

import pytest
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from ingest.play import Play
from streaming.bronze import parse_plays
from streaming.plain_plays import is_plain, read_plain
from tests.examples import read_examples
from tests.ingest.builders import recorded_play
from tests.lake import messages

GOOD = recorded_play().to_value()
FULL = recorded_play(
    title='Żółć "live" \\ 東京 🎵 \u2028 </b>',
    release="",
    isrc="USBN20100001",
    recording_mbid="b1a9c0e9-d987-4042-ae91-78d6a3267d69",
    ms_played=0,
    duration_ms=643_000,
    client={"name": "player"},
).to_value()


def as_ingest_spells(play: dict[str, object]) -> bytes:
    """The same, good or not: the fields in the model's order, none that is null, nothing between them."""
    ordered = {name: play[name] for name in (*Play.model_fields, *play) if play.get(name) is not None}
    return json.dumps(ordered, separators=(",", ":"), ensure_ascii=False).encode()


def which_are_plain(spark: SparkSession, *values: bytes | None) -> list[bool]:
    text = F.col("value").cast("string")
    judged = messages(spark, *values).select("offset", is_plain(text, read_plain(text)).alias("plain"))
    return [row["plain"] for row in judged.orderBy("offset").collect()]


def test_what_ingest_writes_goes_the_short_way(spark: SparkSession) -> None:
    assert which_are_plain(spark, GOOD, FULL) == [True, True]


OTHER_SPELLINGS: Final = [
    b"{}",
    GOOD + b" ",
    b" " + GOOD,
    GOOD + GOOD,
    GOOD[:-1] + b',"title":"Another"}',
    GOOD[:-1] + b',"unknown":1}',
    GOOD[:-1] + b',"release":null}',
    GOOD[:-1] + b',"ms_played":1.0}',
    GOOD[:-1] + b',"ms_played":"1"}',
    GOOD[:-1] + b',"ms_played":01}',
    GOOD[:-1] + b',"client":{"name":"a","name":"b"}}',
    GOOD.replace(b'"GB"', b"5"),
    GOOD.replace(b'"GB"', rb'"\u0047B"'),
    GOOD.replace(b'"GB"', rb'"\ud800"'),
    GOOD.replace(b'"title":', b'"title" :'),
    GOOD.replace(b'"title":', b"'title':"),
    GOOD.replace(b'"title"', b'"TITLE"'),
]


@pytest.fixture(scope="module")
def plain_of_other_spellings(spark: SparkSession) -> dict[bytes, bool]:
    return dict(zip(OTHER_SPELLINGS, which_are_plain(spark, *OTHER_SPELLINGS), strict=True))


@pytest.mark.parametrize("value", OTHER_SPELLINGS, ids=lambda value: repr(value[-24:]))
def test_any_other_spelling_goes_the_long_way(plain_of_other_spellings: dict[bytes, bool], value: bytes) -> None:
    assert plain_of_other_spellings[value] is False


def test_a_value_that_is_null_is_not_plain(spark: SparkSession) -> None:
    assert which_are_plain(spark, None) == [False]


def test_both_ways_lead_to_the_same_rows_whether_a_value_is_a_play_or_not(spark: SparkSession) -> None:
    examples = [example.play for example in read_examples("recorded") if isinstance(example.play, dict)]
    plain = [GOOD, FULL, *map(as_ingest_spells, examples)]
    plain = [value for value, short in zip(plain, which_are_plain(spark, *plain), strict=True) if short]
    respaced = [json.dumps(json.loads(value), indent=1, ensure_ascii=False).encode() for value in plain]
    assert not any(which_are_plain(spark, *respaced))
    short, long = (
        parse_plays(messages(spark, *values)).drop("value").orderBy("offset").collect() for values in (plain, respaced)
    )
    assert short == long
    assert sum(row["problem"] is not None for row in short) > len(short) / 4
