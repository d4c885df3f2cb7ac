"""Apply the numbered SQL migrations of this folder, each once, in order.

Run by the init step of Postgres as its superuser. A file starts with `set local role`, so that its tables belong to the
role that uses them. Nothing else changes a schema.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from psycopg import Connection

FOLDER = Path(__file__).parent
_NAME = re.compile(r"(\d{4})_[a-z_]+\.sql")
_VERSIONS = """
    create schema if not exists migrations;
    create table if not exists migrations.applied (
        version integer primary key,
        name text not null,
        applied_at timestamptz not null default now()
    )
"""


class MigrationOrderError(RuntimeError):
    """The database has a migration that this checkout lacks: it was written by a newer version."""


def apply_migrations(connection: Connection[Any], folder: Path = FOLDER) -> list[str]:
    """Apply what is missing, each file in a transaction of its own; return the names of the applied files.

    Raises:
        MigrationOrderError: when the database is newer than the folder.
        psycopg.Error: when a statement fails; that file and all later ones are not applied.
    """
    files = find_migrations(folder)
    connection.execute(_VERSIONS)
    known = {version for (version,) in connection.execute("select version from migrations.applied")}
    if known - set(files):
        newest = max(known)
        raise MigrationOrderError(f"the database has migration {newest}, this checkout ends at {max(files)}: update it")
    missing = [files[version] for version in sorted(set(files) - known)]
    for file in missing:
        with connection.transaction():
            connection.execute(file.read_bytes())
            connection.execute("reset role")
            connection.execute(
                "insert into migrations.applied (version, name) values (%s, %s)", (int(file.name[:4]), file.stem)
            )
    return [file.stem for file in missing]


def find_migrations(folder: Path) -> dict[int, Path]:
    """The files of a folder by version; raises ValueError for a name without one, or for a version twice."""
    files: dict[int, Path] = {}
    for file in sorted(folder.glob("*.sql")):
        match = _NAME.fullmatch(file.name)
        if match is None or int(match[1]) in files:
            raise ValueError(f"{file.name}: a migration is named NNNN_what.sql, with a number of its own")
        files[int(match[1])] = file
    return files
