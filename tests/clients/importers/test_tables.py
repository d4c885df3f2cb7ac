"""Tables that differ from the usual: other columns, other orders, and lines before the first row."""

from __future__ import annotations

from pathlib import Path

import pytest

from clients.importers.__main__ import main
from tests.clients.importers.imports import AT_TEN, SECOND, import_text, write

MORE = "\tx\ty\tz\n"


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nArtist;Album;Track;Date\nA;B;Song;01 Mar 2024 10:00\n",
        "Exported by a program\n\nArtist,Album,Track,Date\nA,B,Song,01 Mar 2024 10:00\n",
        'Artist, Album, Track, Date\nA, B, Song, "01 Mar 2024, 10:00"\n',
        "Künstler;Album;Titel;Datum\nA;B;Song;01.03.2024 10:00\n",
        "Artiste;Titre;Album;Date\nA;Song;B;01.03.2024 10:00\n",
        f"{SECOND}\tSong\tA\tB{MORE}{SECOND + 300}\tOther\tA\tB{MORE}",
        '"A","Song","B","2024-03-01 10:00:00","Album artist","120"\n',
        "A,B,Song,March 01, 2024 at 10:00AM\n".replace("March 01, 2024 at 10:00AM", '"March 01, 2024 at 10:00AM"'),
        f"A,B,Song,{SECOND}\nA,B,20240101120000,{SECOND + 9}\nA,B,1709287200123,{SECOND + 99}\n",
        f"ISO time\tunixtime\ttrack name\tartist name\talbum name\n2024-03-01T10:00\t{SECOND}\tSong\tA\tB\n",
        f"timeMs|artist|track|album|event\n{SECOND}000|A|Song|B|scrobble\n{SECOND}000|A|Other|B|love\n",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_first_play_of_any_table(tmp_path: Path, text: str, ending: str) -> None:
    play = import_text(tmp_path, "table.csv", text.replace("\n", ending))[0]
    assert (play["artist"], play["release"], play["title"], play["played_at"]) == ("A", "B", "Song", AT_TEN)


@pytest.mark.parametrize(
    ("text", "milliseconds", "isrc"),
    [
        (
            "Song Title,Artist,ISRC,Album Title,Listening Time,Platform Name,Date\n"
            "Song,A,USBN25700001,B,200,web,2024-03-01 10:00:00\n",
            200_000,
            "USBN25700001",
        ),
        (
            "artist_name,track_title,entry_date,stream_duration_ms,country\nA,Song,2024-03-01 10:00:00,4000,SI\n",
            4_000,
            None,
        ),
        ("artist,track,date,ms_played\nA,Song,2024-03-01 10:00:00,long\n", None, None),
    ],
)
def test_how_long_a_song_was_listened_to_is_kept(
    tmp_path: Path, text: str, milliseconds: int | None, isrc: str | None
) -> None:
    (play,) = import_text(tmp_path, "streaming.csv", text)
    assert (play["title"], play.get("ms_played"), play.get("isrc")) == ("Song", milliseconds, isrc)


def test_a_table_whose_columns_cannot_be_told_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "log.txt", f"A\tB\tSong\t5\t231\tS\t{SECOND}\t\n")
    assert main([str(file), "--region", "GB", "--dry-run"]) == 1
    assert "rows with column0" in capsys.readouterr().err


def test_xml_of_last_fm_is_read(tmp_path: Path) -> None:
    tracks = "".join(
        f'<track><artist mbid="">A</artist><name>Song {n}</name><album mbid="">B</album>'
        f'<date uts="{SECOND + n}">01 Mar 2024, 10:00</date></track>'
        for n in range(2_000)
    )
    playing = '<track nowplaying="true"><artist mbid="">A</artist><name>Now</name></track>'
    page = f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<lfm status="ok"><recenttracks>{playing}{tracks}'
    plays = import_text(tmp_path, "recenttracks.xml", f"{page}</recenttracks></lfm>")
    assert [play["title"] for play in plays] == [f"Song {n}" for n in range(2_000)]
    assert (plays[0]["artist"], plays[0]["release"], plays[0]["played_at"]) == ("A", "B", AT_TEN)
    assert import_text(tmp_path, "cut.xml", page) == plays
