"""A day of plays, written into bronze by the lake driver; rounds enrich, count and rank them as any others.

Their Kafka coordinates are of a topic that does not exist, so the offsets of the real one stay whole.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from clients.simulator.world import REGION_CODES
from streaming.lake import PARTITION_COLUMNS, LakeTable, connect, disconnect, table_schema
from tests.e2e.line import Line

HISTORY_PLAYS: Final = 5_000_000
LISTENERS: Final = 100_000
SONGS: Final = 20_000
REGIONS: Final = REGION_CODES
_TOPIC: Final = "history"
_PARTITION: Final = 1_000_000


def write_history(line: Line, until: datetime, plays: int) -> None:
    """Append so many plays, spread over the 24 hours that end at an instant, as one version of bronze."""
    settings = line.settings
    token = settings.spark_connect_token.get_secret_value()
    spark = connect(settings.spark_connect_host, settings.spark_connect_port, token)
    rows = make_history(spark, until, plays).repartition(*PARTITION_COLUMNS)
    root = f"s3a://{settings.lake_bucket}"
    rows.write.format("delta").mode("append").save(LakeTable.BRONZE_PLAYS.path(root))
    disconnect(spark)


def make_history(spark: SparkSession, until: datetime, plays: int) -> DataFrame:
    """Rows of bronze.plays. Few songs and regions have most of the plays; listeners are alike."""
    chance = "((xxhash64(id, {0}) & 9007199254740991) / 9007199254740992D)"
    number = spark.range(plays).selectExpr(
        "id",
        f"cast(floor({LISTENERS} * {chance.format(1)}) as string) as listener",
        f"cast(floor({SONGS} * pow({chance.format(2)}, 3)) as bigint) as song",
        f"timestamp '{until.isoformat()}' - make_dt_interval(1, 0, 0, 0) * {chance.format(3)} as played_at",
        f"cast(floor(pow({len(REGIONS) + 1}, {chance.format(4)})) as int) as place",
    )
    values = {
        "value": "cast('' as binary)", "topic": f"'{_TOPIC}'", "partition": str(_PARTITION), "offset": "id",
        "timestamp": "current_timestamp()", "play_id": "concat('history-', id)",
        "user_id": "sha2(concat('listener ', listener), 256)", "title": "concat('Song ', song)",
        "artist": "concat('Artist ', song % 3000)", "key_id": "'local'",
        "ms_played": "200000", "played_at": "played_at",
        "received_at": "played_at + interval 2 seconds", "schema_version": "2", "date": "to_date(played_at)",
        "region": f"element_at(array{REGIONS}, place)", "hour": "hour(played_at)",
    }  # fmt: skip
    fields = table_schema(LakeTable.BRONZE_PLAYS)
    return number.select(
        *(F.expr(values.get(field.name, "null")).cast(field.dataType).alias(field.name) for field in fields)
    )
