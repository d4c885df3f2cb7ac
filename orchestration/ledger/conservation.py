"""Conservation: received = plays + rejected, per batch and per table, and silver holds just that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orchestration.ledger.enrichments import Tally
from orchestration.ledger.table_rows import TableRows
from streaming.lake import LakeTable

_STOPPED = "publishing stops until they agree: docs/operations.md says under “Conservation” what to do"
_AGAIN = {
    "redrive": "make redrive REASON={subject!r}",
    "rebuild": "make rebuild",
    "erasure": "make erase REQUEST={subject}",
}

Verdicts = Mapping[str, Any]
"""A region, date, hour and verdict, with the `count` of rows and of plays of silver that they `superseded`."""
TablesRows = Mapping[LakeTable, TableRows]
"""How many rows each table of the lake holds."""


class ConservationError(RuntimeError):
    """Silver does not hold exactly the rows that bronze brought."""


class InterruptedCorrectionError(ConservationError):
    """A correction of silver was begun and stopped half way."""

    def __init__(self, kind: str, subject: str, found: str = "") -> None:
        again = _AGAIN[kind].format(subject=subject)
        super().__init__(f"a {kind} of {subject} was stopped half way{found}; publishing waits: run `{again}` again")


def tally_verdicts(groups: Iterable[Verdicts]) -> Tally:
    """Sum rows that have a ``verdict`` and a ``count``."""
    counts = {"play": 0, "duplicate": 0, "malformed": 0}
    for group in groups:
        counts[group["verdict"]] += group["count"]
    return Tally(plays=counts["play"], duplicates=counts["duplicate"], malformed=counts["malformed"])


def check_batch(tally: Tally, received: int, superseded: int, before: TablesRows, now: TablesRows) -> None:
    """Compare the verdicts on a batch with what bronze brought and with what each table has gained.

    ``superseded`` plays of earlier batches became duplicates as the batch was written.

    Raises:
        ConservationError: with all numbers.
    """
    expected = {
        LakeTable.BRONZE_PLAYS: received,
        LakeTable.SILVER_PLAYS: tally.plays - superseded,
        LakeTable.SILVER_REJECTED_PLAYS: tally.rejected + superseded,
    }
    gained = {table: now[table].rows - before[table].rows for table in LakeTable}
    if gained != expected or tally.received != received:
        told = ", ".join(
            f"{table.value} gained {gained[table]} rows instead of {expected[table]}" for table in LakeTable
        )
        raise ConservationError(
            f"bronze brought {received} rows, of which {tally.plays} became plays and {tally.rejected} were rejected; "
            f"{told}; {_STOPPED}"
        )


def check_tables(now: TablesRows, erased: int) -> None:
    """Compare whole tables: what bronze holds beside tombstones are silver's plays and rejected rows.

    Raises:
        ConservationError: with all numbers.
    """
    received = now[LakeTable.BRONZE_PLAYS].rows - erased
    plays, rejected = now[LakeTable.SILVER_PLAYS].rows, now[LakeTable.SILVER_REJECTED_PLAYS].rows
    if received != plays + rejected:
        raise ConservationError(
            f"bronze holds {received} rows beside {erased} tombstones, and silver {plays} plays and "
            f"{rejected} rejected rows, {plays + rejected - received:+d}; {_STOPPED}"
        )
