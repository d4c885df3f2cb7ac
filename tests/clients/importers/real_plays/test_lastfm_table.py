"""Last.fm's rows become plays that ingest takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from clients.importers.real_plays.lastfm_table import COLUMNS, FILE, read_lastfm_plays
from ingest.play import SubmittedPlay
from tests.clients.tables import write_table

ROW = (
    "u1",
    "2009-05-04T23:08:57Z",
    'Trio "Q"',
    "Ночь",
    "3d9a0a1e-53f1-4c8e-9a36-0a9f6a1c2b3d",
    "Japan",
)


def read(folder: Path, *rows: tuple[str, ...]) -> list[dict[str, str]]:
    write_table(folder / FILE, COLUMNS, rows)
    return list(read_lastfm_plays(folder))


def test_a_row_becomes_a_play_in_the_region_of_its_country(tmp_path: Path) -> None:
    (play,) = read(tmp_path, ROW)
    assert play == {
        "user_id": "u1",
        "title": "Ночь",
        "artist": 'Trio "Q"',
        "region": "JP",
        "played_at": "2009-05-04T23:08:57Z",
        "recording_mbid": "3d9a0a1e-53f1-4c8e-9a36-0a9f6a1c2b3d",
    }
    SubmittedPlay.model_validate(play)


@pytest.mark.parametrize("identifier", ["", "no uuid"])
def test_a_missing_or_wrong_identifier_is_left_out(tmp_path: Path, identifier: str) -> None:
    (play,) = read(tmp_path, (*ROW[:4], identifier, ROW[5]))
    assert "recording_mbid" not in play


def test_two_songs_in_the_same_second_stay_two_plays_in_order(tmp_path: Path) -> None:
    other = (*ROW[:3], "День", *ROW[4:])
    assert [play["title"] for play in read(tmp_path, ROW, other)] == ["Ночь", "День"]


def test_an_unknown_country_is_named(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="atlantis"):
        read(tmp_path, (*ROW[:5], "Atlantis"))


def test_a_table_without_a_column_is_refused_by_name(tmp_path: Path) -> None:
    write_table(tmp_path / FILE, COLUMNS[:-1], [])
    with pytest.raises(ValueError, match="country"):
        list(read_lastfm_plays(tmp_path))
