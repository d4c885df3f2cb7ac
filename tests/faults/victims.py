"""The processes that the proofs kill, and when each part is back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import psutil

from local.settings import LocalSettings
from local.stack.parts import parts_named
from local.stack.starting import is_ready
from local.stack.supervisor import Supervisor
from local.stack.waiting import NotReadyError, wait_until

DEADLINE_SECONDS: Final = 240


@dataclass(frozen=True)
class Victim:
    """A process of a part: the one supervisord started, or what ``find`` makes of that."""

    name: str
    part: str
    find: Callable[[psutil.Process], psutil.Process] = lambda process: process

    def kill(self, settings: LocalSettings) -> psutil.Process:
        """Kill it as ``kill -9`` does; returns the process that supervisord knew."""
        started = psutil.Process(_process_id(settings, self.part))
        victim = self.find(started)
        victim.kill()
        return started

    def wait_until_back(self, settings: LocalSettings, former: psutil.Process) -> float:
        """Wait until another process does the part's work; returns the seconds that took."""
        (part,) = parts_named([self.part])

        def ask() -> None:
            if _process_id(settings, self.part) in (0, former.pid):
                raise NotReadyError("not started again")
            is_ready(settings, Supervisor(settings.data_dir), part)

        return wait_until(self.part, ask, DEADLINE_SECONDS, 0.2)


def _process_id(settings: LocalSettings, part: str) -> int:
    return int(Supervisor(settings.data_dir).processes()[part]["pid"])


def _java_of(process: psutil.Process) -> psutil.Process:
    (java,) = (child for child in process.children(recursive=True) if child.name() == "java")
    return java


def _flow_of(worker: psutil.Process) -> psutil.Process:
    """The process of a run of settle_charts: the eldest flow that the worker started; waits for the next run."""
    found: list[psutil.Process] = []

    def find() -> None:
        found[:] = [child for child in worker.children(recursive=True) if "prefect.engine" in child.cmdline()]
        if not found:
            raise NotReadyError("no flow is running")

    wait_until("a run of settle_charts", find, DEADLINE_SECONDS, 0.2)
    return min(found, key=psutil.Process.create_time)


LAKE_DRIVER: Final = Victim("lake driver", "lake-driver")
LAKE_JVM: Final = Victim("lake driver's JVM", "lake-driver", _java_of)
INGEST: Final = Victim("ingest", "ingest")
BROKER: Final = Victim("broker", "kafka")
FLOW: Final = Victim("flow", "prefect-worker", _flow_of)
