"""Run the commands of set-up side by side, each once those that it needs have ended, and show their progress."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from local.setup.progress_lines import ProgressLines

POLL_SECONDS = 0.05
PATIENCE_SECONDS = 5


@dataclass(frozen=True)
class Task:
    """A command; it starts when the tasks named in `needs` have succeeded."""

    name: str
    command: Sequence[str]
    needs: frozenset[str] = frozenset()


@dataclass
class _Running:
    task: Task
    process: subprocess.Popen[str]
    started: float = field(default_factory=time.monotonic)
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=100))

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def must_have_succeeded(self) -> None:
        """Raise SystemExit with the output when the command has failed."""
        self._reader.join()
        if self.process.returncode != 0:
            raise SystemExit("\n".join([f"make setup: {self.task.name}: failed", *self.last_lines]))

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip():
                self.last_lines.append(line.rstrip())


def run_tasks(tasks: Sequence[Task], stream: TextIO = sys.stdout) -> None:
    """Run all tasks and return when each has succeeded.

    Raises SystemExit with the output of the first task that fails, after the others were ended.
    """
    waiting, running, done = list(tasks), list[_Running](), set[str]()
    lines = ProgressLines(stream, max(len(task.name) for task in tasks))
    try:
        while waiting or running:
            for task in [task for task in waiting if task.needs <= done]:
                waiting.remove(task)
                running.append(_start(task))
            for one in [one for one in running if one.process.poll() is not None]:
                running.remove(one)
                done.add(_finish(one, lines))
            lines.show([(one.task.name, _state(one), time.monotonic() - one.started) for one in running])
            time.sleep(POLL_SECONDS)
    finally:
        lines.clear()
        _end(running)


def _start(task: Task) -> _Running:
    # A session of its own, so that a failure elsewhere ends what the task started too.
    process = subprocess.Popen(
        task.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    return _Running(task, process)


def _finish(one: _Running, lines: ProgressLines) -> str:
    one.must_have_succeeded()
    # A task with nothing to do prints nothing.
    if one.last_lines:
        lines.done(one.task.name, time.monotonic() - one.started)
    return one.task.name


def _state(one: _Running) -> str:
    return one.last_lines[-1] if one.last_lines else ""


def _end(running: Sequence[_Running]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        for one in running:
            with suppress(ProcessLookupError):
                os.killpg(one.process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            for one in running:
                one.process.wait(PATIENCE_SECONDS)
