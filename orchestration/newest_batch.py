"""What the newest batch brought, kept from enrichment to counting: counting need not read it from silver again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
from pyarrow import compute

from orchestration.slices import Batches

MOST_PLAYS_IN_MEMORY = 500_000
"""More plays than this are summed by Spark, where they need not fit into one process's memory."""
Verdicts = Mapping[str, Any]
"""A region, date, hour and verdict, with the ``count`` of rows and of plays of silver that they ``superseded``."""


@dataclass
class NewestBatch:
    """Rows of :func:`~orchestration.counting.count_by_listener` of one batch without duplicates, or nothing.

    It belongs to one process and to its rounds, and is what silver holds of the batch until a correction changes that.
    """

    number: int = -1
    plays: pa.Table | None = None

    def keep(self, number: int, verdicts: pa.Table) -> None:
        """Keep a batch of which rows of ``count_verdicts`` are at hand, if there is no duplicate among them."""
        self.forget()
        if not compute.any(compute.equal(verdicts["verdict"], "duplicate")).as_py():
            plays = verdicts.filter(compute.equal(verdicts["verdict"], "play"))
            self.number, self.plays = number, plays.drop_columns(["verdict", "superseded"])

    def forget(self) -> None:
        """Keep nothing any more."""
        self.number, self.plays = -1, None

    def read(self, batches: Batches, days: set[date]) -> pa.Table | None:
        """The plays of these days that the batches brought, if they are this one."""
        if self.plays is None or not batches.first == batches.last == self.number:
            return None
        return self.plays.filter(compute.is_in(self.plays["date"], pa.array(sorted(days), pa.date32())))


def sum_verdicts(verdicts: pa.Table) -> list[Verdicts]:
    """Sum rows of ``count_verdicts`` over songs and listeners."""
    keys = ["region", "date", "hour", "verdict"]
    summed = verdicts.group_by(keys).aggregate([("received", "sum"), ("superseded", "sum")])
    rows: list[Verdicts] = summed.rename_columns([*keys, "count", "superseded"]).to_pylist()
    return rows
