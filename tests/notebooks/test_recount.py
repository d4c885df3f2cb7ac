"""The audit's own rules of ranking, against a naive recomputation of random histories."""

from __future__ import annotations

import random
from typing import Any

import pyarrow as pa
import pytest

from ingest.play import identify_song as identify_in_ingest
from notebooks.recount import FOLDER, open_duckdb
from notebooks.song_identity import identify_song
from tests.dbt.counted_hours import CountedHours, artist_of, day, title_of
from tests.dbt.naive_charts import naive_charts
from tests.dbt.naive_names import name_songs, random_spellings
from tests.dbt.random_history import HOURS, change, region_codes

REGIONS = 30
SPELLINGS = (
    *("Straße", "STRASSE", "ﬁve ＡＢＣ", " a \t b\u2003c ", "İstanbul", "ά\u0345", "😀", "\u0130"),
    *("Don’t `Stop´", "a\u1ffdb\u2033", "«Río» – „Único“", "sof\u00adt\u200b"),
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_song_has_the_identity_that_ingest_gives_it(spelling: str) -> None:
    assert identify_song(spelling, "x") == identify_in_ingest(spelling, "x")
    assert identify_song("x", spelling) == identify_in_ingest("x", spelling)


@pytest.mark.parametrize(("seed", "minimum_listeners"), [(1, 1), (2, 3)])
def test_places_and_history_equal_a_naive_recomputation(seed: int, minimum_listeners: int) -> None:
    dice, counts = random.Random(seed), CountedHours()
    for region in region_codes(REGIONS):
        change(dice, counts, region, dice.sample(HOURS, 20))
    with open_duckdb() as counting:
        counting.register("given", pa.Table.from_pylist(list(_rows(counts))))
        counting.execute("insert into song_counts by name from given")
        spelled = sorted(
            {(song_id, title_of(song_id), artist_of(song_id)) for songs in counts.hours.values() for song_id in songs}
        )
        counting.executemany("insert into song_spellings values ('2024-01-01', $1, $2, $3, 1, '2024-01-01')", spelled)
        counting.execute("update rules set minimum_listeners = $1", [minimum_listeners])
        counting.execute((FOLDER / "recount_charts.sql").read_text())
        recounted = set(counting.execute("from recounted").fetchall())
    shown = {
        window: {song: counted for song, counted in songs.items() if counted.listeners >= minimum_listeners}
        for window, songs in counts.windows().items()
    }
    expected = naive_charts(shown, 100)
    assert len(expected) > 1_000
    assert recounted == {tuple(entry) for entry in expected}


def _rows(counts: CountedHours) -> Any:
    for window, songs in counts.windows().items():
        for song_id, counted in songs.items():
            numbers = {name: getattr(counted, name) for name in ("plays", "raw_plays", "listeners", "last_played_at")}
            yield {**window._asdict(), "song_id": song_id, **numbers}


def test_songs_are_named_by_the_definition() -> None:
    dice = random.Random(3)
    spellings = random_spellings(dice, 4_000)
    with open_duckdb() as counting:
        counting.executemany("insert into song_spellings values ($1, $2, $3, $4, $5, $6)", spellings)
        songs = [("hour", "GB", day(number), f"song {number}", 1, 1, 1, day(number)) for number in range(500)]
        counting.executemany("insert into song_counts values ($1, $2, $3, $4, $5, $6, $7, $8)", songs)
        counting.execute((FOLDER / "recount_charts.sql").read_text())
        named = counting.execute("select song_id, title, artist from recounted").fetchall()
    assert {song_id: tuple(names) for song_id, *names in named} == name_songs(spellings)
