"""Who may change the lake: a round, or a correction by hand, and never both at once.

Both sides are advisory locks of Postgres, which die with their holder.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import Connection

from orchestration.compaction import COMPACTION_LOCK
from orchestration.connections import try_lock
from orchestration.settings import OrchestrationSettings

LAKE_LOCK = 7_076_675
"""The advisory lock of a round while it runs, and of a correction."""


@contextmanager
def work_on_lake(connection: Connection[Any]) -> Iterator[bool]:
    """For a round: whether it may run now. It may not while a correction runs or waits to run."""
    is_ours = try_lock(connection, LAKE_LOCK)
    try:
        yield is_ours
    finally:
        if is_ours:
            connection.execute("select pg_advisory_unlock(%s)", (LAKE_LOCK,))


@contextmanager
def pause_rounds(settings: OrchestrationSettings) -> Iterator[Connection[Any]]:
    """For a correction: wait for the round and the compaction that run now; none begins before the block ends."""
    with psycopg.connect(settings.loader_conninfo, autocommit=True) as connection:
        for lock in (LAKE_LOCK, COMPACTION_LOCK):
            connection.execute("select pg_advisory_lock(%s)", (lock,))
        try:
            yield connection
        finally:
            # The server notices a closed connection only some time later; a round may begin when the block ends.
            if not connection.broken:
                connection.execute("select pg_advisory_unlock_all()")
