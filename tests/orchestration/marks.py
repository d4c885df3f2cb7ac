"""What waits to be counted, as tests ask for it."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from orchestration.ledger import Slice
from orchestration.slices import read_marks


def marked_slices(connection: Connection[Any]) -> list[Slice]:
    """The slices whose plays changed since they were last counted, in order."""
    return sorted(mark.slice for mark in read_marks(connection))
