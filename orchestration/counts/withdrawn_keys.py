"""Which write keys are withdrawn, and the plays that count without them.

Silver keeps a withdrawn key's plays, so that conservation holds, a withdrawal can be undone and a duplicate of such
a play stays one. Every count leaves them out by :func:`counted_plays`.
"""

from __future__ import annotations

from typing import Any, Final

from psycopg import Connection
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

CAUSE: Final = "withdrawn"
"""Why slices are counted again after a withdrawal, or after its undoing."""


def read_withdrawn(connection: Connection[Any]) -> list[str]:
    """Return the ids of the withdrawn keys."""
    rows = connection.execute("select key_id from live.withdrawn_keys order by key_id").fetchall()
    return [key_id for (key_id,) in rows]


def counted_plays(plays: DataFrame, withdrawn: list[str]) -> DataFrame:
    """Return the plays of silver that no withdrawn key submitted."""
    if not withdrawn:
        return plays
    return plays.filter(F.coalesce(~F.col("key_id").isin(withdrawn), F.lit(True)))
