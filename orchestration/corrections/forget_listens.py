"""Take a listener out of schema `listens`, from which listeners read their plays back."""

from __future__ import annotations

from typing import Any, LiteralString

from psycopg import Connection

from orchestration.ledger.enrichments import enriched_offsets

_FORGET: tuple[LiteralString, ...] = (
    "delete from listens.recent where listener = %s::uuid",
    "delete from listens.playing_now where listener = %s::uuid",
    "delete from listens.latest_imports where listener = %s::uuid",
)


# A counter that was turned off would read messages again that the erasure covers.
_MOVE_OFFSET: LiteralString = """
    insert into live.offsets (partition, next_offset) values (%s, %s)
    on conflict (partition) do update set next_offset = greatest(offsets.next_offset, excluded.next_offset)
"""


def forget_listens(connection: Connection[Any], user_id: str) -> int:
    """Delete the rows of a listener, by the keyed hash; return how many there were.

    Call it after the reseed: until then the live counter may still read messages that the erasure covers.
    ``connection`` is the loader's.
    """
    offsets = enriched_offsets(connection)
    with connection.transaction():
        connection.execute("set local role live")
        for partition, offset in sorted(offsets.items()):
            connection.execute(_MOVE_OFFSET, (int(partition), offset))
        return sum(connection.execute(statement, (user_id[:32],)).rowcount for statement in _FORGET)
