"""Exports of other services become files of plays, and every row is accounted for."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clients.importers.__main__ import main
from ingest.play import SubmittedPlay

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
LISTEN = {
    "listened_at": 1_709_287_200,
    "track_metadata": {
        "artist_name": "John Coltrane",
        "track_name": "Blue Train",
        "release_name": "Blue Train",
        "additional_info": {"duration": 643, "recording_mbid": ""},
        "mbid_mapping": {"recording_mbid": "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"},
    },
}
WITH_HEADER = """uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid
"1709287200","01 Mar 2024, 10:00","John Coltrane","","Blue Train","","Blue ""Train"", live","x"
"","","John Coltrane","","Blue Train","","Playing now",""
"""
WITHOUT_HEADER = 'John Coltrane,Blue Train,"Blue ""Train"", live",01 Mar 2024 10:00\nA,B,C,\n,B,C,01 Mar 2024 10:00\n'


def convert(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    out = folder / "plays.jsonl"
    assert main([*arguments, "--out", str(out)]) == 0
    plays = [json.loads(line) for line in out.read_text().splitlines()]
    for play in plays:
        SubmittedPlay.model_validate(play)
    return plays


def test_a_stream_began_before_it_ended(tmp_path: Path) -> None:
    file = tmp_path / "Streaming_History_Audio_2024_1.json"
    file.write_text(json.dumps([STREAM]))
    (play,) = convert(tmp_path, "spotify", str(file), "--listener", "anna")
    assert play == {
        "user_id": "anna",
        "title": "Blue Train",
        "artist": "John Coltrane",
        "release": "Blue Train",
        "region": "SI",
        "played_at": "2024-03-01T10:00:00+00:00",
        "ms_played": 240_000,
        "client": {"name": "Spotify"},
    }


def test_what_is_no_song_is_counted_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = [STREAM | {"ts": "yesterday"}, STREAM | {"ts": "1999-01-01T00:00:00Z"}, STREAM | {"conn_country": "ZZ"}, 5]
    file = tmp_path / "Streaming_History_Audio_2024_1.json"
    file.write_text(json.dumps([STREAM, PODCAST, PODCAST, *broken]))
    assert len(convert(tmp_path, "spotify", str(file))) == 1
    said = capsys.readouterr().out
    assert "1 plays in" in said
    assert "2 rows passed over: no song, but a podcast" in said
    assert "1 rows passed over: a time that is none" in said
    assert "1 rows passed over: played_at: must not be before 2002" in said
    assert "1 rows passed over: region: Field required" in said
    assert "1 rows passed over: no stream" in said
    assert len(convert(tmp_path, "spotify", str(file), "--region", "GB")) == 2


@pytest.mark.parametrize("name", ["Streaming_History_Audio_2024_1.json", "endsong_0.json"])
def test_the_zip_that_spotify_sends_is_read_as_it_is(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "my_spotify_data.zip", "w") as archive:
        archive.writestr(f"Spotify Extended Streaming History/{name}", json.dumps([STREAM]))
        archive.writestr("Spotify Extended Streaming History/ReadMeFirst.pdf", "no JSON")
        archive.writestr("Spotify Extended Streaming History/Streaming_History_Video_2024.json", json.dumps([STREAM]))
    assert len(convert(tmp_path, "spotify", str(tmp_path / "my_spotify_data.zip"))) == 1


def test_a_folder_of_files_is_read_in_order(tmp_path: Path) -> None:
    for number in (1, 0):
        file = tmp_path / f"Streaming_History_Audio_2024_{number}.json"
        file.write_text(json.dumps([STREAM | {"master_metadata_track_name": f"Song {number}"}]))
    assert [play["title"] for play in convert(tmp_path, "spotify", str(tmp_path))] == ["Song 0", "Song 1"]


@pytest.mark.parametrize("form", ["lines", "list", "gzip", "zip", "folder"])
def test_listens_are_read_in_every_form(tmp_path: Path, form: str) -> None:
    lines = f"{json.dumps(LISTEN)}\n\n{json.dumps(LISTEN)}\n"
    files = {"lines": "mine.jsonl", "list": "listens.json", "gzip": "mine.jsonl.gz", "zip": "all.zip", "folder": ""}
    file = tmp_path / "in" / files[form]
    (tmp_path / "in").mkdir()
    if form == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("listens/2024/3.jsonl", lines)
            archive.writestr("user.json", "{}")
    elif form == "folder":
        (file / "listens.jsonl").write_text(lines)
    else:
        text = json.dumps([LISTEN, LISTEN]) if form == "list" else lines
        file.write_bytes(gzip.compress(text.encode()) if form == "gzip" else text.encode())
    play, again = convert(tmp_path, "listenbrainz", str(file), "--region", "GB")
    assert play == again
    assert play["recording_mbid"] == "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"
    assert (play["duration_ms"], play["region"]) == (643_000, "GB")
    assert play["played_at"] == "2024-03-01T10:00:00+00:00"


@pytest.mark.parametrize("text", [WITH_HEADER, WITHOUT_HEADER, "\ufeff" + WITH_HEADER.replace("\n", "\r\n")])
def test_scrobbles_are_read_with_and_without_a_header(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scrobbles.csv").write_bytes(text.encode())
    (play,) = convert(tmp_path, "lastfm", str(tmp_path / "scrobbles.csv"), "--region", "GB")
    assert (play["title"], play["artist"]) == ('Blue "Train", live', "John Coltrane")
    assert play["played_at"] == "2024-03-01T10:00:00+00:00"
    assert "1 rows passed over: no time" in capsys.readouterr().out


def test_a_format_without_regions_asks_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lastfm", str(tmp_path)])
    assert "--region is needed" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[1,", json.dumps(LISTEN).encode() + b"\n{"])
def test_what_is_no_export_is_one_sentence(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_bytes(content)
    assert main(["listenbrainz", str(tmp_path / "x.json"), "--region", "GB", "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith("no plays could be made: ")
    assert main(["spotify", str(tmp_path / "nothing.json"), "--out", str(tmp_path / "out")]) == 1
