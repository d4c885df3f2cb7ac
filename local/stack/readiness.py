"""Asks each server, in its real protocol, whether it can do its work now.

Each question returns when the answer is yes and raises NotReadyError with the reason when it is no.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString

import psycopg
import urllib3
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient
from minio import Minio
from minio.error import MinioException

from local.provision.kafka_users import USERS
from local.settings import KafkaSettings, LocalSettings, ObjectStoreSettings, PostgresSettings
from local.stack.waiting import NotReadyError
from streaming.live.health import COUNTED_LATELY

SECONDS = 3


def kafka_answers(settings: KafkaSettings) -> None:
    """The broker tells its metadata."""
    kafka_topics(settings)


def topic_exists(settings: KafkaSettings) -> None:
    """The topic of plays is there, and each user sees it with the password it has now."""
    for user in ("admin", *USERS):
        if settings.kafka_topic not in kafka_topics(settings, user):
            raise NotReadyError(f"user {user} finds no topic {settings.kafka_topic} yet")


def kafka_topics(settings: KafkaSettings, user: str = "admin") -> set[str]:
    """Returns the names of the broker's topics that a user may see."""
    options = {**settings.kafka_as(user).librdkafka_options(), "log_level": 0}
    with _as_not_ready(KafkaException):
        return set(AdminClient(options).list_topics(timeout=SECONDS).topics)


def minio_answers(settings: ObjectStoreSettings) -> None:
    """The object store answers root, whether the bucket is there or not."""
    root_password = settings.minio_root_password.get_secret_value()
    _bucket_exists(settings, settings.minio_root_user, root_password)


def bucket_opens(settings: ObjectStoreSettings) -> None:
    """The lake's user reaches its bucket."""
    lake_secret = settings.lake_secret_key.get_secret_value()
    if not _bucket_exists(settings, settings.lake_access_key, lake_secret):
        raise NotReadyError(f"bucket {settings.lake_bucket} does not exist yet")


def table_exists(settings: ObjectStoreSettings, folder: str) -> None:
    """The lake has the Delta table of a folder such as `bronze/plays`: its log has begun."""
    store = object_store(settings, settings.lake_access_key, settings.lake_secret_key.get_secret_value())
    with _as_not_ready(MinioException, urllib3.exceptions.HTTPError):
        log = store.list_objects(settings.lake_bucket, f"{folder}/_delta_log/")
        if next(iter(log), None) is None:
            raise NotReadyError(f"table {folder} does not exist yet")


def object_store(settings: ObjectStoreSettings, access_key: str, secret_key: str) -> Minio:
    """Returns a client of the object store that neither waits long nor tries again by itself."""
    scheme, address = settings.s3_endpoint.split("://", 1)
    return Minio(
        address,
        access_key=access_key,
        secret_key=secret_key,
        region=settings.s3_region,
        secure=scheme == "https",
        http_client=urllib3.PoolManager(timeout=SECONDS, retries=False),
    )


def postgres_answers(settings: PostgresSettings) -> None:
    """The superuser can run a query."""
    _select_one(settings, "postgres", "postgres")


def roles_log_in(settings: PostgresSettings) -> None:
    """Each role can run a query in the charts' database with the password it has now."""
    for role in ("loader", "dbt", "live", "reader"):
        _select_one(settings, role, settings.postgres_database)


def live_counter_counts(settings: LocalSettings) -> None:
    """The live counter has committed within the last seconds, or is turned off."""
    if settings.live_counts == "on":
        _select_one(settings, "live", settings.postgres_database, COUNTED_LATELY)


def _bucket_exists(settings: ObjectStoreSettings, access_key: str, secret_key: str) -> bool:
    with _as_not_ready(MinioException, urllib3.exceptions.HTTPError):
        return object_store(settings, access_key, secret_key).bucket_exists(settings.lake_bucket)


def _select_one(settings: PostgresSettings, role: str, database: str, query: LiteralString = "select 1") -> None:
    with (
        _as_not_ready(psycopg.Error),
        psycopg.connect(
            host=settings.postgres_host,
            port=settings.postgres_port,
            dbname=database,
            user=role,
            password=settings.role_password(role),
            connect_timeout=SECONDS,
        ) as connection,
    ):
        if connection.execute(query).fetchone() != (1,):
            raise NotReadyError("the live counter has not counted for 10 s")


@contextmanager
def _as_not_ready(*failures: type[Exception]) -> Iterator[None]:
    try:
        yield
    except failures as error:
        raise NotReadyError(str(error).strip() or type(error).__name__) from error
