"""What somebody might do with a credential; each action raises :class:`DeniedError` when a server refuses it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from io import BytesIO
from typing import Any, Final

import httpx
import psycopg
from confluent_kafka import Consumer, KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined] # Its stubs leave it out.
from minio import Minio, MinioAdmin
from minio.credentials.providers import StaticProvider
from minio.error import MinioAdminException, S3Error
from psycopg.conninfo import make_conninfo
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction

from tests.credentials.stand import OBJECT, Credential, Stand
from tests.ingest.builders import play_body

SECONDS: Final = 10
MECHANISMS: Final = ("SCRAM-SHA-512", "PLAIN")
GROUPS: Final = ("live-counter", "spark-kafka-source-test", "mine")
Action = Callable[[Stand, Credential], None]


class DeniedError(Exception):
    """The server refused."""


def post_a_play(stand: Stand, credential: Credential) -> None:
    """By HTTP, as an app does."""
    headers = {"Authorization": f"Token {credential.secret}"} if credential.secret else {}
    answer = httpx.post(f"{stand.ingest_url}/play", json=play_body(), headers=headers, timeout=SECONDS)
    _require(answer, 202)


def write_to_kafka(stand: Stand, credential: Credential) -> None:
    """Past ingest, without a key."""
    reports: list[str] = []
    producer = Producer({**_kafka(stand, credential), "enable.idempotence": False, "message.timeout.ms": 3000})
    producer.produce(stand.topic, b"forged", on_delivery=lambda error, _: reports.append(error.name() if error else ""))
    producer.flush(SECONDS)
    if reports != [""]:
        raise DeniedError(reports)


def read_plays_of_kafka(stand: Stand, credential: Credential) -> None:
    """With the listeners' hashes, in any group that lets this user in."""
    options = _kafka(stand, credential)
    if not any(_reads(options, group, stand.topic) for group in GROUPS):
        raise DeniedError("no group reads")


def administer_kafka(stand: Stand, credential: Credential) -> None:
    """Make a topic; who can do that can delete one."""
    admin = AdminClient(_kafka(stand, credential))
    new = NewTopic("another", num_partitions=1, replication_factor=1)
    try:
        admin.create_topics([new], validate_only=True)["another"].result(SECONDS)
    except KafkaException as error:
        raise DeniedError(error) from error


def read_the_lake(stand: Stand, credential: Credential) -> None:
    """An object of silver."""
    with _denied(S3Error), closing(_minio(stand, credential).get_object(stand.minio.bucket, OBJECT)) as answer:
        answer.read()


def write_the_lake(stand: Stand, credential: Credential) -> None:
    """Another object of silver, and delete it."""
    with _denied(S3Error):
        store = _minio(stand, credential)
        store.put_object(stand.minio.bucket, "silver/credentials/forged", BytesIO(b"x"), 1)
        store.remove_object(stand.minio.bucket, "silver/credentials/forged")


def administer_the_store(stand: Stand, credential: Credential) -> None:
    """List the store's users; who can do that can make one."""
    address = stand.minio.endpoint.partition("://")[2]
    provider = StaticProvider(credential.user or "anonymous", credential.secret or "anonymous")
    with _denied(MinioAdminException):
        MinioAdmin(endpoint=address, credentials=provider, secure=False).user_list()


def read_charts(stand: Stand, credential: Credential) -> None:
    """The published charts, by SQL."""
    _execute(stand, credential, "select * from charts.tried")


def write_charts(stand: Stand, credential: Credential) -> None:
    """A row of a chart."""
    _execute(stand, credential, "insert into charts.tried values (1)")


def write_builds(stand: Stand, credential: Credential) -> None:
    """A row of a settled chart, behind the views."""
    _execute(stand, credential, "insert into builds.tried values (1)")


def write_counts(stand: Stand, credential: Credential) -> None:
    """A row of settled counts."""
    _execute(stand, credential, "insert into counts.tried values (1)")


def write_live_counts(stand: Stand, credential: Credential) -> None:
    """A row of live counts."""
    _execute(stand, credential, "insert into live.tried values (1)")


def read_who_is_to_be_erased(stand: Stand, credential: Credential) -> None:
    """The requests of listeners."""
    _execute(stand, credential, "select * from erasure.tried")


def stop_the_settling(stand: Stand, credential: Credential) -> None:
    """Hold the advisory lock that settling takes."""
    _execute(stand, credential, "select pg_advisory_xact_lock(7076675)")


def run_a_program_in_postgres(stand: Stand, credential: Credential) -> None:
    """As the server's user."""
    _execute(stand, credential, "create temporary table t (l text); copy t from program 'id'")


def start_a_flow(stand: Stand, credential: Credential) -> None:
    """Prefect runs any command; its API lists deployments to whom it lets run them."""
    text = f"{credential.user}:{credential.secret}" if credential.user else credential.secret
    headers = {"Authorization": f"Basic {b64encode(text.encode()).decode()}"} if text else {}
    address = f"{stand.settings.prefect_api_url}/deployments/filter"
    _require(httpx.post(address, json={}, headers=headers, timeout=SECONDS), 200)


def _require(answer: httpx.Response, status: int) -> None:
    if answer.status_code == 401:
        raise DeniedError(answer.text)
    assert answer.status_code == status, answer.text


def _kafka(stand: Stand, credential: Credential) -> dict[str, Any]:
    """How the credential logs in; a client that no mechanism lets in would try for ever."""
    for mechanism in MECHANISMS:
        options = {
            "bootstrap.servers": stand.settings.kafka_bootstrap_servers,
            "security.protocol": "SASL_PLAINTEXT" if credential.secret else "PLAINTEXT",
            "log_level": 0,
        }
        if credential.secret:
            login = {"sasl.username": credential.user or "nobody", "sasl.password": credential.secret}
            options |= {"sasl.mechanism": mechanism, **login}
        if _logs_in(tuple(options.items())):
            return options
    raise DeniedError("no login")


@cache
def _logs_in(options: tuple[tuple[str, Any], ...]) -> bool:
    errors: list[object] = []
    producer = Producer({**dict(options), "error_cb": errors.append})
    while not errors:
        try:
            producer.list_topics(timeout=0.5)
        except KafkaException:
            producer.poll(0.1)
        else:
            return True
    return False


def _reads(options: dict[str, Any], group: str, topic: str) -> bool:
    consumer = Consumer({**options, "group.id": group, "auto.offset.reset": "earliest", "enable.auto.commit": False})
    consumer.subscribe([topic])
    try:
        message = consumer.poll(SECONDS)
        return message is not None and not message.error()
    finally:
        consumer.close()


def _minio(stand: Stand, credential: Credential) -> Minio:
    address = stand.minio.endpoint.partition("://")[2]
    return Minio(address, credential.user or None, credential.secret or None, secure=False)


def _execute(stand: Stand, credential: Credential, statement: str) -> None:
    """Run a statement and roll it back."""
    conninfo = make_conninfo(
        host=stand.postgres.host,
        port=stand.postgres.port,
        dbname=stand.postgres.database,
        user=credential.user or "postgres",
        password=credential.secret or "none",
    )
    refused = (psycopg.OperationalError, InsufficientPrivilege, ReadOnlySqlTransaction)
    with _denied(*refused), psycopg.connect(conninfo) as connection:
        connection.execute(statement.encode())
        connection.rollback()


@contextmanager
def _denied(*failures: type[Exception]) -> Iterator[None]:
    try:
        yield
    except failures as error:
        raise DeniedError(error) from error
