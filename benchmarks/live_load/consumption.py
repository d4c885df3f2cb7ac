"""What a running stack takes: processor seconds of every part, memory of the lake driver, bytes on disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from local.stack.orphan_processes import PART_MARKER, processes_of

DRIVER: Final = "lake-driver"


@dataclass(frozen=True)
class Consumption:
    """Processor seconds by part since the start, memory in bytes now, bytes of the lake and of Kafka's messages."""

    seconds: Mapping[str, float]
    driver_memory: int
    lake_bytes: int
    kafka_bytes: int

    def cores_since(self, before: Consumption, elapsed: float) -> dict[str, float]:
        """Return the cores that each part took since another reading, most first."""
        used = {part: seconds - before.seconds.get(part, 0.0) for part, seconds in self.seconds.items()}
        return {part: round(used[part] / elapsed, 3) for part in sorted(used, key=lambda part: -used[part])}


def read_consumption(data_dir: Path) -> Consumption:
    """Read it from the operating system; children that have ended count for the process that awaited them."""
    seconds: defaultdict[str, float] = defaultdict(float)
    memory = 0
    for process in processes_of(data_dir):
        with suppress(psutil.NoSuchProcess):
            part, times = _part_of(process), process.cpu_times()
            seconds[part] += times.user + times.system + times.children_user + times.children_system
            memory += process.memory_info().rss if part == DRIVER else 0
    return Consumption(seconds, memory, _sum_files(data_dir / "minio"), _sum_files(data_dir / "kafka", "*.log"))


def _part_of(process: psutil.Process) -> str:
    return process.environ().get(PART_MARKER, "postgres")


def _sum_files(folder: Path, names: str = "*") -> int:
    return sum(file.stat().st_size for file in folder.rglob(names) if file.is_file())
