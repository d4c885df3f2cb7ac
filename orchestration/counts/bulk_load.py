"""Arrow tables become temporary tables of Postgres, by COPY."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pyarrow as pa
from psycopg import Connection
from psycopg.sql import SQL, Composed, Identifier
from pyarrow import csv

_TYPES = {pa.string(): "text", pa.int64(): "bigint", pa.int32(): "integer", pa.date32(): "date"}


def load_tables(connection: Connection[Any], tables: Mapping[str, pa.Table]) -> None:
    """Copy each table into a temporary one of its name that lives until the transaction ends."""
    # A tenth of the usual sample is enough for the choice of a join.
    connection.execute("set local default_statistics_target = 10")
    connection.execute("set local timezone = 'UTC'")
    for name, rows in tables.items():
        created = SQL("create temporary table {} ({}) on commit drop")
        connection.execute(created.format(Identifier(name), SQL(", ").join(map(_define, rows.schema))))
        copy_rows(connection, Identifier(name), rows)
        connection.execute(SQL("analyze {}").format(Identifier(name)))


def copy_rows(connection: Connection[Any], table: Identifier, rows: pa.Table) -> None:
    """Copy rows into the columns of the same names; instants are read in the session's zone, which must be UTC."""
    text = BytesIO()
    # Of a chunk without rows, as a day has to which nothing came, pyarrow 26 writes zeros in the place of the rest.
    csv.write_csv(_without_zone(rows).combine_chunks(), text, csv.WriteOptions(include_header=False))
    columns = SQL(", ").join(map(Identifier, rows.schema.names))
    with connection.cursor().copy(SQL("copy {} ({}) from stdin (format csv)").format(table, columns)) as target:
        target.write(text.getbuffer())


def _without_zone(rows: pa.Table) -> pa.Table:
    """The same instants as UTC without a zone, for pyarrow 26 looks a zone up for each value."""
    plain = [
        field.with_type(pa.timestamp(field.type.unit)) if pa.types.is_timestamp(field.type) else field
        for field in rows.schema
    ]
    return rows.cast(pa.schema(plain))


def run_statements(connection: Connection[Any], statements: str, values: Mapping[str, Any]) -> None:
    """Run the statements of a file one after the other."""
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement.encode(), values)


def _define(column: pa.Field) -> Composed:
    kind = "timestamptz" if pa.types.is_timestamp(column.type) else _TYPES[column.type]
    return SQL("{} {}").format(Identifier(column.name), SQL(kind))
