"""Brings the topic of plays in line with `.env`: partitions, retention and users; safe to run again."""

from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
)

from local.provision.kafka_users import bring_users_in_line
from local.servers.part import begin_step, log
from local.settings import KafkaSettings
from local.stack.readiness import kafka_answers
from local.stack.waiting import wait_until

SECONDS = 30


def bring_in_line(settings: KafkaSettings) -> None:
    """Makes the topic, or adds partitions and sets its retention; raises ValueError for fewer partitions."""
    connection = settings.kafka_as("admin")
    admin = AdminClient(connection.librdkafka_options())
    known = admin.list_topics(timeout=SECONDS).topics.get(settings.kafka_topic)
    if known is None:
        _create(admin, settings)
    else:
        _match_partitions(admin, settings, len(known.partitions))
    _set_retention(admin, settings)
    if connection.has_user:
        bring_users_in_line(admin, settings)


def _create(admin: AdminClient, settings: KafkaSettings) -> None:
    topic = NewTopic(settings.kafka_topic, num_partitions=settings.kafka_partitions, replication_factor=1)
    admin.create_topics([topic])[settings.kafka_topic].result(SECONDS)


def _match_partitions(admin: AdminClient, settings: KafkaSettings, present: int) -> None:
    wanted = settings.kafka_partitions
    if wanted < present:
        raise ValueError(f"KAFKA_PARTITIONS={wanted}, but the topic has {present}; partitions cannot be removed")
    if wanted > present:
        more = NewPartitions(settings.kafka_topic, wanted)
        admin.create_partitions([more])[settings.kafka_topic].result(SECONDS)


def _set_retention(admin: AdminClient, settings: KafkaSettings) -> None:
    milliseconds = str(settings.kafka_retention_hours * 3_600_000)
    entry = ConfigEntry("retention.ms", milliseconds, incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ConfigResource.Type.TOPIC, settings.kafka_topic, incremental_configs=[entry])
    admin.incremental_alter_configs([resource])[resource].result(SECONDS)


def main() -> None:
    """Waits for the broker, then brings its topic in line."""
    settings = begin_step("kafka-init", KafkaSettings)
    wait_until("Kafka", lambda: kafka_answers(settings))
    bring_in_line(settings)
    log.info("topic %s is in line", settings.kafka_topic)


if __name__ == "__main__":
    main()
