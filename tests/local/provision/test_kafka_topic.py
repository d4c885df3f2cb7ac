"""The topic of plays follows `.env` at every start."""

from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient, ConfigResource  # type: ignore[attr-defined]

from local.provision import kafka_topic
from local.settings import LocalSettings
from tests.servers import KafkaServer


@pytest.fixture
def topic_environment(kafka_server: KafkaServer, stack_environment: dict[str, str]) -> dict[str, str]:
    """The stack's variables with a topic of their own, which is there with two partitions."""
    own = {"KAFKA_TOPIC": f"plays-{uuid4().hex[:8]}", "KAFKA_PARTITIONS": "2"}
    environment = stack_environment | own | {"KAFKA_RETENTION_HOURS": "1"}
    kafka_topic.bring_in_line(LocalSettings.of(environment))
    return environment


def partitions(environment: dict[str, str]) -> int:
    admin = AdminClient(KafkaServer(environment).options())
    return len(admin.list_topics(timeout=10).topics[environment["KAFKA_TOPIC"]].partitions)


def retention(environment: dict[str, str]) -> int:
    admin = AdminClient(KafkaServer(environment).options())
    resource = ConfigResource(ConfigResource.Type.TOPIC, environment["KAFKA_TOPIC"])
    return int(admin.describe_configs([resource])[resource].result(10)["retention.ms"].value)


def test_a_new_topic_has_the_wanted_partitions_and_retention(
    topic_environment: dict[str, str],
) -> None:
    assert partitions(topic_environment) == 2
    assert retention(topic_environment) == 3_600_000


def test_more_partitions_and_another_retention_are_brought_in_line(
    topic_environment: dict[str, str],
) -> None:
    changed = topic_environment | {"KAFKA_PARTITIONS": "3", "KAFKA_RETENTION_HOURS": "2"}
    kafka_topic.bring_in_line(LocalSettings.of(changed))
    assert partitions(changed) == 3
    assert retention(changed) == 7_200_000


def test_fewer_partitions_are_refused_by_name(topic_environment: dict[str, str]) -> None:
    fewer = LocalSettings.of(topic_environment | {"KAFKA_PARTITIONS": "1"})
    with pytest.raises(ValueError, match="KAFKA_PARTITIONS=1, but the topic has 2"):
        kafka_topic.bring_in_line(fewer)
    assert partitions(topic_environment) == 2
