"""Last.fm's scrobbles in the shapes that its exporters write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.clients.importers.imports import AT_TEN, SECOND, import_text

HEADER = """uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid
"1709287200","01 Mar 2024, 10:00","John Coltrane","","Blue Train","","Blue ""Train"", live","x"
"","","John Coltrane","","Blue Train","","Playing now",""
"""
FOUR_COLUMNS = 'John Coltrane,Blue Train,"Blue ""Train"", live",01 Mar 2024 10:00\nA,B,C,\n,B,C,01 Mar 2024 10:00\n'
SONG = "John Coltrane,Blue Train,Locomotion"


@pytest.mark.parametrize("text", [HEADER, FOUR_COLUMNS, "\ufeff" + HEADER.replace("\n", "\r\n")])
def test_the_two_best_known_exporters(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (play,) = import_text(tmp_path, "scrobbles.csv", text)
    assert (play["title"], play["artist"], play["played_at"]) == ('Blue "Train", live', "John Coltrane", AT_TEN)
    assert "1 rows skipped: no time" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "Date,Track,Artist,Album\n01 Mar 2024 10:00,Locomotion,John Coltrane,Blue Train",
        "ARTIST,ALBUM,TRACK,DATE\nJohn Coltrane,Blue Train,Locomotion,2024-03-01 10:00:00",
        "Title\tArtist\tAlbum\tDate\tTimestamp\nLocomotion\tJohn Coltrane\tBlue Train\t01 Mar 2024, 10:00\t1709287200",
        'Artist;Album;AlbumId;Track;Date#anna\n"John Coltrane";"Blue Train";"";"Locomotion";"1709287200000"',
        "John Coltrane;Blue Train;Locomotion;01.03.2024 10:00",
        f"{SONG},01 Mar 2024 10:00:00 +00:00,,",
        f"{SONG},2024-03-01T10:00:00Z",
        f"{SONG},2024-03-01T12:00:00+02:00",
        f"{SONG},1709287200",
        f"{SONG}, 1709287200.5 ",
        f"{SONG},1709287200000",
        f"{SONG},Mar 1 2024 10:00 AM",
    ],
)
def test_columns_separators_and_dates_of_other_exporters(tmp_path: Path, text: str) -> None:
    (play,) = import_text(tmp_path, "scrobbles.csv", text)
    assert play == {
        "user_id": "local",
        "title": "Locomotion",
        "artist": "John Coltrane",
        "release": "Blue Train",
        "region": "GB",
        "played_at": AT_TEN,
    }


@pytest.mark.parametrize(
    ("dates", "day"), [((), None), (("--dates", "day-first"), "10-12"), (("--dates", "month-first"), "12-10")]
)
def test_a_date_with_two_readings_is_refused_until_one_is_chosen(
    tmp_path: Path, dates: tuple[str, ...], day: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = f"{SONG},12/10/2017 21:47\n{SONG},26/02/2019 08:34\n"
    plays = import_text(tmp_path, "scrobbles.csv", rows, *dates)
    expected = (
        ["2019-02-26T08:34:00+00:00"] if day is None else [f"2017-{day}T21:47:00+00:00", "2019-02-26T08:34:00+00:00"]
    )
    assert [play["played_at"] for play in plays] == expected
    assert ("a date with two readings" in capsys.readouterr().out) == (day is None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Björk,Début,Jóga,01 Mar 2024 10:00\n"
    (play,) = import_text(tmp_path, "scrobbles.csv", text.encode(encoding))
    assert (play["artist"], play["title"]) == ("Björk", "Jóga")


def test_a_quote_that_is_never_closed_costs_its_own_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"A,B,Song {n},01 Mar 2024 10:00" for n in range(6_000)]
    plays = import_text(tmp_path, "scrobbles.csv", "\n".join(['A,B,"Open,01 Mar 2024 10:00', *rows]))
    assert len(plays) == 6_000
    assert "1 rows skipped: a quote is not closed (first: scrobbles.csv 1)" in capsys.readouterr().out


def test_a_title_with_a_line_break_is_one_row(tmp_path: Path) -> None:
    first, second = import_text(tmp_path, "x.csv", f'A,B,"Two\nlines",01 Mar 2024 10:00\n{SONG},01 Mar 2024 10:05\n')
    assert (first["title"], second["title"]) == ("Two lines", "Locomotion")


def page(*names: str) -> dict[str, object]:
    tracks: list[dict[str, object]] = [
        {"name": name, "artist": {"#text": "A", "mbid": ""}, "album": {"#text": ""}, "date": {"uts": str(SECOND)}}
        for name in names
    ]
    return {"track": [*tracks, {"name": "Now", "artist": {"#text": "A"}, "@attr": {"nowplaying": "true"}}]}


@pytest.mark.parametrize(
    "document",
    [
        [page("One"), page("Two")],
        {"recenttracks": page("One", "Two") | {"@attr": {"user": "anna"}}},
        page("One", "Two")["track"],
        {
            "username": "anna",
            "scrobbles": [{"track": one, "artist": "A", "album": "", "date": SECOND * 1_000} for one in ("One", "Two")],
        },
    ],
)
def test_json_of_the_api_and_of_exporters(tmp_path: Path, document: object) -> None:
    plays = import_text(tmp_path, "recenttracks.json", json.dumps(document, indent=2))
    assert [(play["title"], play["played_at"]) for play in plays] == [("One", AT_TEN), ("Two", AT_TEN)]
