"""Set-up's tasks run side by side, in their order, and none outlives a failure."""

import io
import sys
import time
from pathlib import Path

import psutil
import pytest

from local.setup.progress_lines import ProgressLines
from local.setup.side_by_side import Task, run_tasks

MEETS_THE_OTHER = """
import pathlib, sys, time
own, other = map(pathlib.Path, sys.argv[1:])
own.touch()
while not other.exists():
    time.sleep(0.01)
"""


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-u", "-c", code, *map(str, arguments)]


def test_tasks_that_need_nothing_run_at_the_same_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    run_tasks(
        [Task("one", python(MEETS_THE_OTHER, one, other)), Task("other", python(MEETS_THE_OTHER, other, one))],
        io.StringIO(),
    )


def test_a_task_starts_when_those_that_it_needs_have_ended(tmp_path: Path) -> None:
    note = tmp_path / "note"
    slow = python("import pathlib, sys, time; time.sleep(0.5); pathlib.Path(sys.argv[1]).write_text('x')", note)
    reads = python("import pathlib, sys; pathlib.Path(sys.argv[1]).read_text()", note)
    run_tasks([Task("reads", reads, frozenset({"writes"})), Task("writes", slow)], io.StringIO())


def test_a_failure_shows_its_output_and_ends_the_others(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    # Its own child must end too: a compiler of the build that a failure elsewhere interrupts.
    parent = "import pathlib, subprocess, sys; child = subprocess.Popen(['sleep', '600']); "
    parent += "pathlib.Path(sys.argv[1]).write_text(str(child.pid)); child.wait()"
    fails = "import pathlib, sys, time\nwhile not pathlib.Path(sys.argv[1]).exists(): time.sleep(0.01)\n"
    fails += "time.sleep(0.2); print('the disk is full'); sys.exit(1)"
    tasks = [Task("stays", python(parent, note)), Task("fails", python(fails, note))]
    with pytest.raises(SystemExit, match="fails: failed\nthe disk is full"):
        run_tasks(tasks, io.StringIO())
    deadline = time.monotonic() + 10
    while _runs(int(note.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(int(note.read_text()))


def test_a_task_without_work_prints_nothing_and_another_its_seconds() -> None:
    stream = io.StringIO()
    run_tasks([Task("idle", python("")), Task("busy", python("print('working')"))], stream)
    assert "idle" not in stream.getvalue()
    assert "setup: busy  done in " in stream.getvalue()


def test_each_running_task_has_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local.setup.progress_lines.EVERY_SECONDS", {True: 0, False: 0})
    stream = io.StringIO()
    lines = ProgressLines(stream, len("dashboard"))
    lines.show([("MinIO", "building the server: 612 of 1,300 packages", 80.4), ("dashboard", "", 2.0)])
    assert stream.getvalue() == "setup: MinIO      building the server: 612 of 1,300 packages (80 s)\n"


def test_a_terminal_shows_the_lines_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local.setup.progress_lines.EVERY_SECONDS", {True: 0, False: 0})
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    lines = ProgressLines(stream, 5)
    lines.show([("MinIO", "x" * 500, 1.0), ("jars", "y", 1.0)])
    assert all(len(line) < 80 for line in stream.getvalue().splitlines())
    lines.done("jars", 2.0)
    assert stream.getvalue().endswith("\x1b[2A\x1b[Jsetup: jars   done in 2 s\n")


def _runs(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
