"""Nobody else on the machine reads the data folder or holds the lock of the key file."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest.access.key_file import add_key
from local.environment import ROOT
from local.stack.supervisor import Supervisor, start_supervisord

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
BEGIN = (
    "from local.servers.part import begin_step; from local.settings import PartSettings; "
    "begin_step('x', PartSettings).data_dir"
)

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs commands as another user")


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A data folder from an earlier version: open to all, in a place that all may enter."""
    with tempfile.TemporaryDirectory(prefix="top-songs-open-") as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "data"
        folder.mkdir()
        folder.chmod(0o755)
        (folder / "old").write_text("secret")
        (folder / "old").chmod(0o644)
        yield folder


def begin_part(data_dir: Path) -> None:
    """Begins a part as its wrapper does, and lets it write a file."""
    script = f"{BEGIN}.joinpath('new').write_text('secret')"
    environment = {**os.environ, "DATA_DIR": str(data_dir), "TOP_SONGS_ENV": str(data_dir / "no-env")}
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True)


def as_nobody(*command: str | Path) -> int:
    words: Sequence[str] = [*NOBODY, *map(str, command)]
    return subprocess.run(words, cwd="/", capture_output=True, check=False).returncode


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_part_closes_the_folder_and_what_it_writes(data_dir: Path) -> None:
    begin_part(data_dir)
    assert mode(data_dir) == 0o700
    assert mode(data_dir / "new") == 0o600


def test_supervisord_and_its_logs_are_closed(data_dir: Path) -> None:
    before = os.umask(0o022)
    try:
        start_supervisord(data_dir)
        Supervisor(data_dir).shut_down()
    finally:
        os.umask(before)
    assert mode(data_dir) == 0o700
    assert mode(data_dir / "logs" / "supervisord.log") == 0o600


@as_root
def test_another_user_reads_neither_old_nor_new_files(data_dir: Path) -> None:
    assert as_nobody("cat", data_dir / "old") == 0
    begin_part(data_dir)
    for name in ("old", "new"):
        assert as_nobody("cat", data_dir / name) != 0
    assert as_nobody("ls", data_dir) != 0


@as_root
def test_another_user_cannot_hold_the_lock_of_the_key_file(data_dir: Path) -> None:
    lock = data_dir / "ingest_keys.lock"
    lock.touch()
    lock.chmod(0o644)
    assert as_nobody("flock", "--nonblock", lock, "true") == 0
    add_key(data_dir / "ingest_keys.json", "phone")
    assert as_nobody("flock", "--nonblock", lock, "true") != 0
