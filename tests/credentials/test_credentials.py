"""Every credential tried on everything that somebody might do, against the real servers; each cell is asserted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

from local.settings import LocalSettings
from local.stack.service_readiness import prefect_answers
from tests.credentials import actions
from tests.credentials.actions import Action, DeniedError
from tests.credentials.stand import Credential, Stand
from tests.ingest.servers import running_server
from tests.servers import KafkaServer, MinioServer, PostgresServer
from tests.stack import running, wait_for

ALLOWED: Final[dict[Action, set[str]]] = {
    actions.post_a_play: {"local key", "bound key", "unbound key"},
    actions.write_to_kafka: {"kafka ingest", "kafka admin"},
    actions.read_plays_of_kafka: {"kafka lake", "kafka live", "kafka admin"},
    actions.administer_kafka: {"kafka admin"},
    actions.read_the_lake: {"minio reader", "minio lake", "minio root"},
    actions.write_the_lake: {"minio lake", "minio root"},
    actions.administer_the_store: {"minio root"},
    actions.read_charts: {"postgres reader", "postgres dbt", "postgres postgres"},
    actions.write_charts: {"postgres dbt", "postgres postgres"},
    actions.write_builds: {"postgres dbt", "postgres postgres"},
    actions.write_counts: {"postgres loader", "postgres postgres"},
    actions.write_live_counts: {"postgres live", "postgres loader", "postgres postgres"},
    actions.read_who_is_to_be_erased: {"postgres loader", "postgres postgres"},
    actions.stop_the_settling: {"postgres loader", "postgres dbt", "postgres live", "postgres postgres"},
    actions.run_a_program_in_postgres: {"postgres postgres"},
    actions.start_a_flow: {"prefect"},
}
"""Who may do what. Whoever is not named is refused."""
LEAST_CREDENTIALS: Final = 20


@pytest.fixture(scope="module")
def stand(
    stack_environment: dict[str, str],
    kafka_server: KafkaServer,
    minio_server: MinioServer,
    postgres_server: PostgresServer,
    folder: Path,
) -> Iterator[Stand]:
    """Every server that takes a credential; Spark's ports are in tests/streaming/test_driver_ports.py."""
    settings = LocalSettings.of(stack_environment)
    with ExitStack() as stack:
        process = stack.enter_context(running("local.servers.prefect_server", stack_environment, "prefect-server"))
        wait_for(process, "prefect-server", settings, prefect_answers)
        ingest = stack.enter_context(running_server(kafka_server, folder))
        ingest.wait_until_ready()
        stand = Stand(settings, kafka_server, minio_server, postgres_server, ingest.url, ingest.topic)
        stand.fill()
        yield stand


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ingest keeps its keys."""
    return tmp_path_factory.mktemp("ingest")


@pytest.fixture(scope="module")
def credentials(stand: Stand, folder: Path) -> dict[str, Credential]:
    """Every credential, once the topic has a play to read."""
    known = stand.credentials(folder / "keys.json")
    assert len(known) >= LEAST_CREDENTIALS
    actions.post_a_play(stand, known["local key"])
    return known


@pytest.mark.parametrize("action", ALLOWED, ids=lambda action: action.__name__)
def test_each_credential_does_its_part_alone(stand: Stand, credentials: dict[str, Credential], action: Action) -> None:
    done = {name for name, credential in credentials.items() if is_allowed(action, stand, credential)}
    assert done == ALLOWED[action]


def is_allowed(action: Action, stand: Stand, credential: Credential) -> bool:
    try:
        action(stand, credential)
    except DeniedError:
        return False
    return True
