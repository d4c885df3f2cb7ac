"""The running stack gives nothing to other users of the machine, and each service its own secrets alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import psutil
import pytest

from local.environment import EXAMPLE, TO_GENERATE, read_env_file
from local.service_variables import SERVICE_VARIABLES
from local.stack.orphan_processes import PART_MARKER, processes_of
from tests.whole_stack import WholeStack

Answer = TypeVar("Answer")

LOOPBACK: Final = {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
NOBODY: Final = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
SECRETS: Final = [name for name, text in read_env_file(EXAMPLE, {}).items() if text == TO_GENERATE]
GIVEN_BY_WRAPPERS: Final = {
    "minio": {"MINIO_ROOT_PASSWORD"},
    "prefect-server": {"PREFECT_API_AUTH_STRING", "POSTGRES_PREFECT_PASSWORD"},
}


def test_every_socket_listens_on_loopback(whole_stack: WholeStack) -> None:
    sockets = {socket for listening in ask_each(whole_stack, listening_sockets) for socket in listening}
    # Kafka, MinIO, Postgres, Prefect, Spark, ingest and the api, some of them with two.
    assert len({name for name, _ in sockets}) >= 4
    assert [socket for socket in sockets if socket[1] not in LOOPBACK] == []


def test_no_process_holds_a_secret_that_it_does_not_use(whole_stack: WholeStack) -> None:
    seen = set[str]()
    for command, environment in ask_each(whole_stack, lambda process: (process.cmdline(), process.environ())):
        # Postgres writes its title over its environment; supervisord has no part.
        part = environment.get(PART_MARKER, "")
        seen.add(part)
        allowed = SERVICE_VARIABLES.get(part, frozenset()) | GIVEN_BY_WRAPPERS.get(part, set())
        assert {secret for secret in SECRETS if holds(environment, whole_stack, secret)} <= allowed, command
    assert {"api", "ingest", "lake-driver", "prefect-server", "prefect-worker", "kafka", "minio"} <= seen


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs commands as another user")
def test_another_user_reads_nothing_of_the_data_folder(whole_stack: WholeStack, open_place: Path) -> None:
    find = [*NOBODY, "find", str(whole_stack.line.settings.data_dir), "-mindepth", "1"]
    assert subprocess.run(find, cwd="/", capture_output=True, text=True, check=False).stdout == ""
    assert subprocess.run([*NOBODY, "ls", str(open_place)], cwd="/", capture_output=True, check=False).returncode == 0


@pytest.fixture
def open_place(whole_stack: WholeStack) -> Iterator[Path]:
    """The folder around the data folder, which all may enter for this test."""
    whole_stack.folder.chmod(0o755)
    yield whole_stack.folder
    whole_stack.folder.chmod(0o700)


def ask_each(stack: WholeStack, question: Callable[[psutil.Process], Answer]) -> list[Answer]:
    """What each process answers that has not ended, also not while it was asked."""
    answers = []
    for process in processes_of(stack.line.settings.data_dir):
        with suppress(psutil.NoSuchProcess):
            answers.append(question(process))
    return answers


def listening_sockets(process: psutil.Process) -> set[tuple[str, str]]:
    connections = process.net_connections("inet")
    return {(process.name(), one.laddr[0]) for one in connections if one.status == psutil.CONN_LISTEN}


def holds(environment: dict[str, str], stack: WholeStack, secret: str) -> bool:
    return any(stack.line.environment[secret] in value for value in environment.values())
