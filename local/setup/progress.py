"""Run a long command and log what it does and how far it is, at most once a second."""

import logging
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

EVERY_SECONDS = 1
log = logging.getLogger("local")

# Return the state that a line of output stands for, None for a line that changes nothing.
Describe = Callable[[str], str | None]


class Counted:
    """Describe the state of a command as the number of its output lines that are steps."""

    def __init__(self, is_step: Callable[[str], bool], what: str, total: int | None = None) -> None:
        self._is_step, self._what, self._of = is_step, what, f" of {total:,}" if total else ""
        self._steps = 0

    def __call__(self, line: str) -> str | None:
        """Return for example `612 of 1,300 packages`."""
        if not self._is_step(line):
            return None
        self._steps += 1
        return f"{self._steps:,}{self._of} {self._what}"


def run_with_progress(
    title: str,
    command: Sequence[str],
    describe: Describe,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> None:
    """Run `command` and log its title and state.

    Raises SystemExit with the end of the output when the command fails.
    """
    log.info("%s", title)
    shown = time.monotonic()
    for line in _lines(command, environment, folder, title):
        state = describe(line)
        if state and time.monotonic() - shown > EVERY_SECONDS:
            shown = time.monotonic()
            log.info("%s: %s", title, state)


def _lines(
    command: Sequence[str],
    environment: Mapping[str, str] | None,
    folder: Path | None,
    title: str,
) -> Iterator[str]:
    last_lines = deque[str](maxlen=80)
    with subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last_lines.append(line)
            yield line
    if process.returncode != 0:
        raise SystemExit(f"{title}: failed\n{''.join(last_lines)}")
