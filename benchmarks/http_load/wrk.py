"""Load from ``wrk``, and what it measured."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

CONNECTIONS: Final = 64
SCRIPT: Final = Path(__file__).with_name("post.lua")
LOAD_CORE: Final = 1


class LoadError(RuntimeError):
    """The run measured nothing that counts: ``wrk`` is missing, or answers were not what they should be."""


@dataclass(frozen=True)
class Load:
    """One run: answers of the wanted status a second, and latencies in milliseconds."""

    requests_per_second: float
    p50: float
    p99: float


def run_wrk(
    url: str,
    bodies: Sequence[bytes],
    key: str,
    status: int,
    seconds: float,
    connections: int = CONNECTIONS,
    rate: float = 0,
) -> Load:
    """Post ``bodies`` in turn for so many seconds, as fast as answers come or at ``rate`` requests a second.

    Raises ``LoadError`` when any answer had another status, or a connection failed.
    """
    if shutil.which("wrk") is None:
        raise LoadError("wrk is needed for this benchmark; on Debian or Ubuntu: apt-get install wrk")
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"\n".join(bodies))
        file.flush()
        pause = connections / rate * 1000 if rate else 0
        script = ["-s", str(SCRIPT), url, "--", file.name, key, str(status), f"{pause:.3f}"]
        load = [
            "taskset",
            "-c",
            str(LOAD_CORE),
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds:g}s",
            "--timeout",
            "20s",
        ]
        done = subprocess.run([*load, *script], capture_output=True, text=True, check=True)
    return _read(json.loads(done.stdout.splitlines()[-1]))


def _read(measured: dict[str, Any]) -> Load:
    if measured["other"] or measured["errors"]:
        raise LoadError(
            f"{measured['other']} other answers and {measured['errors']} errors, the last: {measured['last']}"
        )
    return Load(
        requests_per_second=measured["requests"] / measured["seconds"],
        p50=measured["p50"],
        p99=measured["p99"],
    )
