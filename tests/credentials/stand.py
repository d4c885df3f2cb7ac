"""The real servers that credentials are tried on, and every credential of the project."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from psycopg.sql import SQL, Identifier

from ingest.access.key_file import add_key, revoke_keys
from local.settings import LocalSettings
from tests.ingest.builders import LOCAL_KEY
from tests.servers import KafkaServer, MinioServer, PostgresServer

OBJECT: Final = "silver/credentials/play.parquet"
OWNERS: Final = {"counts": "loader", "erasure": "loader", "live": "live", "charts": "dbt", "builds": "dbt"}


@dataclass(frozen=True)
class Credential:
    """A user and a secret; the user is empty where a server knows none."""

    user: str
    secret: str


@dataclass(frozen=True)
class Stand:
    """Where each server listens, and a topic with one play."""

    settings: LocalSettings
    kafka: KafkaServer
    minio: MinioServer
    postgres: PostgresServer
    ingest_url: str
    topic: str

    def fill(self) -> None:
        """Make what the actions read and write: one object, and a table in each schema."""
        self.minio.open_as_lake().put_object(self.minio.bucket, OBJECT, BytesIO(b"x"), 1)
        for schema, role in OWNERS.items():
            with self.postgres.connect(role) as connection:
                connection.execute(SQL("create table {} (plays bigint)").format(Identifier(schema, "tried")))

    def credentials(self, key_file: Path) -> dict[str, Credential]:
        """Return every credential by its name; write keys are added to the key file."""
        kafka = {f"kafka {user}": self._kafka(user) for user in ("ingest", "lake", "live", "orchestration", "admin")}
        roles = ("reader", "loader", "dbt", "live", "ingest", "postgres")
        postgres = {f"postgres {role}": Credential(role, self.postgres.password(role)) for role in roles}
        prefect = self.settings.role_password("prefect")
        return {
            "none": Credential("", ""),
            "wrong": Credential("admin", "minioadmin"),
            **kafka,
            **postgres,
            "postgres prefect": Credential("prefect", prefect),
            "minio reader": Credential(self.minio.reader_access_key, self.minio.reader_secret_key),
            "minio lake": Credential(self.minio.lake_access_key, self.minio.lake_secret_key),
            "minio root": Credential(self.minio.root_user, self.minio.root_password),
            **_make_keys(key_file),
            "prefect": Credential("", self.settings.prefect_api_auth_string.get_secret_value()),
        }

    def _kafka(self, user: str) -> Credential:
        connection = self.kafka.connection(user)
        return Credential(connection.user, connection.password.get_secret_value())


def _make_keys(path: Path) -> dict[str, Credential]:
    revoked = add_key(path, "lost", "ana", "LI")
    revoke_keys(path, name="lost")
    return {
        "local key": Credential("local", LOCAL_KEY),
        "bound key": Credential("phone", add_key(path, "phone", "ana", "LI")),
        "unbound key": Credential("shop", add_key(path, "shop")),
        "revoked key": Credential("lost", revoked),
    }
