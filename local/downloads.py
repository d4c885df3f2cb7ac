"""Where `make setup` keeps what it downloads and builds, outside of the checkout."""

from hashlib import sha256
from pathlib import Path

from local.environment import ROOT

IVY_FILES = {"kafka": ROOT / "local" / "kafka-ivy.xml", "lake": ROOT / "streaming" / "ivy.xml"}


def jar_folder(name: str, cache: Path) -> Path:
    """Returns the folder of a set of jars; it belongs to one state of the file that lists them."""
    digest = sha256(IVY_FILES[name].read_bytes()).hexdigest()[:12]
    return cache / "jars" / f"{name}-{digest}"


def minio_binary(cache: Path) -> Path:
    """Returns the path of the MinIO server that `make setup` built."""
    return cache / "bin" / "minio"
