"""How a service connects to Kafka: addresses, encryption and its own user, for each client library.

Ingest, streaming, orchestration and the local stack derive their settings from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, SecretStr, model_validator
from pydantic_settings import BaseSettings

SecurityProtocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
SaslMechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]
OptionalPath = Annotated[Path | None, BeforeValidator(lambda value: value or None)]
NO_PASSWORD: Final = SecretStr("")
_LOGIN_MODULES: Final = {"PLAIN": "plain.PlainLoginModule"}
_SCRAM: Final = "scram.ScramLoginModule"


@dataclass(frozen=True)
class KafkaConnection:
    """Everything that one user needs to connect."""

    bootstrap_servers: str
    security_protocol: SecurityProtocol = "PLAINTEXT"
    sasl_mechanism: SaslMechanism = "SCRAM-SHA-512"
    user: str = ""
    password: SecretStr = NO_PASSWORD
    ca_file: Path | None = None

    @property
    def has_user(self) -> bool:
        """Whether the broker asks for a user and a password."""
        return self.security_protocol.startswith("SASL")

    def librdkafka_options(self) -> dict[str, str | int | float | bool]:
        """Return the options of confluent-kafka's clients."""
        options = {"bootstrap.servers": self.bootstrap_servers, "security.protocol": self.security_protocol}
        if self.has_user:
            options |= {
                "sasl.mechanism": self.sasl_mechanism,
                "sasl.username": self.user,
                "sasl.password": self.password.get_secret_value(),
            }
        return {**options, **({"ssl.ca.location": str(self.ca_file)} if self.ca_file else {})}

    def java_options(self) -> dict[str, str]:
        """Return the options of Kafka's Java clients, Spark's among them."""
        options = {"bootstrap.servers": self.bootstrap_servers, "security.protocol": self.security_protocol}
        if self.has_user:
            login = jaas_login(self.sasl_mechanism, self.user, self.password.get_secret_value())
            options |= {"sasl.mechanism": self.sasl_mechanism, "sasl.jaas.config": login}
        if self.ca_file:
            options |= {"ssl.truststore.type": "PEM", "ssl.truststore.location": str(self.ca_file)}
        return options


def jaas_login(mechanism: str, user: str, password: str) -> str:
    """Return how a Java client or broker logs in, in the syntax of JAAS."""
    module = _LOGIN_MODULES.get(mechanism, _SCRAM)
    return (
        f"org.apache.kafka.common.security.{module} required"
        f" username={quote_jaas(user)} password={quote_jaas(password)};"
    )


def quote_jaas(text: str) -> str:
    """Return a value of JAAS in quotation marks."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class KafkaClientSettings(BaseSettings):
    """The settings of a Kafka client; a subclass adds `kafka_NAME_user` and `kafka_NAME_password`."""

    kafka_bootstrap_servers: str
    kafka_topic: str = "plays"
    kafka_security_protocol: SecurityProtocol = "SASL_PLAINTEXT"
    kafka_sasl_mechanism: SaslMechanism = "SCRAM-SHA-512"
    kafka_ca_file: OptionalPath = None

    @model_validator(mode="after")
    def _have_passwords(self) -> Self:
        """Refuse a start that the broker would refuse at every attempt."""
        if self.kafka_security_protocol.startswith("SASL"):
            passwords = [name for name in type(self).model_fields if name.startswith("kafka_") and "password" in name]
            for name in passwords:
                if not getattr(self, name).get_secret_value():
                    raise ValueError(f"{name.upper()} is empty: {self.kafka_security_protocol} needs it")
        return self

    def kafka_as(self, name: str) -> KafkaConnection:
        """Return how the named user of these settings connects."""
        mechanism: SaslMechanism = getattr(self, f"kafka_{name}_sasl_mechanism", self.kafka_sasl_mechanism)
        return KafkaConnection(
            self.kafka_bootstrap_servers,
            self.kafka_security_protocol,
            mechanism,
            getattr(self, f"kafka_{name}_user"),
            getattr(self, f"kafka_{name}_password"),
            self.kafka_ca_file,
        )
