"""Processes of a data folder are found by their mark, and ended whether they like it or not."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.stack.orphan_processes import DATA_DIR_MARKER, PART_MARKER, end_processes, processes_of

STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(600)"


@contextmanager
def marked(data_dir: Path, part: str, script: str) -> Iterator[subprocess.Popen[bytes]]:
    marks = {DATA_DIR_MARKER: str(data_dir), PART_MARKER: part}
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, env=os.environ | marks, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def test_a_marked_process_is_found_by_folder_and_part(tmp_path: Path) -> None:
    with marked(tmp_path, "ingest", STUBBORN) as process:
        assert [one.pid for one in processes_of(tmp_path)] == [process.pid]
        assert [one.pid for one in processes_of(tmp_path, "ingest")] == [process.pid]
        assert processes_of(tmp_path, "api") == []
        assert processes_of(tmp_path / "other") == []


def test_a_process_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    with marked(tmp_path, "ingest", STUBBORN) as process:
        end_processes(processes_of(tmp_path), patience_seconds=0.2)
        assert process.wait(5) == -9


def test_one_that_has_ended_is_not_waited_for_though_nobody_asked_how(tmp_path: Path) -> None:
    script = "print(flush=True); import time; time.sleep(600)"
    with marked(tmp_path, "ingest", script) as process:
        started = time.monotonic()
        end_processes(processes_of(tmp_path), patience_seconds=30)
        assert time.monotonic() - started < 10
        assert process.wait(5) == -15
