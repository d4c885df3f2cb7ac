"""Zips in zips, broken zips, and whatever else stands in a folder."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from clients.importers.__main__ import main
from tests.clients.importers.imports import import_file, write

TABLE = "A,B,Song,01 Mar 2024 10:00\n"


def pack(members: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refused(capsys: pytest.CaptureFixture[str], file: Path) -> str:
    assert main([str(file), "--region", "GB", "--dry-run"]) == 1
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Takeout.zip", pack({"in.zip": pack({"folder/History.CSV": TABLE})})),
        ("EXPORT.ZIP", pack({"table.csv": TABLE})),
        ("export.bin", pack({"table.csv": TABLE})),
        ("export.zip", pack({"a.json": "", "b.csv": "", "c.zip": b"", "table.csv": TABLE, "photo.jpg": b"\xff"})),
        ("table.csv", gzip.compress(TABLE.encode())),
        ("export.zip", pack({"table.csv.gz": gzip.compress(TABLE.encode())})),
    ],
)
@pytest.mark.parametrize("in_folder", [False, True])
def test_an_archive_is_read_whatever_it_is_called(
    tmp_path: Path, name: str, content: bytes, in_folder: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, name, content)
    # In a folder only names of text files and zips are read.
    (play,) = import_file(file.parent if in_folder and name != "export.bin" else file)
    assert play["title"] == "Song"


def test_a_zip_in_too_many_others_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = pack({"table.csv": TABLE})
    for _ in range(4):
        content = pack({"in.zip": content})
    assert "it is a zip in too many others" in refused(capsys, write(tmp_path, "a.zip", content))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cut.zip", pack({"table.csv": TABLE * 99})[:60], "it is a zip that is cut off or damaged"),
        ("empty.zip", b"", "it is a zip that is cut off or damaged"),
        ("history.xlsx", pack({"xl/workbook.xml": "<x/>"}), "it is a spreadsheet; save its sheet as CSV"),
        ("history.ods", pack({"content.xml": "<x/>"}), "it is a spreadsheet; save its sheet as CSV"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(
    tmp_path: Path, name: str, content: bytes, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, name, content)
    assert f"{name} was not read: {reason}" in refused(capsys, file)
    write(tmp_path, "table.csv", TABLE)
    assert len(import_file(file.parent)) == 1
    assert f"{name} was not read: {reason}" in capsys.readouterr().out


def test_a_member_whose_bytes_are_spoilt_costs_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "".join(f"A,B,Song {n},01 Mar 2024 10:00\n" for n in range(9_000))
    packed = bytearray(pack({"a.csv": lines, "b.csv": TABLE}))
    packed[2_000:2_200] = b"\xff" * 200
    plays = import_file(write(tmp_path, "spoilt.zip", bytes(packed)))
    assert plays[-1]["title"] == "Song"
    assert "a.csv was " in capsys.readouterr().out


def test_links_in_circles_and_pipes_are_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, "table.csv", TABLE).parent
    (folder / "self").symlink_to(folder)
    (folder / "loop.json").symlink_to(folder / "loop.json")
    (folder / "gone.json").symlink_to(folder / "nothing.json")
    os.mkfifo(folder / "pipe.json")
    assert len(import_file(folder)) == 1
    for name, reason in (("loop.json", "symbolic links"), ("pipe.json", "neither a file nor a folder")):
        assert reason in refused(capsys, folder / name)
