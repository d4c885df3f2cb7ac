"""A server that was killed comes back by its wrapper with everything it had acknowledged."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from confluent_kafka import Consumer, Producer
from minio import Minio

from local.provision import kafka_topic, object_store, postgres_roles
from local.settings import LocalSettings
from local.stack import readiness
from local.stack.readiness import object_store as client_of
from tests.stack import make_environment, running, wait_for

pytestmark = pytest.mark.services  # It starts servers of its own.
Start = Callable[[LocalSettings], None]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The variables of a stack of this test alone."""
    return make_environment(tmp_path)


def run_and_kill(part: str, environment: dict[str, str], ask: Start, use: Callable[[LocalSettings], None]) -> None:
    settings = LocalSettings.of(environment)
    with running(f"local.servers.{part}", environment, part) as process:
        wait_for(process, part, settings, ask)
        use(settings)
        process.kill()
        assert process.wait() == -9


def run_again(part: str, environment: dict[str, str], ask: Start) -> Iterator[LocalSettings]:
    settings = LocalSettings.of(environment)
    with running(f"local.servers.{part}", environment, part) as process:
        wait_for(process, part, settings, ask)
        yield settings


def test_kafka_keeps_what_it_acknowledged(environment: dict[str, str]) -> None:
    def produce(settings: LocalSettings) -> None:
        kafka_topic.bring_in_line(settings)
        producer = Producer({**settings.kafka_as("ingest").librdkafka_options(), "acks": "all"})
        producer.produce(settings.kafka_topic, b"a play")
        assert producer.flush(20) == 0

    run_and_kill("kafka", environment, readiness.kafka_answers, produce)
    for settings in run_again("kafka", environment, readiness.kafka_answers):
        assert first_value(settings) == b"a play"


def first_value(settings: LocalSettings) -> bytes | None:
    consumer = Consumer(
        {
            **settings.kafka_as("admin").librdkafka_options(),
            "group.id": "restarts",
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe([settings.kafka_topic])
    message = consumer.poll(30)
    consumer.close()
    assert message is not None
    value = message.value()
    assert isinstance(value, bytes)
    return value


def lake(settings: LocalSettings) -> Minio:
    return client_of(settings, settings.lake_access_key, settings.lake_secret_key.get_secret_value())


def test_minio_keeps_objects_and_users(environment: dict[str, str]) -> None:
    def put(settings: LocalSettings) -> None:
        object_store.bring_in_line(settings)
        lake(settings).put_object(settings.lake_bucket, "silver/one", BytesIO(b"x"), 1)

    run_and_kill("minio", environment, readiness.minio_answers, put)
    for settings in run_again("minio", environment, readiness.bucket_opens):
        assert lake(settings).get_object(settings.lake_bucket, "silver/one").data == b"x"


def test_postgres_keeps_rows_and_takes_a_new_superuser_password(
    environment: dict[str, str],
) -> None:
    def insert(settings: LocalSettings) -> None:
        postgres_roles.bring_in_line(settings)
        with postgres_roles.connect(settings, "loader", settings.postgres_database) as connection:
            connection.execute("create table counts.songs as select 7 as n")

    run_and_kill("postgres", environment, readiness.postgres_answers, insert)
    changed = environment | {"POSTGRES_SUPERUSER_PASSWORD": "one's other"}
    for settings in run_again("postgres", changed, readiness.postgres_answers):
        with postgres_roles.connect(settings, "loader", settings.postgres_database) as connection:
            assert connection.execute("select n from counts.songs").fetchone() == (7,)
        with pytest.raises(psycopg.OperationalError, match="password"):
            postgres_roles.connect(LocalSettings.of(environment), "postgres", "postgres")
