"""Stops the parts: those that work on others first, then the servers, then whatever is left."""

import logging
import time

from local.settings import LocalSettings
from local.stack.orphan_processes import end_processes, processes_of, still_there
from local.stack.parts import PARTS
from local.stack.supervisor import Supervisor, socket_path
from local.stack.waiting import NotReadyError, wait_until

# supervisord closes its socket a moment before it ends.
LAST_MOMENTS_SECONDS = 3
STILL_UP = {"RUNNING", "STARTING", "STOPPING", "BACKOFF"}
log = logging.getLogger("local")


def stop(settings: LocalSettings) -> None:
    """Stops the stack of the data folder and leaves no process of it behind, whatever state it is in."""
    started = time.monotonic()
    supervisor = Supervisor(settings.data_dir)
    if supervisor.is_running():
        for works_on_others in (True, False):
            _stop_wave(supervisor, works_on_others)
        supervisor.shut_down()
        wait_until("the end of supervisord", lambda: _must_be_silent(supervisor), 30, 0.1)
    left = still_there(processes_of(settings.data_dir), LAST_MOMENTS_SECONDS)
    if left:
        log.info("ending %d processes that were left behind", len(left))
        end_processes(left)
    socket_path(settings.data_dir).unlink(missing_ok=True)
    log.info("stopped in %.0f s", time.monotonic() - started)


def _stop_wave(supervisor: Supervisor, works_on_others: bool) -> None:
    names = {part.name for part in PARTS if part.works_on_others is works_on_others}
    for name in names:
        supervisor.stop(name)
    wait_until("the end of the parts", lambda: _must_be_down(supervisor, names), 60, 0.2)


def _must_be_down(supervisor: Supervisor, names: set[str]) -> None:
    states = {name: one["statename"] for name, one in supervisor.processes().items()}
    up = sorted(name for name in names if states[name] in STILL_UP)
    if up:
        raise NotReadyError(f"still up: {', '.join(up)}")


def _must_be_silent(supervisor: Supervisor) -> None:
    if supervisor.is_running():
        raise NotReadyError("supervisord still answers")
