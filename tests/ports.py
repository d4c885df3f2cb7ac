"""Ports for the servers of tests, also of tests that run in several processes at once."""

import fcntl
import itertools
import random
import tempfile
from pathlib import Path
from typing import IO, Final

from local.stack.ports import is_free

SERVER_PORTS: Final = range(20_000, 32_000)
_RESERVED: Final[list[IO[str]]] = []
"""Locked files, one for each port that this process keeps."""


def free_ports(count: int) -> list[int]:
    """Returns ports of loopback for servers that start at once: all different, and nobody's.

    They lie below those that the kernel gives to outgoing connections, which could take them before
    their server does.
    """
    locks = _lock_ports(count)
    for lock in locks.values():
        lock.close()
    return list(locks)


def reserve_ports(count: int) -> list[int]:
    """Returns the same for servers that may start much later: no other tests get them until this process ends."""
    locks = _lock_ports(count)
    _RESERVED.extend(locks.values())
    return list(locks)


def _lock_ports(count: int) -> dict[int, IO[str]]:
    candidates = random.SystemRandom().sample(SERVER_PORTS, len(SERVER_PORTS))
    locked = ((port, lock) for port in candidates if is_free(port) and (lock := _lock(port)))
    return dict(itertools.islice(locked, count))


def _lock(port: int) -> IO[str] | None:
    folder = Path(tempfile.gettempdir(), "top-songs-test-ports")
    folder.mkdir(exist_ok=True)
    file = (folder / str(port)).open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
