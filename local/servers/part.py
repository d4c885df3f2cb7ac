"""How every wrapper turns into the server it wraps: settings read, marked, tied to its parent, then exec."""

import ctypes
import logging
import os
import signal
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeVar

from local.environment import load_environment
from local.service_variables import for_service
from local.settings import LocalSettings, PartSettings
from local.stack.data_folder import close_data_folder
from local.stack.orphan_processes import DATA_DIR_MARKER, PART_MARKER, end_processes, processes_of

SET_PARENT_DEATH_SIGNAL = 1
Settings = TypeVar("Settings", bound=PartSettings)
log = logging.getLogger("local")


def begin(part: str) -> LocalSettings:
    """Prepares this process to become `part`: loads `.env`, marks itself, and ends an older copy.

    An older copy is what a killed supervisor, or a killed parent process of the part, left behind:
    two copies would fight over one port and, worse, over one table.
    """
    return begin_step(part, LocalSettings)


def begin_step(part: str, kind: type[Settings]) -> Settings:
    """Does the same for a step, which needs one kind of settings alone; containers run steps too."""
    logging.basicConfig(level=logging.INFO, format=f"{part}: %(message)s")
    load_environment()
    settings = kind.of()
    close_data_folder(settings.data_dir)
    os.environ.update({DATA_DIR_MARKER: str(settings.data_dir), PART_MARKER: part})
    die_with_parent()
    end_processes(processes_of(settings.data_dir, part), patience_seconds=0)
    return settings


def become(command: Sequence[str], extra: Mapping[str, str] | None = None) -> NoReturn:
    """Replace this process by `command`, so that signals reach the real server directly.

    Of the settings it receives those of its part alone, and `extra`.
    """
    environment = for_service(os.environ[PART_MARKER], os.environ)
    os.execvpe(command[0], list(command), {**environment, **(extra or {})})


def die_with_parent(with_signal: signal.Signals = signal.SIGTERM) -> None:
    """Asks the kernel to end this process when its parent ends, whatever ended the parent.

    The kernel counts the thread that started the process as its parent.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(SET_PARENT_DEATH_SIGNAL, int(with_signal), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
