"""Each user of the real broker can do its part, and nothing else; without a user nothing can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import (  # type: ignore[attr-defined] # Its stubs leave these names out.
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ConfigResource,
    NewTopic,
    ResourcePatternType,
    ResourceType,
)
from pydantic import SecretStr

from ingest.kafka.connection import KafkaConnection
from local.provision.kafka_users import bring_rules_in_line, rules_on_topic
from local.settings import KafkaSettings
from local.stack.waiting import NotReadyError, wait_until
from tests.servers import KafkaServer

SECONDS = 10
Attempt = Callable[[KafkaConnection, str], None]


def write(kafka: KafkaConnection, topic: str) -> None:
    reports: list[str] = []
    # Not idempotent: that would be one permission more.
    producer = Producer({**kafka.librdkafka_options(), "enable.idempotence": False, "message.timeout.ms": 2000})
    producer.produce(
        topic, b"a play", on_delivery=lambda error, _: reports.append(error.name() if error else "written")
    )
    producer.flush(SECONDS)
    if reports != ["written"]:
        raise PermissionError(reports)


def read(kafka: KafkaConnection, topic: str, group: str) -> None:
    consumer = Consumer({**kafka.librdkafka_options(), "group.id": group, "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    try:
        message = consumer.poll(SECONDS)
        if message is None or message.error():
            raise PermissionError(message and message.error())
    finally:
        consumer.close()


def read_as_live_counter(kafka: KafkaConnection, topic: str) -> None:
    read(kafka, topic, "live-counter")


def read_as_spark(kafka: KafkaConnection, topic: str) -> None:
    read(kafka, topic, "spark-kafka-source-1")


def read_in_another_group(kafka: KafkaConnection, topic: str) -> None:
    read(kafka, topic, "mine")


def read_offsets(kafka: KafkaConnection, topic: str) -> None:
    consumer = Consumer({**kafka.librdkafka_options(), "group.id": "top-songs-end-offsets"})
    try:
        consumer.get_watermark_offsets(TopicPartition(topic, 0), timeout=SECONDS)
    finally:
        consumer.close()


def read_retention(kafka: KafkaConnection, topic: str) -> None:
    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    admin = AdminClient(kafka.librdkafka_options())
    admin.describe_configs([resource])[resource].result(SECONDS)


def make_topic(kafka: KafkaConnection, topic: str) -> None:
    new = NewTopic(f"{topic}-2", num_partitions=1, replication_factor=1)
    admin = AdminClient(kafka.librdkafka_options())
    admin.create_topics([new], validate_only=True)[f"{topic}-2"].result(SECONDS)


def change_rules(kafka: KafkaConnection, topic: str) -> None:
    rule = foreign_rule(topic, kafka.user)
    admin = AdminClient(kafka.librdkafka_options())
    admin.create_acls([rule])[rule].result(SECONDS)


def foreign_rule(topic: str, user: str = "radio") -> AclBinding:
    pattern, operation = ResourcePatternType.LITERAL, AclOperation.ALL
    return AclBinding(ResourceType.TOPIC, topic, pattern, f"User:{user}", "*", operation, AclPermissionType.ALLOW)


ATTEMPTS: dict[Attempt, set[str]] = {
    write: {"ingest", "admin"},
    read_as_live_counter: {"live", "admin"},
    read_as_spark: {"lake", "admin"},
    read_in_another_group: {"admin"},
    read_offsets: {"ingest", "lake", "live", "orchestration", "admin"},
    read_retention: {"orchestration", "admin"},
    make_topic: {"admin"},
    change_rules: {"admin"},
}
"""Who may do what; everybody else is refused."""
USERS = ("ingest", "lake", "live", "orchestration", "admin")


@pytest.fixture(scope="module")
def topic(kafka_server: KafkaServer) -> str:
    """A topic with one message and the rules of that of plays."""
    name = kafka_server.new_topic(partitions=1)
    write(kafka_server.connection("ingest"), name)
    return name


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.__name__)
def test_a_user_does_its_part_alone(kafka_server: KafkaServer, topic: str, attempt: Attempt, user: str) -> None:
    if user in ATTEMPTS[attempt]:
        attempt(kafka_server.connection(user), topic)
    else:
        with pytest.raises((KafkaException, PermissionError)):
            attempt(kafka_server.connection(user), topic)


@pytest.mark.parametrize("attempt", ["no user", "wrong password", "controller"])
def test_nobody_gets_in_without_a_password(kafka_server: KafkaServer, attempt: str) -> None:
    admin, controller = kafka_server.connection(), f"127.0.0.1:{kafka_server.environment['KAFKA_CONTROLLER_PORT']}"
    connections = {
        "no user": replace(admin, security_protocol="PLAINTEXT"),
        "wrong password": replace(admin, password=SecretStr("wrong")),
        "controller": replace(admin, security_protocol="PLAINTEXT", bootstrap_servers=controller),
    }
    options = {**connections[attempt].librdkafka_options(), "log_level": 0}
    with pytest.raises(KafkaException):
        AdminClient(options).list_topics(timeout=3)


def test_passwords_are_in_no_log_and_in_one_closed_file(kafka_server: KafkaServer) -> None:
    settings = KafkaSettings.of(kafka_server.environment)
    properties = settings.data_dir / "kafka" / "server.properties"
    assert properties.stat().st_mode & 0o077 == 0
    log = (settings.data_dir / "logs" / "kafka.log").read_text()
    assert [user for user in USERS if settings.kafka_as(user).password.get_secret_value() in log] == []


@pytest.fixture
def foreign(kafka_server: KafkaServer, topic: str) -> AclBinding:
    """A rule that nobody wrote down."""
    rule, admin = foreign_rule(topic), AdminClient(kafka_server.options())
    admin.create_acls([rule])[rule].result(SECONDS)
    return rule


def test_what_else_is_allowed_on_the_topic_is_removed(
    kafka_server: KafkaServer, topic: str, foreign: AclBinding
) -> None:
    admin = AdminClient(kafka_server.options())

    def is_gone() -> None:
        if foreign in rules_on_topic(admin, topic):
            raise NotReadyError("still there")

    bring_rules_in_line(admin, KafkaSettings.of({**kafka_server.environment, "KAFKA_TOPIC": topic}))
    wait_until("the rule to go", is_gone, SECONDS, 0.1)
    assert len(rules_on_topic(admin, topic)) == 5
