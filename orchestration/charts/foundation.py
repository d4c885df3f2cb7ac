"""dbt's foundation, brought in line when the project changed.

Each run of settle_charts compares a fingerprint of the project with the one it was laid with; that takes milliseconds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from psycopg import Connection

from orchestration.charts.build_charts import lay_foundation

_FOLDERS: Final = ("macros", "models", "seeds")
_STORE: Final = """
    insert into counts.foundation (fingerprint) values (%s)
    on conflict (only_row) do update set fingerprint = excluded.fingerprint, laid_at = now()
"""


def ensure_foundation(connection: Connection[Any], project_dir: Path, minimum_listeners: int) -> bool:
    """Create what the first charts need, unless it was created from this very project; return whether it was.

    Raises:
        ChartBuildError: when dbt fails.
    """
    fingerprint = fingerprint_project(project_dir, minimum_listeners)
    if _read_fingerprint(connection) == fingerprint:
        return False
    lay_foundation(project_dir)
    connection.execute(_STORE, (fingerprint,))
    return True


def fingerprint_project(project_dir: Path, minimum_listeners: int) -> str:
    """Return a SHA-256 over the files that tables and views are made from, and the setting that views hold."""
    digest = hashlib.sha256(str(minimum_listeners).encode())
    for file in _files(project_dir):
        digest.update(file.name.encode() + b"\x1f" + file.read_bytes())
    return digest.hexdigest()


def _files(project_dir: Path) -> Iterator[Path]:
    yield project_dir / "dbt_project.yml"
    for folder in _FOLDERS:
        yield from sorted(file for file in (project_dir / folder).rglob("*") if file.is_file())


def _read_fingerprint(connection: Connection[Any]) -> str | None:
    row = connection.execute("select fingerprint from counts.foundation").fetchone()
    return None if row is None else str(row[0])
