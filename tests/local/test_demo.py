"""The demo leaves nothing running, whoever ends it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from local import demo
from local.settings import LocalSettings
from local.stack.waiting import NotReadyError, wait_until

SIMULATOR = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"


@pytest.fixture
def interruptible() -> Iterator[None]:
    """An interrupt is raised here, also where the tests were started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_a_signal_to_the_demo_alone_ends_its_simulator(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stack_environment: dict[str, str]
) -> None:
    note = tmp_path / "pid"
    monkeypatch.setattr(demo, "simulator_command", lambda _: [sys.executable, "-c", SIMULATOR, str(note)])
    monkeypatch.setattr(demo, "FAREWELL_SECONDS", 0.1)

    def must_run() -> None:
        if not (note.exists() and note.read_text()):
            raise NotReadyError("it has not started")

    def interrupt() -> None:
        wait_until("the simulator", must_run, 30, 0.1)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        demo.simulate(LocalSettings.of(stack_environment))
    assert not psutil.pid_exists(int(note.read_text()))
