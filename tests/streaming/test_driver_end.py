"""A lake driver that fails ends, whatever its other threads hold."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

FAIL_WHILE_A_THREAD_LOGS: Final = """
import logging, threading
from streaming import driver

class LogsItsEnd:
    def __del__(self):
        logging.getLogger().error("gone")

def fail(settings):
    holds = threading.Event()
    def hold():
        with logging.getLogger().handlers[0].lock:
            holds.set()
            threading.Event().wait()
    threading.Thread(target=hold, daemon=True).start()
    holds.wait()
    raise ConnectionRefusedError("the JVM is gone")

driver.StreamingSettings, driver.run, kept = lambda: None, fail, LogsItsEnd()
driver.main()
"""
"""What was found in a driver whose JVM was killed: a batch's thread in the log, and py4j's objects on their way out."""


def test_a_driver_that_fails_ends_although_a_thread_of_a_batch_holds_the_log() -> None:
    ended = subprocess.run([sys.executable, "-c", FAIL_WHILE_A_THREAD_LOGS], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "the JVM is gone" in ended.stderr
