"""For an operator: look for a listener in every object of the lake's bucket and every table of Postgres.

It looks for the plain id and for the keyed hash, in the bytes as they lie there and in every column of
every Parquet file, unpacked. A short plain id may be part of a title: what is printed says where it was found.
Kafka keeps packed bytes; its retention is printed instead. "-" reads the listener from the standard input.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import sys
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import psycopg
import pyarrow as pa
from psycopg import Connection
from psycopg.sql import SQL, Identifier
from pyarrow import fs, parquet
from pydantic import SecretStr

from ingest.kafka.connection import NO_PASSWORD, KafkaClientSettings
from ingest.play import hash_listener
from orchestration.maintenance.kafka_retention import longest_retention

log = logging.getLogger("find_listener")
_EVERY_TABLE = """
    select nspname, relname from pg_class inner join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'm', 'p') and nspname not in ('pg_catalog', 'information_schema') order by 1, 2
"""
_HOLDS = SQL("""
    select 1 from {} as searched
    where exists (select from unnest(%s::text[]) as trace where strpos(searched::text, trace) > 0) limit 1
""")


class SearchSettings(KafkaClientSettings):
    """Where to look, with rights to read everything."""

    user_id_secret: SecretStr
    s3_endpoint: str
    s3_region: str = "us-east-1"
    lake_bucket: str = "lake"
    lake_access_key: str
    lake_secret_key: SecretStr
    postgres_host: str = "127.0.0.1"
    postgres_port: int = 5433
    postgres_database: str = "topsongs"
    postgres_superuser_password: SecretStr
    kafka_orchestration_user: str = "orchestration"
    kafka_orchestration_password: SecretStr = NO_PASSWORD

    def open_store(self) -> fs.FileSystem:
        """The object store that the lake lies in."""
        scheme, _, address = self.s3_endpoint.partition("://")
        return fs.S3FileSystem(
            access_key=self.lake_access_key,
            secret_key=self.lake_secret_key.get_secret_value(),
            endpoint_override=address,
            scheme=scheme,
            region=self.s3_region,
        )

    def open_database(self) -> Connection[Any]:
        """The database of counts and charts, as the role that reads every table."""
        return psycopg.connect(
            host=self.postgres_host,
            port=self.postgres_port,
            dbname=self.postgres_database,
            user="postgres",
            password=self.postgres_superuser_password.get_secret_value(),
        )


def traces_of(listener: str, secret: bytes) -> list[bytes]:
    """The bytes by which a listener could be known: the plain id, and the hash in hex, as it is, and as a UUID."""
    hashed = hash_listener(listener, secret)
    return [listener.encode(), hashed.encode(), bytes.fromhex(hashed), str(UUID(hashed[:32])).encode()]


def search_objects(store: fs.FileSystem, folder: str, traces: Iterable[bytes]) -> Iterator[str]:
    """The objects below a folder of the store, such as ``lake/bronze``, that hold any of the traces."""
    wanted = list(traces)
    for found in store.get_file_info(fs.FileSelector(folder, recursive=True)):
        if found.type == fs.FileType.File and _holds(store, found.path, wanted):
            yield found.path


def _holds(store: fs.FileSystem, path: str, traces: list[bytes]) -> bool:
    with store.open_input_stream(path) as stream:
        content = stream.read()
    if any(trace in content for trace in traces):
        return True
    if path.endswith(".parquet"):
        return _holds_unpacked(pa.BufferReader(content), traces)
    return path.endswith(".gz") and any(trace in gzip.decompress(content) for trace in traces)


def _holds_unpacked(file: pa.NativeFile, traces: list[bytes]) -> bool:
    buffers = (
        buffer.to_pybytes()
        for batch in parquet.ParquetFile(file).iter_batches()
        for column in batch.columns
        for buffer in column.buffers()
        if buffer is not None
    )
    return any(trace in buffer for buffer in buffers for trace in traces)


def search_tables(connection: Connection[Any], traces: Iterable[bytes]) -> Iterator[str]:
    """The tables of the database, in every schema, of which any row holds any of the traces."""
    wanted = [text for trace in traces for text in _as_text(trace)]
    for schema, table in connection.execute(_EVERY_TABLE).fetchall():
        if connection.execute(_HOLDS.format(Identifier(schema, table)), (wanted,)).fetchone():
            yield f"{schema}.{table}"


def _as_text(trace: bytes) -> Iterator[str]:
    yield trace.hex()
    try:
        text = trace.decode()
    except UnicodeDecodeError:
        return
    if "\x00" not in text:
        yield text


def main() -> None:
    """Print where a listener is found; ends with 1 when it is found anywhere."""
    parser = argparse.ArgumentParser(prog="make trace", description=__doc__)
    parser.add_argument("listener", metavar="LISTENER", help="the plain id, as clients post it")
    given = parser.parse_args().listener
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = SearchSettings()
    listener = sys.stdin.readline().rstrip("\n") if given == "-" else given
    traces = traces_of(listener, settings.user_id_secret.get_secret_value().encode())
    found = list(search_objects(settings.open_store(), settings.lake_bucket, traces))
    with settings.open_database() as connection:
        found += search_tables(connection, traces)
    for place in found:
        log.info("found in %s", place)
    kept = longest_retention(settings.kafka_as("orchestration"), settings.kafka_topic)
    log.info("found in %d objects and tables; Kafka keeps a message for %s at most", len(found), kept)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
