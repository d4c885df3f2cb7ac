"""The command around the formats: what is written, what is said, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clients.importers.__main__ import main
from clients.importers.sources.json_text import CHUNK
from ingest.app import create_app
from tests.clients.importers.imports import SECOND, import_file, import_text, write
from tests.clients.servers import free_port, serving
from tests.ingest.builders import LOCAL_KEY, ingest_settings
from tests.ingest.publishers import MemoryPublisher

ROW = {"timeMs": SECOND * 1_000, "track": "Song", "artist": "A"}


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([*map(str, arguments)]) == 1
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "seen"),
    [
        ("x.json", "{", "x.json: the file ends in the middle of a value after line 1"),
        ("x.json", "[1,", "rows such as 1"),
        ("x.json", '{"country": "SE", "email": "x"}', "rows with country, email"),
        ("x.json", "", "no rows"),
        ("x.csv", "one,two\nthree,four\n", "rows with one, two"),
        ("x.csv", "uts,artist,track\n", "no rows behind the first line: uts, artist, track"),
        ("x.html", "<html>", "HTML is not read; ask the service for JSON"),
        ("x.html", "<!DOCTYPE html>", "HTML is not read"),
        ("x.xml", "<plist><dict></dict></plist>", "XML without track elements"),
        ("x.xml", "<lfm><recenttracks><track>", "the file is no XML, or ends in the middle of it"),
        ("x.json", "[" * 100_000, "the file is no JSON"),
        ("x.json", "[" + "x" * 3_000_000, "the file is no JSON"),
        ("x.csv", b"%PDF-1.7\n", "it is a PDF"),
        ("x.json", bytes(range(256)) * 8, "it is no text file"),
        ("x.csv", b"x" * 257 + b"ustar\x00", "it is a tar archive; unpack it"),
        ("x.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "x.csv was not read: it is a picture"),
    ],
)
def test_a_file_in_no_known_format_is_an_error_that_says_what_it_holds(
    tmp_path: Path, name: str, content: str | bytes, seen: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plays.jsonl"
    out.write_text("plays of before")
    error = refused(capsys, write(tmp_path, name, content), "--region", "GB", "--out", out)
    assert error.startswith("no plays could be made: ")
    assert seen in error
    assert out.read_text() == "plays of before"


def test_a_path_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing.json" in refused(capsys, tmp_path / "nothing.json")


def test_another_format_than_the_named_one_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "pano.jsonl", json.dumps(ROW))
    assert "holds nothing of spotify" in refused(capsys, file, "--format", "spotify", "--region", "GB")


def test_a_format_without_regions_asks_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--region is needed" in refused(capsys, write(tmp_path, "pano.jsonl", json.dumps(ROW)))
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--region", "Europe"])
    assert "no ISO 3166-1" in capsys.readouterr().err


@pytest.mark.parametrize("broken", [b"\x1f\x8b\x08 no gzip", b"PK\x03\x04 no zip"])
def test_a_broken_file_costs_itself_and_is_named(
    tmp_path: Path, broken: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, "a.jsonl", json.dumps(ROW)).parent
    name = "b.jsonl.gz" if broken.startswith(b"\x1f") else "b.zip"
    write(tmp_path, name, broken)
    assert len(import_file(folder)) == 1
    assert f"{name} was not read" in capsys.readouterr().out


def test_what_stands_before_a_break_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps([ROW | {"track": f"Song {n}"} for n in range(3)], indent=2)
    assert len(import_text(tmp_path, "pano.json", text[: text.index("Song 2")])) == 2
    assert (
        "pano.json was read up to where it is broken: the file ends in the middle of a value" in capsys.readouterr().out
    )


def test_a_document_that_does_not_fit_into_the_window_is_read_whole(tmp_path: Path) -> None:
    rows = [ROW | {"track": f"Song {n}", "album": "x" * (n % 700)} for n in range(1_000)]
    text = json.dumps({"exported": 1, "scrobbles": rows})
    assert len(text) > 4 * CHUNK
    assert [play["title"] for play in import_text(tmp_path, "all.json", text)] == [row["track"] for row in rows]


def test_a_dry_run_writes_nothing_and_shows_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = write(tmp_path, "pano.jsonl", json.dumps(ROW) + "\n{\n"), tmp_path / "plays.jsonl"
    assert main([str(file), "--region", "GB", "--dry-run", "--out", str(out)]) == 0
    report = capsys.readouterr().out
    assert "A – Song, 2024-03-01T10:00:00+00:00, GB" in report
    assert "1 rows skipped: the line is not JSON (first: pano.jsonl 2)" in report
    assert "1 plays would be made" in report
    assert not out.exists()


def test_plays_go_into_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    assert main([str(write(tmp_path, "pano.jsonl", json.dumps(ROW))), "--region", "GB"]) == 0
    assert [file.name for file in (tmp_path / "data" / "imports").iterdir()] == ["pano.plays.jsonl.gz"]


def test_repeats_are_named_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(import_text(tmp_path, "pano.jsonl", f"{json.dumps(ROW)}\n{json.dumps(ROW)}\n")) == 2
    assert "1 of the plays repeat another" in capsys.readouterr().out


def test_post_posts_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher, port = MemoryPublisher(), free_port()
    monkeypatch.setenv("INGEST_KEY", LOCAL_KEY)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with serving(create_app(ingest_settings(tmp_path), publisher), port) as url:
        monkeypatch.setenv("INGEST_URL", url)
        assert main([str(write(tmp_path, "pano.jsonl", json.dumps(ROW))), "--region", "GB", "--post"]) == 0
    assert [play.title for play in publisher.read_back()] == ["Song"]


def test_an_import_without_a_play_leaves_what_was_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plays.jsonl"
    out.write_text("plays of before")
    file = write(tmp_path, "pano.jsonl", json.dumps(ROW | {"timeMs": 5}))
    assert "every row of" in refused(capsys, file, "--region", "GB", "--out", out)
    assert [out.read_text(), *(one.name for one in tmp_path.glob("*.part"))] == ["plays of before"]
