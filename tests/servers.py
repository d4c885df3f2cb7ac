"""What a test is told about a real server that runs for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

import psycopg
from confluent_kafka import KafkaException, TopicPartition
from confluent_kafka.admin import (  # type: ignore[attr-defined] # Its stubs leave these names out.
    AdminClient,
    NewTopic,
    OffsetSpec,
)
from minio import Minio

from ingest.kafka.connection import KafkaConnection
from local.provision.kafka_users import bring_rules_in_line
from local.settings import KafkaSettings
from local.stack.waiting import NotReadyError, wait_until


@dataclass(frozen=True)
class KafkaServer:
    """A broker with its users, described by the variables of its stack."""

    environment: Mapping[str, str]

    @property
    def variables(self) -> dict[str, str]:
        """How each service finds it and logs in."""
        return {name: value for name, value in self.environment.items() if name.startswith("KAFKA_")}

    def connection(self, user: str = "admin") -> KafkaConnection:
        """Returns how `admin`, `ingest`, `lake`, `live` or `orchestration` connects."""
        return KafkaSettings.of(self.environment).kafka_as(user)

    def options(self, user: str = "admin") -> dict[str, str | int | float | bool]:
        """Returns the options of a confluent-kafka client of one user."""
        return self.connection(user).librdkafka_options()

    def new_topic(self, partitions: int = 4, name: str = "") -> str:
        """Makes a topic with the rules of that of plays; returns its name, once every partition answers."""
        name = name or f"plays-{uuid4().hex[:12]}"
        admin = AdminClient(self.options())
        admin.create_topics([NewTopic(name, num_partitions=partitions, replication_factor=1)])[name].result(30)
        bring_rules_in_line(admin, KafkaSettings.of({**self.environment, "KAFKA_TOPIC": name}))
        wait_until(f"the topic {name}", lambda: _must_answer(admin, name, partitions), 30, 0.05)
        return name


def _must_answer(admin: AdminClient, topic: str, partitions: int) -> None:
    """A partition that was just made has no leader for a moment."""
    latest = OffsetSpec.latest()  # type: ignore[no-untyped-call] # The package annotates no method of it.
    ends = {TopicPartition(topic, number): latest for number in range(partitions)}
    try:
        for end in admin.list_offsets(ends, request_timeout=10).values():
            end.result()
    except KafkaException as error:
        raise NotReadyError(str(error)) from error


@dataclass(frozen=True)
class MinioServer:
    """An object store with the lake's bucket and users; `endpoint` is a URL."""

    endpoint: str
    region: str
    bucket: str
    root_user: str
    root_password: str
    lake_access_key: str
    lake_secret_key: str
    reader_access_key: str
    reader_secret_key: str

    def open_as_lake(self) -> Minio:
        """A client with the lake driver's rights."""
        address = self.endpoint.partition("://")[2]
        return Minio(address, self.lake_access_key, self.lake_secret_key, secure=False)


@dataclass(frozen=True)
class PostgresServer:
    """A database with its roles, schemas and grants; no tables."""

    host: str
    port: int
    database: str
    superuser_password: str
    loader_password: str
    dbt_password: str
    live_password: str
    ingest_password: str
    reader_password: str

    def password(self, role: str) -> str:
        """Returns the password of `postgres`, `loader`, `dbt`, `live`, `ingest` or `reader`."""
        return str(getattr(self, "superuser_password" if role == "postgres" else f"{role}_password"))

    def dsn(self, role: str, database: str | None = None) -> str:
        """Returns a connection URL of one role."""
        address = f"{self.host}:{self.port}/{database or self.database}"
        return f"postgresql://{role}:{self.password(role)}@{address}"

    def connect(self, role: str) -> psycopg.Connection:
        """Opens a connection as one role, committing each statement."""
        return psycopg.connect(self.dsn(role), autocommit=True)
