"""The broker's configuration; docker-compose.yaml gives the same as variables."""

from pathlib import Path

from ingest.kafka.connection import jaas_login, quote_jaas
from local.settings import LocalSettings


def server_properties(settings: LocalSettings) -> str:
    """Returns the whole configuration of the broker; Kafka adds no defaults of a distribution to it.

    Every listener asks for a user. The admin and the broker itself, one user, log in with PLAIN: that password is in
    this file, so that it works on an empty log and changes with a restart. All other users are SCRAM credentials in
    Kafka, which local/provision/kafka_users.py writes. Without a rule for it a user may do nothing.
    """
    admin = settings.kafka_admin_user
    return f"""\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{settings.kafka_controller_port}
listeners=CLIENT://127.0.0.1:{settings.kafka_port},CONTROLLER://127.0.0.1:{settings.kafka_controller_port}
advertised.listeners=CLIENT://127.0.0.1:{settings.kafka_port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
inter.broker.listener.name=CLIENT
sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN
sasl.mechanism.inter.broker.protocol=PLAIN
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.plain.sasl.jaas.config={_escaped(_plain_users(settings))}
listener.name.client.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config={_escaped(_plain_users(settings))}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:{admin}
log.dirs={log_folder(settings)}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
log.segment.bytes=134217728
"""


def log_folder(settings: LocalSettings) -> Path:
    """Returns the folder of the broker's log, which holds every topic."""
    return settings.data_dir / "kafka" / "log"


def _plain_users(settings: LocalSettings) -> str:
    """How the broker logs in elsewhere, and the one user that it accepts by PLAIN: the same."""
    user, password = settings.kafka_admin_user, settings.kafka_admin_password.get_secret_value()
    return f"{jaas_login('PLAIN', user, password).removesuffix(';')} user_{user}={quote_jaas(password)};"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\")
