"""Fetches jars from Maven Central with the Ivy that the pyspark wheel carries."""

import logging
import os
import shutil
import sys
from pathlib import Path

import pyspark

from local.servers.postgres_binaries import architecture, unpack
from local.setup.checksums import check_jars
from local.setup.downloads import COMPILED_FILES, IVY_FILES, cache_folder, jar_folder
from local.setup.java import find_java
from local.setup.progress import Counted, run_with_progress
from streaming.log_store import compile_log_store

# The classifier keeps jars of one module and version apart.
PATTERN = "[artifact]-[revision](-[classifier]).[ext]"


def fetch_jars(name: str, cache: Path) -> bool:
    """Fetches the jars of one Ivy file unless they are there; tells whether it did.

    The folder appears under its name only when it is complete and every jar is the one that this version names.
    """
    folder = jar_folder(name, cache)
    if folder.exists():
        return False
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    run_with_progress(
        f"fetching the jars of {name}",
        _command(name, cache, unfinished),
        Counted(_is_step, "files found or fetched"),
    )
    check_jars(unfinished, IVY_FILES[name].with_suffix(".sha256"))
    if name in COMPILED_FILES:
        compile_log_store(str(find_java()), unfinished)
    if name == "postgres":
        unpack(unfinished)
    unfinished.rename(folder)
    return True


def _command(name: str, cache: Path, folder: Path) -> list[str]:
    (ivy,) = (Path(pyspark.__file__).parent / "jars").glob("ivy-*.jar")
    # Java does not look at HOME, so Ivy is told where its cache is.
    return [
        str(find_java()), f"-Darchitecture={architecture()}", "-jar", str(ivy),
        "-cache", str(cache / "ivy"),
        "-ivy", str(IVY_FILES[name]),
        "-types", "jar", "bundle",
        "-retrieve", str(folder / PATTERN),
    ]  # fmt: skip


def _is_step(line: str) -> bool:
    return line.lstrip().startswith(("found ", "downloading "))


def main() -> None:
    """Fetch what is missing, one set after the other: they share files, and Ivy its cache."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    for name in IVY_FILES:
        fetch_jars(name, cache_folder())


if __name__ == "__main__":
    main()
