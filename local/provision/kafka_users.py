"""Bring Kafka's users in line with `.env`: their passwords, and what each may do with the topic of plays.

Ingest writes; the lake driver and the live counter read, each in its own consumer groups; orchestration reads offsets
and retention. Nobody else has a rule for the topic, so nobody else but the admin gets at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from confluent_kafka.admin import (  # type: ignore[attr-defined] # Its stubs leave these names out.
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialAlteration,
    UserScramCredentialUpsertion,
)

from local.settings import KafkaSettings
from streaming.live.settings import GROUP

SECONDS = 30
ITERATIONS = 4096
"""Kafka's least: the passwords are random, so that guessing one is hopeless with any number."""
SPARK_GROUPS = "spark-kafka-source"
USERS = ("ingest", "lake", "live", "orchestration")


@dataclass(frozen=True)
class Rule:
    """What one user may do with a topic, or with the consumer groups of a name or prefix."""

    user: str
    operation: AclOperation
    kind: ResourceType
    name: str
    pattern: ResourcePatternType = ResourcePatternType.LITERAL

    def to_binding(self) -> AclBinding:
        """Return it as Kafka stores it."""
        principal, allow = f"User:{self.user}", AclPermissionType.ALLOW
        return AclBinding(self.kind, self.name, self.pattern, principal, "*", self.operation, allow)


def rules_of(settings: KafkaSettings) -> list[Rule]:
    """Return everything that is allowed; reading and writing include the topic's description."""
    topic, group = ResourceType.TOPIC, ResourceType.GROUP
    name, read = settings.kafka_topic, AclOperation.READ
    return [
        Rule(settings.kafka_ingest_user, AclOperation.WRITE, topic, name),
        Rule(settings.kafka_lake_user, read, topic, name),
        Rule(settings.kafka_lake_user, read, group, SPARK_GROUPS, ResourcePatternType.PREFIXED),
        Rule(settings.kafka_live_user, read, topic, name),
        Rule(settings.kafka_live_user, read, group, GROUP),
        Rule(settings.kafka_orchestration_user, AclOperation.DESCRIBE, topic, name),
        Rule(settings.kafka_orchestration_user, AclOperation.DESCRIBE_CONFIGS, topic, name),
    ]


def bring_users_in_line(admin: AdminClient, settings: KafkaSettings) -> None:
    """Store every user's password and rules."""
    _store_passwords(admin, settings)
    bring_rules_in_line(admin, settings)


def bring_rules_in_line(admin: AdminClient, settings: KafkaSettings) -> None:
    """Store every rule, and remove what else is allowed on the topic."""
    wanted = [rule.to_binding() for rule in rules_of(settings)]
    for stored in admin.create_acls(wanted).values():
        stored.result(SECONDS)
    _remove(admin, set(rules_on_topic(admin, settings.kafka_topic)) - set(wanted))


def _store_passwords(admin: AdminClient, settings: KafkaSettings) -> None:
    mechanism = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS)
    connections = [settings.kafka_as(name) for name in USERS]
    upserts: list[UserScramCredentialAlteration] = [
        UserScramCredentialUpsertion(one.user, mechanism, one.password.get_secret_value().encode())
        for one in connections
    ]
    for stored in admin.alter_user_scram_credentials(upserts).values():
        stored.result(SECONDS)


def rules_on_topic(admin: AdminClient, topic: str) -> list[AclBinding]:
    """Return what Kafka allows and forbids on a topic."""
    any_user: Any = None
    anything = AclBindingFilter(
        ResourceType.TOPIC,
        topic,
        ResourcePatternType.LITERAL,
        any_user,
        any_user,
        AclOperation.ANY,
        AclPermissionType.ANY,
    )
    found: list[AclBinding] = admin.describe_acls(anything).result(SECONDS)
    return found


def _remove(admin: AdminClient, rules: Iterable[AclBinding]) -> None:
    filters = [
        AclBindingFilter(
            rule.restype,
            rule.name,
            rule.resource_pattern_type,
            rule.principal,
            rule.host,
            rule.operation,
            rule.permission_type,
        )
        for rule in rules
    ]
    for removed in (admin.delete_acls(filters) if filters else {}).values():
        removed.result(SECONDS)
