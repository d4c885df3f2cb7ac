"""What ships the counts: every window that a marked slice reaches waits for ranking, with the cause of its change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import psycopg
import pytest

from orchestration.counts.count_slices import replace_counts
from orchestration.counts.windows import Bounds, Settling
from orchestration.ledger.enrichments import Slice, mark_slices
from tests.orchestration.counted_tables import DAY as FIRST_DAY
from tests.orchestration.counted_tables import REGIONS, counted_tables
from tests.orchestration.marks import marked_slices

Loader = psycopg.Connection[Any]
HOUR: Final = datetime(2026, 11, 22, 14, tzinfo=UTC)
LATER: Final = datetime(2026, 11, 22, 20, tzinfo=UTC)
DAY: Final = datetime(2026, 11, 22, tzinfo=UTC)
SETTLED: Final = Bounds(datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
IDLE: Final = Settling(SETTLED, SETTLED)
NOTHING: Final = counted_tables(hours=0, songs=0)


A_SONG: Final = """
    insert into counts.song_counts
    select grain, region, date_trunc(grain, %s, 'UTC'), 's', 1, 1, 0, 0, 0, 0, 1, now(), 1
    from (values ('hour'), ('day')) as grains (grain) cross join (values (%s), ('global')) as regions (region)
    on conflict do nothing
"""


def mark(loader: Loader, *marks: tuple[str, datetime, str]) -> None:
    """Mark slices in which one song was counted, and in the windows that sum them."""
    loader.cursor().executemany("insert into counts.slices_to_count values (%s, %s, %s)", marks)
    loader.cursor().executemany(A_SONG, [(hour_start, region) for region, hour_start, _ in marks])


def publish_nothing(loader: Loader, slices: list[Slice]) -> None:
    """Ship the counts of slices that hold no play any more."""
    replace_counts(loader, slices, NOTHING, IDLE)


def waiting(loader: Loader) -> set[Any]:
    return set(loader.execute("select grain, region, window_start, cause from counts.windows_to_rank").fetchall())


@pytest.mark.parametrize("cause", ["late_plays", "erasure", "rebuild", "redrive"])
def test_a_cause_travels_to_the_hour_the_day_and_global(loader: Loader, cause: str) -> None:
    mark(loader, ("GB", HOUR, cause))
    publish_nothing(loader, marked_slices(loader))
    places = [("hour", HOUR), ("day", DAY)]
    assert waiting(loader) == {(grain, region, start, cause) for grain, start in places for region in ("GB", "global")}


def test_what_enrichment_marks_without_a_word_are_late_plays(loader: Loader) -> None:
    loader.execute("insert into counts.slices_to_count values ('GB', %s)", [HOUR])
    loader.execute(A_SONG, (HOUR, "GB"))
    publish_nothing(loader, marked_slices(loader))
    assert {cause for *_, cause in waiting(loader)} == {"late_plays"}


def test_causes_meet_in_a_slice_and_in_what_it_is_summed_into(loader: Loader) -> None:
    mark(loader, ("GB", HOUR, "late_plays"), ("GB", HOUR, "erasure"), ("US", LATER, "redrive"))
    slices = marked_slices(loader)
    assert sorted(slices) == [("GB", HOUR), ("US", LATER)]
    publish_nothing(loader, slices)
    assert {cause for *place, cause in waiting(loader) if place == ["hour", "GB", HOUR]} == {"late_plays", "erasure"}
    summed = {cause for *place, cause in waiting(loader) if place == ["day", "global", DAY]}
    assert summed == {"late_plays", "erasure", "redrive"}
    assert {cause for *place, cause in waiting(loader) if place[1] == "US"} == {"redrive"}


def test_a_window_that_waits_already_keeps_its_cause_beside_the_new_one(loader: Loader) -> None:
    for cause in ("late_plays", "erasure"):
        mark(loader, ("GB", HOUR, cause))
        publish_nothing(loader, marked_slices(loader))
    assert {cause for *place, cause in waiting(loader) if place == ["hour", "GB", HOUR]} == {"late_plays", "erasure"}


def test_marks_go_with_the_counts_and_those_of_other_slices_stay(loader: Loader) -> None:
    mark(loader, ("GB", HOUR, "erasure"), ("GB", LATER, "rebuild"))
    publish_nothing(loader, [("GB", HOUR)])
    assert marked_slices(loader) == [("GB", LATER)]
    assert {window_start for _, _, window_start, _ in waiting(loader)} == {HOUR, DAY}


def test_sums_of_a_rebuilt_slice_and_of_slices_counted_again_are_those_of_all_their_hours(loader: Loader) -> None:
    shipped = counted_tables(hours=25, songs=3)
    slices = [(region, FIRST_DAY + timedelta(hours=hour)) for region in REGIONS for hour in range(25)]
    replace_counts(loader, slices, shipped, IDLE)
    before = all_counts(loader)
    loader.execute("update counts.song_counts set plays = plays + 1")
    loader.execute("delete from counts.song_counts where grain = 'day' and region = %s", [REGIONS[0]])
    mark_slices(loader, slices[:1], "rebuild")
    mark_slices(loader, slices[1:])
    replace_counts(loader, slices, shipped, IDLE)
    assert all_counts(loader) == before
    assert len(before) == 3 * (25 + 2) * (len(REGIONS) + 1)


def test_spellings_of_counted_days_are_replaced_and_their_songs_named_again(loader: Loader) -> None:
    shipped = counted_tables(hours=25, songs=3)
    slices = [(region, FIRST_DAY + timedelta(hours=hour)) for region in REGIONS for hour in range(25)]
    replace_counts(loader, slices, shipped, IDLE)
    before = all_spellings(loader)
    assert len(before) == 2 * 3
    loader.execute("truncate counts.songs_to_name")
    replace_counts(loader, slices, shipped, IDLE)
    assert songs_to_name(loader) == []
    loader.execute("update counts.song_spellings set listeners = 7 where song_id = 's2_0000000000000001'")
    loader.execute("delete from counts.song_spellings where song_id = 's2_0000000000000002'")
    loader.execute("insert into counts.song_spellings values (%s, 's2_x', 'T', 'A', 1, now())", [FIRST_DAY])
    loader.execute("insert into counts.song_spellings values ('2026-10-01', 's2_y', 'T', 'A', 1, now())")
    replace_counts(loader, slices, shipped, IDLE)
    assert all_spellings(loader)[1:] == before
    assert songs_to_name(loader) == ["s2_0000000000000001", "s2_0000000000000002", "s2_x"]


def all_spellings(loader: Loader) -> list[Any]:
    return loader.execute("select * from counts.song_spellings order by day, song_id, title, artist").fetchall()


def songs_to_name(loader: Loader) -> list[str]:
    return [song for (song,) in loader.execute("select song_id from counts.songs_to_name order by song_id").fetchall()]


def all_counts(loader: Loader) -> list[Any]:
    return loader.execute("select * from counts.song_counts order by grain, region, window_start, song_id").fetchall()
