"""Exports of ListenBrainz and of other scrobblers and services."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clients.importers.__main__ import main
from tests.clients.importers.imports import AT_TEN, SECOND, import_file, import_text, write

MBID = "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"
LISTEN: dict[str, Any] = {
    "listened_at": SECOND,
    "track_metadata": {
        "artist_name": "John Coltrane",
        "track_name": "Blue Train",
        "release_name": "Blue Train",
        "additional_info": {"duration": 643, "recording_mbid": ""},
        "mbid_mapping": {"recording_mbid": MBID},
    },
}


def listen(info: object, **changes: object) -> dict[str, Any]:
    return {**LISTEN, "track_metadata": {**LISTEN["track_metadata"], "additional_info": info}, **changes}


@pytest.mark.parametrize("form", ["lines", "list", "gzip", "zip", "mac", "folder", "year"])
def test_listens_are_read_in_every_form(tmp_path: Path, form: str) -> None:
    lines = f"{json.dumps(LISTEN)}\n\n{json.dumps(LISTEN)}\n"
    contents: dict[str, tuple[str, bytes]] = {
        "lines": ("mine.jsonl", lines.encode()),
        "list": ("listens.json", json.dumps([LISTEN, LISTEN]).encode()),
        "gzip": ("mine.jsonl.gz", gzip.compress(lines.encode())),
        "folder": ("listens/2024/3.jsonl", lines.encode()),
        "year": ("2024/3.jsonl", lines.encode()),
    }
    if form in contents:
        name, content = contents[form]
        file = write(tmp_path, name, content)
        file = file.parents[1] if form == "folder" else file.parent if form == "year" else file
    else:
        file = tmp_path / "all.zip"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("listens/2024/3.jsonl", lines)
            archive.writestr("user.json", "{}")
            if form == "mac":
                archive.writestr("__MACOSX/listens/2024/._3.jsonl", b"\x00\x05\x16\xb0")
    play, again = import_file(file)
    assert play == again
    assert (play["recording_mbid"], play["duration_ms"], play["region"]) == (MBID, 643_000, "GB")
    assert play["played_at"] == AT_TEN


@pytest.mark.parametrize(
    ("item", "field", "value"),
    [
        (listen({"duration_ms": "245000"}), "duration_ms", 245_000),
        (listen({"duration_ms": 245_000.0}), "duration_ms", 245_000),
        (listen({"duration_ms": -1}), "duration_ms", None),
        (listen({"duration_ms": True}), "duration_ms", None),
        (listen({"duration_ms": 90_000_000}), "duration_ms", None),
        (listen({"duration": "245.6"}), "duration_ms", 245_600),
        (listen({"duration_played": -3}), "ms_played", None),
        (listen([]), "duration_ms", None),
        (listen({"recording_mbid": "None"}), "recording_mbid", MBID),
        (listen({"isrc": "us-bn2-57-00001"}), "isrc", "USBN25700001"),
        (listen({"submission_client": "player"}), "client", {"name": "player"}),
        (listen({"region": "FR"}), "region", "FR"),
        (listen({"region": "Europe"}), "region", "GB"),
        (listen({}, listened_at=SECOND + 0.75), "played_at", AT_TEN),
        (listen({}, listened_at=f"{SECOND}.000000"), "played_at", AT_TEN),
    ],
)
def test_a_listen_is_read_as_the_endpoint_reads_it(tmp_path: Path, item: object, field: str, value: object) -> None:
    (play,) = import_text(tmp_path, "listens.jsonl", json.dumps(item))
    assert play.get(field) == value


def test_a_broken_line_is_named_and_costs_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = json.dumps(LISTEN)
    assert len(import_text(tmp_path, "l.jsonl", f'{good}\n{{"listened_at": 17\n{good}\n')) == 2
    assert "1 rows skipped: the line is not JSON (first: l.jsonl 2)" in capsys.readouterr().out


def alias(text: str) -> list[dict[str, object]]:
    return [{"alias": text.upper(), "is_primary": False}, {"alias": text, "is_primary": True}]


OTHERS: dict[str, tuple[str, str]] = {
    "maloja": (
        "maloja_export.json",
        json.dumps(
            {
                "maloja": {"export_time": 1},
                "scrobbles": [
                    {"time": SECOND, "track": {"artists": ["A", "B"], "title": "Song", "album": {"albumtitle": "R"}}}
                ],
            }
        ),
    ),
    "maloja 2": ("m.json", json.dumps({"scrobbles": [{"time": SECOND, "artists": ["A", "B"], "title": "Song"}]})),
    "koito": (
        "koito_export.json",
        json.dumps(
            {
                "version": "1",
                "user": "anna",
                "listens": [
                    {
                        "listened_at": "2024-03-01T10:00:00Z",
                        "track": {"mbid": None, "duration": 0, "aliases": alias("Song")},
                        "album": {"aliases": alias("R")},
                        "artists": [{"aliases": alias("A")}, {"aliases": alias("B")}],
                    }
                ],
            }
        ),
    ),
    "pano": (
        "pano.jsonl",
        json.dumps({"timeMs": SECOND * 1_000, "track": "Song", "artist": "A, B", "event": "scrobble"}),
    ),
    "youtube": (
        "watch-history.json",
        json.dumps(
            [
                {"header": "YouTube", "title": "Watched Cats", "time": "2024-03-01T10:00:00.000Z"},
                {
                    "header": "YouTube Music",
                    "title": "Watched Song",
                    "subtitles": [{"name": "A, B - Topic"}],
                    "time": "2024-03-01T10:00:00.123Z",
                },
            ]
        ),
    ),
    "apple": (
        "Apple Music Play Activity.csv",
        "Song Name,Album Name,Artist Name,Event Type,Event Start Timestamp\n"
        'Song,R,"A, B",PLAY_END,2024-03-01T10:00:00Z\n'
        'Song,R,"A, B",LYRIC_DISPLAY,2024-03-01T10:00:09Z\n',
    ),
    "log": (
        ".scrobbler.log",
        "#AUDIOSCROBBLER/1.1\n#TZ/UTC\n#CLIENT/Player 1\n"
        f"A, B\tR\tSong\t5\t231\tL\t{SECOND}\t\nX\tY\tZ\t6\t200\tS\t{SECOND}\t\n",
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_exports_of_other_programs_are_recognised(tmp_path: Path, kind: str) -> None:
    name, text = OTHERS[kind]
    (play,) = import_text(tmp_path, name, text)
    assert (play["title"], play["artist"], play["played_at"][:19]) == ("Song", "A, B", AT_TEN[:19])


def test_a_log_of_local_times_needs_its_zone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "x.scrobbler.log", OTHERS["log"][1].replace("#TZ/UTC", "#TZ/UNKNOWN"))
    assert main([str(file), "--region", "GB", "--out", str(tmp_path / "out")]) == 1
    assert "say it with --zone" in capsys.readouterr().out
    (play,) = import_file(file, "--zone", "Europe/Ljubljana")
    assert play["played_at"] == "2024-03-01T09:00:00+00:00"
