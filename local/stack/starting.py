"""Starts the parts and waits until each is ready."""

import logging
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Event

from local.settings import LocalSettings
from local.stack.orphan_processes import processes_of
from local.stack.parts import Part
from local.stack.ports import taken_ports
from local.stack.restarts import Restarts
from local.stack.supervisor import Supervisor, start_supervisord
from local.stack.waiting import NotReadyError, wait_until

DEADLINE_SECONDS = 300
LOG_LINES = 15
log = logging.getLogger("local")


class CannotStartError(Exception):
    """The stack cannot start; the text says why and what to do."""


class _GivenUpError(Exception):
    """Another part failed, so that this one is no longer awaited."""


def start(settings: LocalSettings, parts: Sequence[Part]) -> None:
    """Starts the parts and returns when every one is ready.

    Raises CannotStartError when the stack runs already, a port is taken, or a part fails.
    """
    refuse_to_start_twice(settings)
    if taken := taken_ports(settings, parts):
        raise CannotStartError("\n".join(taken))
    started = time.monotonic()
    start_supervisord(settings.data_dir)
    supervisor = Supervisor(settings.data_dir)
    for part in parts:
        supervisor.start(part.name)
    wait_for_all(settings, supervisor, parts)
    log.info("%d parts are ready after %.0f s", len(parts), time.monotonic() - started)


def refuse_to_start_twice(settings: LocalSettings) -> None:
    """Raises CannotStartError when anything of this data folder's stack still runs."""
    if Supervisor(settings.data_dir).is_running():
        raise CannotStartError("the stack is running already; `make down` stops it")
    if processes_of(settings.data_dir):
        raise CannotStartError("a former stack has left processes behind; `make down` ends them")


def wait_for_all(settings: LocalSettings, supervisor: Supervisor, parts: Sequence[Part]) -> None:
    """Asks all parts at once and tells of each that is ready; the first failure ends the waiting."""
    given_up, started, restarts = Event(), time.monotonic(), Restarts(supervisor)
    with ThreadPoolExecutor(len(parts)) as threads:
        # Ctrl-C may come while threads start: also then none of them goes on waiting, or the program would wait for it.
        try:
            awaited = {
                threads.submit(_wait_for, settings, supervisor, part, restarts, given_up): part for part in parts
            }
            for future in as_completed(awaited):
                _tell(future, awaited[future], settings.data_dir, time.monotonic() - started)
        finally:
            given_up.set()


def is_ready(settings: LocalSettings, supervisor: Supervisor, part: Part) -> None:
    """Returns when the part answers, a step also only when it has ended well; else raises NotReadyError."""
    if part.once:
        process = supervisor.processes()[part.name]
        if process["statename"] != "EXITED" or process["exitstatus"] != 0:
            raise NotReadyError(f"the step is {process['statename'].lower()}")
    part.ask(settings)


def _wait_for(
    settings: LocalSettings, supervisor: Supervisor, part: Part, restarts: Restarts, given_up: Event
) -> float:
    def stop_when_hopeless() -> None:
        if given_up.is_set():
            raise _GivenUpError(part.name)
        restarts.must_be_few(part.name)

    return wait_until(
        part.name,
        lambda: is_ready(settings, supervisor, part),
        DEADLINE_SECONDS,
        0.5,
        stop_when_hopeless,
    )


def _tell(future: Future[float], part: Part, data_dir: Path, seconds: float) -> None:
    error = future.exception()
    if error is None:
        log.info("  %-15s ready after %3.0f s", part.name, seconds)
        return
    file = data_dir / "logs" / f"{part.name}.log"
    lines = file.read_text(errors="replace").splitlines()[-LOG_LINES:] if file.exists() else []
    shown = "\n".join(f"    {line}" for line in lines)
    raise CannotStartError(f"{error}\n  the end of {file}:\n{shown}") from error
