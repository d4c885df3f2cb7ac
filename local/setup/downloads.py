"""Where `make setup` keeps what it downloads and builds, outside of the checkout.

Set-up runs this before the environment exists, so it needs the standard library alone.
"""

import os
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_CACHE = Path.home() / ".cache" / "top-songs"
IVY_FILES = {
    "kafka": ROOT / "local" / "setup" / "kafka-ivy.xml",
    "lake": ROOT / "streaming" / "ivy.xml",
    "postgres": ROOT / "local" / "setup" / "postgres-ivy.xml",
}

COMPILED_FILES = {"lake": ROOT / "streaming" / "NearLogStore.java"}


def cache_folder() -> Path:
    """Return the cache that TOP_SONGS_CACHE names, or the usual one."""
    return Path(os.environ.get("TOP_SONGS_CACHE") or DEFAULT_CACHE)


def jar_folder(name: str, cache: Path) -> Path:
    """Returns the folder of a set of jars; it belongs to one state of the files that say what is in it."""
    files = [IVY_FILES[name], *([COMPILED_FILES[name]] if name in COMPILED_FILES else [])]
    digest = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]
    return cache / "jars" / f"{name}-{digest}"


def minio_binary(cache: Path) -> Path:
    """Returns the path of the MinIO server that `make setup` built."""
    return cache / "bin" / "minio"
