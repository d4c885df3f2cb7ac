"""Builds the MinIO server from its Go module: the last state of it that is open source.

Set-up runs this before the environment exists, so it needs the standard library alone.
"""

import logging
import mmap
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from local.setup.downloads import cache_folder, minio_binary
from local.setup.progress import Counted, run_with_progress
from local.setup.wheel_tools import install_tool

MODULE = "github.com/minio/minio"
VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
OLDEST_GO = (1, 24)
# How many modules and packages this version has; progress alone depends on them.
MODULES, PACKAGES = 242, 1_300
# Go downloads as many modules at once as it may use processors.
DOWNLOADS_AT_ONCE = {"GOMAXPROCS": "32"}
# Nobody debugs this server, so its compiler and linker write no DWARF.
COMPILER_FLAGS = "-gcflags=all=-dwarf=false"
LINKER_FLAGS = "-ldflags=-s -w"


def build_minio(cache: Path) -> bool:
    """Builds the pinned server unless it is there; tells whether it did."""
    binary = minio_binary(cache)
    if binary.exists() and _is_pinned(binary):
        return False
    unfinished = cache / "bin" / f"unfinished-{os.getpid()}"
    go, variables, module = find_go(cache), _go_environment(cache, unfinished), f"{MODULE}@{VERSION}"
    run_with_progress(
        "fetching the sources of the server",
        # With -n it prints what it would do, and downloads what it needs to know that.
        [go, "install", "-n", module],
        Counted(_is_download, "modules", MODULES),
        variables | DOWNLOADS_AT_ONCE,
    )
    run_with_progress(
        "building the server",
        [go, "install", "-v", COMPILER_FLAGS, LINKER_FLAGS, module],
        Counted(_is_package, "packages", PACKAGES),
        variables,
    )
    (unfinished / "minio").replace(binary)
    unfinished.rmdir()
    # Sources and objects take 2 GB, and nothing else is built from them.
    for folder in ("go", "go-build"):
        shutil.rmtree(cache / folder, ignore_errors=True)
    return True


def find_go(cache: Path) -> str:
    """Returns the machine's Go when it is new enough, else that of the group `go`."""
    on_path = shutil.which("go")
    if on_path and _go_version(on_path) >= OLDEST_GO:
        return on_path
    return str(install_tool(cache, "go", "go"))


def _go_environment(cache: Path, target: Path) -> dict[str, str]:
    return os.environ | {
        "GOBIN": str(target),
        "GOPATH": str(cache / "go"),
        "GOCACHE": str(cache / "go-build"),
        # Without it the module cache could not be removed with `rm -r`.
        "GOFLAGS": "-modcacherw",
        "CGO_ENABLED": "0",
        # Collecting garbage less often needs more memory and fewer processor seconds.
        "GOGC": "400",
    }


def _go_version(go: str) -> tuple[int, int]:
    shown = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=False)
    found = re.match(r"go(\d+)\.(\d+)", shown.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _is_pinned(binary: Path) -> bool:
    # A Go program carries the version of its main module.
    with binary.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(VERSION.encode()) >= 0


def _is_download(line: str) -> bool:
    return line.startswith("go: downloading ")


def _is_package(line: str) -> bool:
    return not line.startswith("go: ")


def main() -> None:
    """Build what is missing."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    build_minio(cache_folder())


if __name__ == "__main__":
    main()
