"""What live counts are made from: stored at the first start and by a reseed; another source is refused."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

from streaming.live.offsets import Offsets
from streaming.source_identity import ForeignSourceError, SourceIdentity


def check_source(connection: Connection[Any], found: SourceIdentity) -> None:
    """Store the source if none is stored.

    Raises:
        ForeignSourceError: when live counts were made from another one; says which part differs and what to do.
    """
    with connection.transaction():
        connection.execute(
            "insert into live.source (topic_id, user_id_fingerprint) values (%s, %s) on conflict do nothing",
            (found.topic_id, found.user_id_fingerprint),
        )
        row = connection.execute("select topic_id, user_id_fingerprint from live.source").fetchone()
    stored = SourceIdentity(*row) if row else found
    if stored.user_id_fingerprint != found.user_id_fingerprint:
        raise ForeignSourceError("USER_ID_SECRET changed since live counts were made: bring the old one back")
    if stored.topic_id != found.topic_id:
        raise ForeignSourceError(
            f"live counts belong to topic id {stored.topic_id}, found {found.topic_id}: "
            f"bring the old topic back, or go on with this one: make adopt-topic TOPIC_ID={found.topic_id}"
        )


def read_offset_base(connection: Connection[Any]) -> Offsets:
    """Return what Kafka's offsets are raised by, by partition; nothing before another topic was adopted."""
    row = connection.execute("select offset_base from live.source").fetchone()
    return {int(partition): offset for partition, offset in row[0].items()} if row else {}
