"""What the line itself says became of everything that reached Kafka."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any, Final

import psycopg

from tests.e2e.line import Line

_LEDGER: Final = """
    select
        (select coalesce(sum(value::bigint), 0) from counts.progress, jsonb_each_text(covered_offsets)),
        coalesce(sum(received), 0),
        coalesce(sum(malformed), 0)
    from counts.enrichments
"""
_ACCOUNTS: Final = """
    select
        coalesce(sum(plays), 0),
        coalesce(sum(too_short), 0),
        coalesce(sum(over_cap), 0),
        coalesce(sum(duplicates), 0),
        coalesce(sum(late), 0)
    from charts.song_counts
    where grain = 'hour' and region <> 'global'
"""


@dataclass(frozen=True)
class LineAccounts:
    """How many messages: ``published`` in Kafka, ``received`` by silver, and what each of them was.

    ``late`` counts plays that are in one of the other numbers too.
    """

    published: int
    received: int
    malformed: int
    counted: int
    too_short: int
    over_cap: int
    duplicates: int
    late: int

    @property
    def accounted(self) -> int:
        """How many messages became something that the line can name."""
        return self.counted + self.too_short + self.over_cap + self.duplicates + self.malformed

    def since(self, before: LineAccounts) -> LineAccounts:
        """What was added since an earlier look."""
        return LineAccounts(*(now - then for now, then in zip(astuple(self), astuple(before), strict=True)))


def read_accounts(line: Line) -> LineAccounts:
    """Add up the published counts and the ledger of enrichment."""
    numbers = [*_ask(line, "loader", _LEDGER), *_ask(line, "reader", _ACCOUNTS)]
    return LineAccounts(*map(int, numbers))


def _ask(line: Line, role: str, query: str) -> tuple[Any, ...]:
    with psycopg.connect(line.dsn(role)) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None  # an aggregate always has its row
    return row
