"""Whatever stands where a value belongs, an import ends with a report and never with a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clients.importers.__main__ import main
from tests.clients.importers.imports import SECOND, write
from tests.clients.importers.test_other_formats import LISTEN, alias
from tests.clients.importers.test_spotify import MINUTE, STREAM
from tests.clients.importers.test_youtube import entry

ODD: tuple[object, ...] = (
    *(None, True, 5, -1, 1.5, 1e300, 10**40, "", " ", "x", "\x00", "a\u202eb", "\ud800", [], {}, [None], [5], ["x"]),
    *([[]], [{}], {"a": 1}, {"name": []}, {"uts": {}}, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"),
    *("2024-02-30 10:00", "2024-03-01T25:61:00Z", "1e5", "NaN", "-99999999999999999", "99999999999999999"),
)
ROWS: dict[str, dict[str, Any]] = {
    "extended": STREAM,
    "account": MINUTE,
    "listen": LISTEN,
    "page": {"name": "Song", "artist": {"#text": "A"}, "album": {"#text": "B"}, "date": {"uts": str(SECOND)}},
    "koito": {
        "listened_at": "2024-03-01T10:00:00Z",
        "track": {"mbid": None, "duration": 0, "aliases": alias("Song")},
        "album": {"aliases": alias("R")},
        "artists": [{"aliases": alias("A")}],
    },
    "maloja": {
        "time": SECOND,
        "track": {"artists": ["A"], "title": "Song", "album": {"albumtitle": "R"}, "length": 5},
        "duration": 3,
        "origin": "x",
    },
    "pano": {"timeMs": SECOND * 1_000, "track": "Song", "artist": "A", "event": "scrobble", "durationMs": 5},
    "youtube": entry(0, "Watched Song"),
    "flat": {"title": "Song", "artist": "A", "date": SECOND, "ms_played": 9, "isrc": "USBN25700001", "event": ""},
    "apple": {
        "songname": "Song",
        "artistname": "A",
        "eventtype": "PLAY_END",
        "mediatype": "AUDIO",
        "eventstarttimestamp": "2024-03-01T10:00:00Z",
        "playdurationmilliseconds": "5",
    },
}


def change_each(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The object with each member replaced by each odd value or left out, also inside of its members."""
    for name, member in value.items():
        yield {other: one for other, one in value.items() if other != name}
        yield from (value | {name: odd} for odd in ODD)
        if isinstance(member, dict):
            yield from (value | {name: changed} for changed in change_each(member))
        if isinstance(member, list) and member and isinstance(member[0], dict):
            yield from (value | {name: [changed]} for changed in change_each(member[0]))


@pytest.mark.parametrize("kind", ROWS)
def test_odd_values_cost_a_field_or_the_row(tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    good = ROWS[kind]
    rows = [good, *change_each(good), good]
    file = write(tmp_path, "rows.json", json.dumps(rows))
    assert main([str(file), "--region", "GB", "--zone", "Europe/Paris", "--out", str(tmp_path / "plays.jsonl")]) == 0
    report = capsys.readouterr().out
    assert "rows.json was " not in report
    written = (tmp_path / "plays.jsonl").read_text().count("\n")
    skipped = sum(int(line.split()[0]) for line in report.splitlines() if " rows skipped: " in line)
    # An empty list of tracks is a page without rows.
    assert written + skipped == sum(row.get("track") != [] for row in rows)


@pytest.mark.parametrize("odd", ["0001-01-01 00:00", "9999-12-31 23:59", "99999999999999", "x", "", "1e9", "\x00"])
def test_an_odd_time_in_a_table_or_a_log_costs_the_row(tmp_path: Path, odd: str) -> None:
    log = "#AUDIOSCROBBLER/1.1\n#TZ/UNKNOWN\n" + "".join(
        f"A\tB\tSong\t1\t200\tL\t{second}\t\n" for second in (SECOND, odd)
    )
    table = f"artist,track,date\nA,Song,{SECOND}\nA,Other,{odd}\n"
    for name, text in (("x.log", log), ("x.csv", table)):
        out = tmp_path / f"{name}.jsonl"
        file = write(tmp_path, name, text)
        assert main([str(file), "--region", "GB", "--zone", "+02:00", "--out", str(out)]) == 0
        assert out.read_text().count("\n") == 1
