"""Published charts become plays that are ranked as published."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from clients.importers.real_plays.spotify_charts import (
    COLUMNS,
    FILE,
    ChartedSong,
    read_charts,
    read_spotify_plays,
    spread_plays,
)
from ingest.play import SubmittedPlay
from tests.clients.tables import write_table

ROWS = (
    ("de", "2020-01-01", 1, "Erste", "Trio", 900),
    ("de", "2020-01-01", 2, "Zweite", "Trio", 410),
    ("de", "2020-01-01", 3, "Dritte", "Trio", 400),
    ("de", "2020-01-01", 4, "Vierte", "Trio", 400),
    ("de", "2020-01-01", 5, "ERSTE", "trio", 50),
    ("global", "2020-01-01", 1, "Erste", "Trio", 9_000_000),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_table(tmp_path / FILE, COLUMNS, ROWS)
    return tmp_path


def counts(plays: list[dict[str, Any]]) -> Counter[str]:
    return Counter(play["title"].casefold() for play in plays)


def test_one_song_under_two_track_ids_is_summed(folder: Path) -> None:
    (chart,) = read_charts(folder)
    assert [song.streams for song in chart] == [950, 410, 400, 400]


def test_the_chart_of_the_whole_world_is_left_out(folder: Path) -> None:
    assert {play["region"] for play in read_spotify_plays(folder, 100)} == {"DE"}


def test_streams_are_scaled_down_together(folder: Path) -> None:
    plays = list(read_spotify_plays(folder, 216))
    assert counts(plays) == {"erste": 95, "zweite": 41, "dritte": 40, "vierte": 40}


def test_of_equal_counts_the_song_published_higher_is_played_last_earlier(folder: Path) -> None:
    plays = list(read_spotify_plays(folder, 21))
    assert counts(plays)["zweite"] == counts(plays)["dritte"] == counts(plays)["vierte"]
    last = {play["title"]: play["played_at"] for play in plays}
    assert last["Zweite"] < last["Dritte"] < last["Vierte"]


def test_the_least_song_keeps_one_play(folder: Path) -> None:
    assert min(counts(list(read_spotify_plays(folder, 1))).values()) == 1


def test_every_play_is_taken_by_ingest_and_the_same_every_time(folder: Path) -> None:
    plays = list(read_spotify_plays(folder))
    assert plays == list(read_spotify_plays(folder))
    assert len({play["play_id"] for play in plays}) == len(plays)
    for play in plays:
        SubmittedPlay.model_validate(play)
    assert [play["played_at"] for play in plays] == sorted(play["played_at"] for play in plays)


@pytest.mark.parametrize("count", [1, 2, 500, 60_000])
def test_no_listener_reaches_the_cap_and_no_play_leaves_its_day(count: int) -> None:
    song = ChartedSong("DE", "2020-01-01", "Erste", "Trio", 1)
    plays = list(spread_plays(song, 199, count))
    assert max(Counter(play["user_id"] for play in plays).values()) <= 10
    assert {play["played_at"][:10] for play in plays} == {"2020-01-01"}
    assert len(plays) == count


def test_a_scale_below_one_play_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="scale"):
        list(read_spotify_plays(folder, 0))
