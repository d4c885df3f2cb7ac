"""Exclusion of runs of settle_charts and manual corrections: never two of them change the lake at once.

Advisory locks of Postgres exclude them, which end with their holder's connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection

from orchestration.flows.connections import try_lock
from orchestration.maintenance.compaction import COMPACTION_LOCK
from orchestration.settings import OrchestrationSettings

LAKE_LOCK = 7_076_675
"""The advisory lock of a run of settle_charts, and of a correction."""


@contextmanager
def work_on_lake(connection: Connection[Any]) -> Iterator[bool]:
    """Return whether a run of settle_charts may work: no other run and no correction works or waits to."""
    is_ours = try_lock(connection, LAKE_LOCK)
    try:
        yield is_ours
    finally:
        if is_ours:
            connection.execute("select pg_advisory_unlock(%s)", (LAKE_LOCK,))


@contextmanager
def pause_settling(settings: OrchestrationSettings) -> Iterator[Connection[Any]]:
    """Wait for the run and the compaction that work now; none begins before the block ends."""
    with psycopg.connect(settings.loader_conninfo, autocommit=True) as connection:
        for lock in (LAKE_LOCK, COMPACTION_LOCK):
            connection.execute("select pg_advisory_lock(%s)", (lock,))
        try:
            yield connection
        finally:
            # The server notices a closed connection only some time later; the next run may begin when the block ends.
            if not connection.broken:
                connection.execute("select pg_advisory_unlock_all()")
