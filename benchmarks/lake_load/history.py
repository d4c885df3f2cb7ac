"""A lake with a past: hours full of plays in bronze and silver, written at once."""

from __future__ import annotations

from datetime import timedelta

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from benchmarks.lake_load.enriching import EnrichedLake
from benchmarks.lake_load.values import LISTENERS, NEWEST_HOUR, REGIONS, SONGS
from orchestration.ledger.table_rows import newest_version
from streaming.lake import LakeTable, table_schema

TABLES = (LakeTable.BRONZE_PLAYS, LakeTable.SILVER_PLAYS)


def write_history(lake: EnrichedLake, hours: int, plays_an_hour: int) -> None:
    """Fill the hours before the benchmarks' newest one, as few files as maintenance leaves it.

    The ledger takes the versions that did it for enriched.
    """
    plays = _make_plays(lake, hours, plays_an_hour)
    for table in TABLES:
        rows = _shape(plays, table).repartition(*table.partition_columns)
        rows.write.format("delta").mode("append").save(table.path(lake.root))
    lake.ledger.execute(
        "insert into counts.enrichments (first_version, last_version, finished_at, end_offsets) "
        "values (0, %s, now(), %s)",
        (newest_version(lake.servers.spark, LakeTable.BRONZE_PLAYS.path(lake.root)), "{}"),
    )


def _make_plays(lake: EnrichedLake, hours: int, plays_an_hour: int) -> DataFrame:
    numbers = lake.servers.spark.range(hours * plays_an_hour)
    number, song = F.col("id"), F.col("id") * 7919 % SONGS
    seconds = F.floor(number / plays_an_hour).cast("int") * -3600 - 1 - number % 3600
    regions = F.array(*map(F.lit, REGIONS))
    columns = {
        "song_id": F.concat(F.lit("s2_"), F.substring(F.sha2(song.cast("string"), 256), 1, 16)),
        "play_id": F.concat(F.lit("h-"), number),
        "user_id": F.sha2((number * 104_729 % LISTENERS).cast("string"), 256),
        "title": F.concat(F.lit("Song "), song),
        "artist": F.concat(F.lit("Artist "), song % 1000),
        "artist_id": F.concat(F.lit("a2_"), F.substring(F.sha2((song % 1000).cast("string"), 256), 1, 16)),
        "key_id": F.lit("local"),
        "region": F.element_at(regions, (number % len(REGIONS) + 1).cast("int")),
        "played_at": F.timestamp_seconds(F.lit(int(NEWEST_HOUR.timestamp())) + seconds),
        "ms_played": F.lit(200_000).cast("bigint"),
        "eligible": F.lit(True),
        "late": F.lit(False),
        "topic": F.lit("plays"),
        "partition": F.lit(0),
        "offset": number,
        "batch": F.lit(0).cast("bigint"),
        "schema_version": F.lit(2).cast("bigint"),
    }
    plays = numbers.withColumns(columns)
    received = F.col("played_at") + F.lit(timedelta(seconds=2))
    places = {"date": F.to_date("played_at"), "hour": F.hour("played_at")}
    return plays.withColumns({**places, "received_at": received, "timestamp": received})


def _shape(plays: DataFrame, table: LakeTable) -> DataFrame:
    """The columns of a table; those that these plays do not have are null."""
    fields = table_schema(table)
    return plays.select(
        *(
            F.col(field.name) if field.name in plays.columns else F.lit(None).cast(field.dataType).alias(field.name)
            for field in fields
        )
    )
