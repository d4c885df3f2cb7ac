"""Writes exports of invented songs: one song every four minutes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

FIRST: Final = datetime(2020, 1, 1, tzinfo=UTC)
STEP: Final = timedelta(minutes=4)
LENGTH_MS: Final = 200_000
Row = Mapping[str, Any]


def _songs(rows: int) -> Iterator[tuple[str, str, str, datetime]]:
    """Title, artist, album and start."""
    for number in range(rows):
        artist = number % 997
        yield f"Títle {number % 9_973}", f"Artist {artist}", f"Album {artist % 89}", FIRST + number * STEP


def _write_json(file: Path, rows: Iterator[Row], before: str = "[", after: str = "]") -> None:
    with file.open("w", encoding="utf-8") as text:
        text.write(before)
        for number, row in enumerate(rows):
            text.write(("," if number else "") + json.dumps(row))
        text.write(after)


def _write_lines(file: Path, rows: Iterator[Row]) -> None:
    with file.open("w", encoding="utf-8") as text:
        text.writelines(json.dumps(row) + "\n" for row in rows)


def _write_csv(file: Path, rows: Iterator[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        first = next(rows)
        writer = csv.DictWriter(text, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def _extended(rows: int) -> Iterator[Row]:
    for title, artist, album, start in _songs(rows):
        end = start + timedelta(milliseconds=LENGTH_MS)
        yield {
            "ts": f"{end:%Y-%m-%dT%H:%M:%SZ}",
            "platform": "android",
            "ms_played": LENGTH_MS,
            "conn_country": "GB",
            "master_metadata_track_name": title,
            "master_metadata_album_artist_name": artist,
            "master_metadata_album_album_name": album,
            "spotify_track_uri": f"spotify:track:{title}",
            "reason_end": "trackdone",
            "incognito_mode": False,
        }


def _account(rows: int) -> Iterator[Row]:
    for title, artist, _, start in _songs(rows):
        yield {
            "endTime": f"{start:%Y-%m-%d %H:%M}", "artistName": artist, "trackName": title, "msPlayed": LENGTH_MS
        }  # fmt: skip


def _listens(rows: int) -> Iterator[Row]:
    for title, artist, album, start in _songs(rows):
        track = {"track_name": title, "artist_name": artist, "release_name": album}
        info = {"duration_ms": LENGTH_MS, "submission_client": "mpd"}
        yield {"listened_at": int(start.timestamp()), "track_metadata": {**track, "additional_info": info}}


def _pages(rows: int) -> Iterator[Row]:
    for title, artist, album, start in _songs(rows):
        date = {"uts": str(int(start.timestamp()))}
        yield {"name": title, "artist": {"#text": artist}, "album": {"#text": album}, "date": date}


def _table(rows: int) -> Iterator[Row]:
    for title, artist, album, start in _songs(rows):
        yield {"uts": int(start.timestamp()), "artist": artist, "album": album, "track": title}


def _koito(rows: int) -> Iterator[Row]:
    def alias(text: str) -> list[Row]:
        return [{"alias": text, "is_primary": True}]

    for title, artist, album, start in _songs(rows):
        yield {
            "listened_at": start.isoformat(),
            "track": {"duration": 200, "aliases": alias(title)},
            "album": {"aliases": alias(album)},
            "artists": [{"aliases": alias(artist)}],
        }


def _maloja(rows: int) -> Iterator[Row]:
    for title, artist, album, start in _songs(rows):
        track = {"artists": [artist], "title": title, "album": {"albumtitle": album}, "length": 200}
        yield {"time": int(start.timestamp()), "track": track, "duration": 200, "origin": "client:web"}


def _pano(rows: int) -> Iterator[Row]:
    for title, artist, album, start in _songs(rows):
        yield {
            "event": "scrobble", "timeMs": int(start.timestamp() * 1_000), "track": title, "artist": artist,
            "album": album,
        }  # fmt: skip


def _youtube(rows: int) -> Iterator[Row]:
    for title, artist, _, start in _songs(rows):
        channel = [{"name": f"{artist} - Topic"}]
        yield {
            "header": "YouTube Music", "title": f"Watched {title}", "subtitles": channel, "time": start.isoformat()
        }  # fmt: skip


def _apple(rows: int) -> Iterator[Row]:
    for title, artist, album, start in _songs(rows):
        yield {
            "Event Start Timestamp": f"{start:%Y-%m-%dT%H:%M:%SZ}", "Event Type": "PLAY_END", "Song Name": title,
            "Artist Name": artist, "Album Name": album, "Play Duration Milliseconds": LENGTH_MS,
        }  # fmt: skip


def _write_log(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8") as text:
        text.write("#AUDIOSCROBBLER/1.1\n#TZ/UTC\n#CLIENT/Rockbox\n")
        for title, artist, album, start in _songs(rows):
            text.write(f"{artist}\t{album}\t{title}\t1\t200\tL\t{int(start.timestamp())}\t\n")


EXPORTS: Final[Mapping[str, tuple[str, Callable[[Path, int], None]]]] = {
    "Spotify, extended": ("Streaming_History_Audio_2020.json", lambda file, rows: _write_json(file, _extended(rows))),
    "Spotify, account data": ("StreamingHistory_music_0.json", lambda file, rows: _write_json(file, _account(rows))),
    "ListenBrainz": ("listens.jsonl", lambda file, rows: _write_lines(file, _listens(rows))),
    "Last.fm, JSON": ("recenttracks.json", lambda file, rows: _write_json(file, _pages(rows))),
    "Last.fm, CSV": ("scrobbles.csv", lambda file, rows: _write_csv(file, _table(rows))),
    "Koito": ("koito.json", lambda file, rows: _write_json(file, _koito(rows), '{"version": "1", "listens": [', "]}")),
    "Maloja": ("maloja.json", lambda file, rows: _write_json(file, _maloja(rows), '{"scrobbles": [', "]}")),
    "Pano": ("pano.jsonl", lambda file, rows: _write_lines(file, _pano(rows))),
    ".scrobbler.log": (".scrobbler.log", _write_log),
    "YouTube": ("watch-history.json", lambda file, rows: _write_json(file, _youtube(rows))),
    "Apple Music": ("Apple Music Play Activity.csv", lambda file, rows: _write_csv(file, _apple(rows))),
}
"""Each format's name, the file's name, and what writes it."""
