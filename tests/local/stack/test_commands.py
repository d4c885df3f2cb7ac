"""The stack starts, says how it is, restarts what dies, and stops without leaving anything behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.environment import ROOT
from local.settings import LocalSettings
from local.stack import restarts
from local.stack.commands import up
from local.stack.orphan_processes import PART_MARKER, end_processes, processes_of
from local.stack.readiness import postgres_answers
from local.stack.starting import CannotStartError
from local.stack.supervisor import Supervisor
from local.stack.waiting import NotReadyError, wait_until
from tests.child import child
from tests.stack import make_environment

pytestmark = pytest.mark.services  # It starts servers of its own.
PARTS = ("postgres", "postgres-init")


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The variables of a stack of this test alone; whatever of it still runs afterwards is ended."""
    variables = make_environment(tmp_path)
    try:
        yield variables
    finally:
        end_processes(processes_of(Path(variables["DATA_DIR"])), patience_seconds=0)


def stack(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "local.stack", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def listener(port: int) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", port)):
        yield


def started(environment: dict[str, str]) -> LocalSettings:
    up = stack(environment, "up", *PARTS)
    assert up.returncode == 0, up.stdout + up.stderr
    return LocalSettings.of(environment)


def test_a_stack_starts_and_stops_and_starts_again(environment: dict[str, str]) -> None:
    settings = started(environment)
    assert "postgres" in stack(environment, "status").stdout
    again = stack(environment, "up", *PARTS)
    assert again.returncode != 0
    assert "make down" in again.stderr
    assert stack(environment, "clean").returncode != 0
    assert stack(environment, "down").returncode == 0
    assert processes_of(settings.data_dir) == []
    started(environment)


def test_a_killed_part_is_started_again(environment: dict[str, str]) -> None:
    settings = started(environment)
    supervisor = Supervisor(settings.data_dir)
    killed = supervisor.processes()["postgres"]["pid"]
    os.kill(killed, signal.SIGKILL)

    def is_another_one() -> None:
        if supervisor.processes()["postgres"]["pid"] in (0, killed):
            raise NotReadyError("not started again")
        postgres_answers(settings)

    wait_until("Postgres", is_another_one, 60)


def test_down_ends_what_a_killed_supervisor_left_behind(environment: dict[str, str]) -> None:
    settings = started(environment)
    # A process of the stack that outlives its supervisor, as a flow's process might.
    orphan = subprocess.Popen(
        ["sleep", "600"],
        env={"TOP_SONGS_DATA_DIR": str(settings.data_dir), PART_MARKER: "prefect-worker"},
        start_new_session=True,
    )
    supervisord = int((settings.data_dir / "supervisord.pid").read_text())
    os.kill(supervisord, signal.SIGKILL)
    refused = stack(environment, "up", *PARTS)
    assert "make down" in refused.stderr
    assert stack(environment, "down").returncode == 0
    assert processes_of(settings.data_dir) == []
    assert orphan.wait(10) == -signal.SIGTERM
    started(environment)


def test_an_interrupted_start_leaves_nothing_behind(environment: dict[str, str]) -> None:
    settings = LocalSettings.of(environment)
    # The lake driver waits for a Kafka that is not among the parts: this start has no end of its own.
    command = child([sys.executable, "-m", "local.stack", "up", *PARTS, "lake-driver"])
    starting = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)

    def has_started_something() -> None:
        if not (settings.data_dir / "supervisord.pid").exists():
            raise NotReadyError("no supervisord yet")

    wait_until("supervisord", has_started_something, 60, 0.05)
    os.killpg(starting.pid, signal.SIGINT)
    assert starting.wait(60) == 130
    assert processes_of(settings.data_dir) == []


def test_a_part_that_fails_again_and_again_ends_the_start_with_its_log(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restarts, "GIVE_UP_SECONDS", 1)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = LocalSettings.of(environment)
    # Postgres takes it for a cluster of another version, and ends.
    (settings.data_dir / "postgres").mkdir(parents=True)
    (settings.data_dir / "postgres" / "PG_VERSION").write_text("11")
    begun = time.monotonic()
    with pytest.raises(CannotStartError, match="postgres was started 4 times") as failure:
        up(settings, [*PARTS])
    assert str(settings.data_dir / "logs" / "postgres.log") in str(failure.value)
    assert "    postgres: " in str(failure.value) or "CalledProcessError" in str(failure.value)
    assert time.monotonic() - begun < 60
    assert processes_of(settings.data_dir) == []


def test_a_taken_port_stops_the_start_before_anything_runs(environment: dict[str, str]) -> None:
    settings = LocalSettings.of(environment)
    with listener(settings.postgres_port):
        refused = stack(environment, "up", *PARTS)
    assert refused.returncode != 0
    assert "set POSTGRES_PORT in .env" in refused.stderr
    assert processes_of(settings.data_dir) == []


def test_clean_removes_data_and_settings(environment: dict[str, str]) -> None:
    settings = LocalSettings.of(environment)
    (settings.data_dir / "minio").mkdir(parents=True)
    assert stack(environment, "clean").returncode == 0
    assert not settings.data_dir.exists()
    assert not Path(environment["TOP_SONGS_ENV"]).exists()
