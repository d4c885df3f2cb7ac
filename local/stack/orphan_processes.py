"""Finds the processes of one data folder, also those whose supervisor is gone, and ends them.

Every process of a stack carries its data folder in the environment. Postgres overwrites that area
to show its title, so a process that works inside the data folder counts too.
"""

import os
import signal
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

DATA_DIR_MARKER = "TOP_SONGS_DATA_DIR"
PART_MARKER = "TOP_SONGS_PART"


def processes_of(data_dir: Path, part: str | None = None) -> list[psutil.Process]:
    """Returns the processes of the stack in `data_dir`, or of one part; never the caller or its parents."""
    own = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    others = (process for process in psutil.process_iter() if process.pid not in own)
    return [process for process in others if _belongs(process, data_dir, part)]


def end_processes(processes: Sequence[psutil.Process], patience_seconds: float = 10) -> None:
    """Asks the processes to end, and kills those that are still there when the patience is over."""
    if patience_seconds:
        _signal(processes, signal.SIGTERM)
        processes = still_there(processes, patience_seconds)
    _signal(processes, signal.SIGKILL)
    still_there(processes, 10)


def still_there(processes: Sequence[psutil.Process], patience_seconds: float) -> list[psutil.Process]:
    """Waits until the processes have ended, and returns those that had not when patience was over.

    One that has ended but whose parent has not asked for its exit status counts as ended.
    """
    deadline = time.monotonic() + patience_seconds
    while (alive := [one for one in processes if _is_alive(one)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return alive


def _belongs(process: psutil.Process, data_dir: Path, part: str | None) -> bool:
    try:
        environment = process.environ()
        if environment.get(DATA_DIR_MARKER) == str(data_dir):
            return part is None or environment.get(PART_MARKER) == part
        return part in (None, "postgres") and Path(process.cwd()) == data_dir / "postgres"
    except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
        return False


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _signal(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
