"""Runs a long command and shows that it goes on: how many steps it has done, and for how long."""

import logging
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

EVERY_SECONDS = 10
log = logging.getLogger("local")


def run_with_progress(
    title: str,
    command: Sequence[str],
    is_step: Callable[[str], bool],
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> None:
    """Runs `command`, counts its output lines that are steps, and says so every ten seconds.

    Raises SystemExit with the end of the output when the command fails.
    """
    log.info("%s", title)
    started = shown = time.monotonic()
    steps, last_lines = 0, deque[str](maxlen=80)
    for line in _lines(command, environment, folder, last_lines, title):
        steps += is_step(line)
        if time.monotonic() - shown > EVERY_SECONDS:
            shown = time.monotonic()
            log.info("  %d done, %.0f s", steps, shown - started)
    log.info("  done in %.0f s", time.monotonic() - started)


def _lines(
    command: Sequence[str],
    environment: Mapping[str, str] | None,
    folder: Path | None,
    last_lines: deque[str],
    title: str,
) -> Iterator[str]:
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
