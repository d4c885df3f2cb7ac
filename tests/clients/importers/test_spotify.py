"""Spotify's two exports become plays."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.clients.importers.imports import AT_TEN, import_file, import_text, write

NAME = "Streaming_History_Audio_2024_1.json"
STREAM = {
    "ts": "2024-03-01T10:04:00Z",
    "username": "anna",
    "ms_played": 240_000,
    "conn_country": "SI",
    "master_metadata_track_name": "Blue Train",
    "master_metadata_album_artist_name": "John Coltrane",
    "master_metadata_album_album_name": "Blue Train",
    "spotify_track_uri": "spotify:track:1",
    "offline": False,
}
PODCAST = STREAM | {"master_metadata_track_name": None, "episode_name": "Talk"}
MINUTE = {"endTime": "2024-03-01 10:04", "artistName": "John Coltrane", "trackName": "Blue Train", "msPlayed": 200_000}


def import_streams(folder: Path, *streams: object, arguments: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return import_text(folder, NAME, json.dumps(streams), *arguments)


def test_a_stream_began_before_it_ended(tmp_path: Path) -> None:
    (play,) = import_file(write(tmp_path, NAME, json.dumps([STREAM])), "--listener", "anna", region=None)
    assert play == {
        "user_id": "anna",
        "title": "Blue Train",
        "artist": "John Coltrane",
        "release": "Blue Train",
        "region": "SI",
        "played_at": AT_TEN,
        "ms_played": 240_000,
        "client": {"name": "Spotify"},
    }


def test_rows_without_a_song_are_counted_with_their_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = [STREAM | {"ts": "yesterday"}, STREAM | {"ts": "1999-01-01T00:00:00Z"}, STREAM | {"conn_country": "ZZ"}, 5]
    file = write(tmp_path, NAME, json.dumps([STREAM, PODCAST, PODCAST, *broken]))
    assert len(import_file(file, region=None)) == 1
    report = capsys.readouterr().out
    assert "1 plays in" in report
    assert (
        f"2 rows skipped: no song, but a podcast, an audiobook, a video or something unnamed (first: {NAME} 2" in report
    )
    assert "1 rows skipped: a time that cannot be read" in report
    assert "1 rows skipped: played_at: must not be before 2002" in report
    assert "1 rows skipped: no region: say where with --region" in report
    assert "1 rows skipped: no row of Spotify" in report


@pytest.mark.parametrize("country", ["ZZ", "XK", "EU", "AN", None, ""])
def test_a_country_that_iso_3166_lacks_is_replaced_by_the_region(tmp_path: Path, country: str | None) -> None:
    (play,) = import_streams(tmp_path, STREAM | {"conn_country": country})
    assert play["region"] == "GB"


@pytest.mark.parametrize("ts", ["2024-03-01 10:04:00 UTC", "2024-03-01 10:04:00", "2024-03-01T12:04:00+02:00"])
def test_older_spellings_of_the_time_are_read(tmp_path: Path, ts: str) -> None:
    (play,) = import_streams(tmp_path, STREAM | {"ts": ts})
    assert play["played_at"] == AT_TEN


def test_a_stream_written_twice_is_one_play_and_a_second_hearing_is_another(tmp_path: Path) -> None:
    seconds_later = STREAM | {"ts": "2024-03-01T10:04:07Z"}
    heard_again = STREAM | {"ts": "2024-03-01T10:08:07Z"}
    assert len(import_streams(tmp_path, STREAM, STREAM, seconds_later, heard_again)) == 2


def test_private_sessions_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    private = STREAM | {"incognito_mode": True, "ts": "2024-03-01T11:00:00Z"}
    assert len(import_streams(tmp_path, STREAM, private)) == 1
    assert len(import_streams(tmp_path, STREAM, private, arguments=("--private",))) == 2


@pytest.mark.parametrize("name", ["StreamingHistory0.json", "StreamingHistory_music_0.json"])
def test_account_data_has_the_minute_of_the_end(tmp_path: Path, name: str) -> None:
    podcast = {"endTime": "2024-03-01 10:04", "podcastName": "Talk", "episodeName": "1", "msPlayed": 9}
    (play,) = import_text(tmp_path, name, json.dumps([MINUTE, podcast]))
    assert (play["played_at"], play["ms_played"]) == ("2024-03-01T10:00:40+00:00", 200_000)


def test_of_both_exports_the_extended_one_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, f"a/{NAME}", json.dumps([STREAM])).parents[1]
    write(tmp_path, "a/StreamingHistory0.json", json.dumps([MINUTE]))
    assert len(import_file(folder)) == 1
    assert "StreamingHistory0.json was left out" in capsys.readouterr().out


@pytest.mark.parametrize("name", [NAME, "endsong_0.json"])
def test_the_zip_that_spotify_sends_is_read_also_when_a_mac_packed_it(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "my_spotify_data.zip", "w") as archive:
        archive.writestr(f"Spotify Extended Streaming History/{name}", json.dumps([STREAM]))
        archive.writestr(f"__MACOSX/Spotify Extended Streaming History/._{name}", b"\x00\x05\x16\x07\xb0")
        archive.writestr("Spotify Extended Streaming History/ReadMeFirst.pdf", "no JSON")
        archive.writestr("Spotify Extended Streaming History/Streaming_History_Video_2024.json", json.dumps([STREAM]))
    assert len(import_file(tmp_path / "my_spotify_data.zip")) == 1


def test_a_folder_of_files_is_read_in_order(tmp_path: Path) -> None:
    for number in (1, 0):
        stream = STREAM | {"master_metadata_track_name": f"Song {number}"}
        folder = write(tmp_path, f"Streaming_History_Audio_2024_{number}.json", json.dumps([stream])).parent
    write(tmp_path, "._Streaming_History_Audio_2024_0.json", b"\x00\x05\x16\x07\xb0")
    assert [play["title"] for play in import_file(folder)] == ["Song 0", "Song 1"]
