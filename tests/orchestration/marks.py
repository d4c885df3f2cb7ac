"""What waits to be counted, as tests read it."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from orchestration.ledger.changed_slices import read_marks
from orchestration.ledger.enrichments import Slice


def marked_slices(connection: Connection[Any]) -> list[Slice]:
    """Return the slices whose plays changed since they were last counted, in order."""
    return read_marks(connection)
