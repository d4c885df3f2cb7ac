"""Seconds and memory of an import of 100,000 rows, in every format: the command that `make import` runs.

The ratio is the largest memory, in MB, by the 150 MB that an import may take.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from benchmarks.import_load.exports import EXPORTS
from local.environment import ROOT

ROWS: Final = 100_000
MEGABYTES: Final = 150
OPTIONS: Final = ("--region", "GB", "--listener", "anna")


def measure() -> dict[str, Any]:
    """The slowest format's seconds and the largest memory."""
    measured = {name: _import(name) for name in EXPORTS}
    for name, (plays, seconds, megabytes) in measured.items():
        print(f"{name}: {plays:,} of {ROWS:,} rows in {seconds:.1f} s with {megabytes:.0f} MB", flush=True)
    largest = max(megabytes for _, _, megabytes in measured.values())
    all_taken = all(plays == ROWS for plays, _, _ in measured.values())
    return {
        "name": "import_100000_rows", "ratio": round(largest / MEGABYTES, 2), "goal": 1, "formats": len(measured),
        "slowest_seconds": round(max(seconds for _, seconds, _ in measured.values()), 1),
        "largest_megabytes": round(largest), "holds": all_taken and largest <= MEGABYTES,
    }  # fmt: skip


def _import(name: str) -> tuple[int, float, float]:
    """Plays, seconds and megabytes of one format's import."""
    file_name, write = EXPORTS[name]
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, file_name), Path(folder, "plays.jsonl")
        write(file, ROWS)
        command = [sys.executable, "-m", "clients.importers", str(file), *OPTIONS, "--out", str(out)]
        begun = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        if process.returncode:
            raise RuntimeError(f"the import of {name} ended with {process.returncode}")
        with out.open("rb") as lines:
            plays = sum(1 for _ in lines)
        return plays, seconds, _megabytes(used)


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024
