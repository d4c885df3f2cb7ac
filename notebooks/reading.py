"""How the notebooks read: the lake with the reader's key, the charts as the reader's role. Nothing here can write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

import psycopg
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from psycopg.sql import SQL
from pyarrow import csv
from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings

HOW_TO_OPEN: Final = """
    Start the stack with `make up`, post plays for more than an hour (or some of yesterday), and open the
    notebook with `make notebook NAME=…`, which brings the settings of `.env` along.
"""
UNREADABLE: Final = (ValidationError, DeltaError, OSError, psycopg.Error)
"""What stands between a notebook and its data: no settings, no lake, no charts."""
ARROW_TYPES: Final = {
    "bool": pa.bool_(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "float8": pa.float64(),
    "timestamptz": pa.timestamp("us", "UTC"),
}


class ReaderSettings(BaseSettings):
    """Where to read, and as whom; each field is the environment variable of the same name."""

    s3_endpoint: str
    s3_region: str
    lake_bucket: str
    reader_access_key: str
    reader_secret_key: SecretStr
    postgres_host: str
    postgres_port: int
    postgres_database: str
    postgres_reader_password: SecretStr


def open_table(settings: ReaderSettings, table: str) -> DeltaTable:
    """A table of the lake as it is now, such as ``silver/plays``."""
    return DeltaTable(
        f"s3://{settings.lake_bucket}/{table}",
        storage_options={
            "AWS_ENDPOINT_URL": settings.s3_endpoint,
            "AWS_REGION": settings.s3_region,
            "AWS_ACCESS_KEY_ID": settings.reader_access_key,
            "AWS_SECRET_ACCESS_KEY": settings.reader_secret_key.get_secret_value(),
            "AWS_ALLOW_HTTP": "true",
            "max_retries": "1",
        },
    )


@contextmanager
def open_charts(settings: ReaderSettings) -> Iterator[psycopg.Connection[Any]]:
    """Postgres as the role that may read charts only; all that is read shows the charts at one instant."""
    with psycopg.connect(
        host=settings.postgres_host,
        port=settings.postgres_port,
        dbname=settings.postgres_database,
        user="reader",
        password=settings.postgres_reader_password.get_secret_value(),
        connect_timeout=5,
        # A whole mart takes longer than the api lets any statement run.
        options="-c TimeZone=UTC -c statement_timeout=0",
    ) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        yield connection


def read_charts(connection: psycopg.Connection[Any], query: str) -> pa.Table:
    """The answer to a query, in the types that Postgres gives its columns, also when there is no row."""
    asked = SQL(query)
    described = connection.execute(SQL("select * from ({}) as asked limit 0").format(asked)).description or ()
    types = {column.name: ARROW_TYPES.get(column.type_display, pa.string()) for column in described}
    text = BytesIO()
    with connection.cursor().copy(SQL("copy ({}) to stdout (format csv)").format(asked)) as rows:
        for part in rows:
            text.write(part)
    text.seek(0)
    return _read_csv(text, types) if text.getbuffer().nbytes else pa.schema(types.items()).empty_table()


def _read_csv(text: BytesIO, types: dict[str, pa.DataType]) -> pa.Table:
    """Postgres's CSV: no value is null, an empty text is quoted."""
    converted = csv.ConvertOptions(
        column_types=types,
        null_values=[""],
        true_values=["t"],
        false_values=["f"],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    read = csv.ReadOptions(column_names=list(types))
    return csv.read_csv(text, read, csv.ParseOptions(newlines_in_values=True), converted)
