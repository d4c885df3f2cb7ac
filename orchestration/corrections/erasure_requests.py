"""Requests to erase a listener, and what is left of one that is done: the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row


class UnknownRequestError(LookupError):
    """There is no request with this id."""


@dataclass(frozen=True)
class Request:
    """A request or, when ``user_id`` is null, its receipt; times in UTC."""

    id: UUID
    user_id: str | None
    requested_at: datetime
    bronze_rows: int | None
    plays: int | None
    rejected: int | None
    hours: int | None
    erased_at: datetime | None
    files_gone_by: datetime | None
    files_gone_at: datetime | None
    kafka_gone_by: datetime | None

    def describe(self) -> list[dict[str, str]]:
        """The receipt: what was removed from where, and when the rest is gone."""
        removed = {
            "bronze.plays": f"{self.bronze_rows} rows became tombstones",
            "silver.plays": f"{self.plays} plays deleted",
            "silver.rejected_plays": f"{self.rejected} rows deleted",
            "counts and charts": f"{self.hours} hours of regions counted and ranked again",
            "former files of the lake": "deleted by maintain_lake",
            "Kafka": "deleted by the topic's retention",
            "this request": "the listener's hash forgotten",
        }
        later = {"former files of the lake": self.files_gone_at or self.files_gone_by, "Kafka": self.kafka_gone_by}
        return [
            {"where": where, "what": what, "gone by": f"{later.get(where) or self.erased_at:%Y-%m-%d %H:%M} UTC"}
            for where, what in removed.items()
        ]


def make_request(connection: Connection[Any], user_id: str) -> UUID:
    """Ask for a listener, by the keyed hash, to be erased; the id of a request that waits already is given again."""
    with connection.transaction():
        connection.execute("lock table erasure.requests in share row exclusive mode")
        row = connection.execute("select id from erasure.requests where user_id = %s", (user_id,)).fetchone()
        if row is None:
            made = "insert into erasure.requests (user_id) values (%s) returning id"
            ((identity,),) = connection.execute(made, (user_id,)).fetchall()
            return UUID(str(identity))
        return UUID(str(row[0]))


def read_request(connection: Connection[Any], request_id: UUID) -> Request:
    """A request by its id; raises :class:`UnknownRequestError`."""
    with connection.cursor(row_factory=class_row(Request)) as cursor:
        request = cursor.execute("select * from erasure.requests where id = %s", (request_id,)).fetchone()
    if request is None:
        raise UnknownRequestError(f"there is no request {request_id}; `make erase LISTENER=…` makes one")
    return request


def note_removed(connection: Connection[Any], request_id: UUID, bronze_rows: int, plays: int, rejected: int) -> None:
    """Write down what is about to be removed; what was written at an earlier try stays."""
    connection.execute(
        """
        update erasure.requests
        set bronze_rows = coalesce(bronze_rows, %s), plays = coalesce(plays, %s), rejected = coalesce(rejected, %s)
        where id = %s
        """,
        (bronze_rows, plays, rejected, request_id),
    )


def forget_listener(
    connection: Connection[Any], request_id: UUID, hours: int, files_gone_by: datetime, kafka_gone_by: datetime
) -> None:
    """Turn a request into its receipt; not even the table's pages keep the hash."""
    connection.execute(
        """
        update erasure.requests
        set user_id = null, erased_at = now(), hours = %s, files_gone_by = %s, kafka_gone_by = %s where id = %s
        """,
        (hours, files_gone_by, kafka_gone_by, request_id),
    )
    connection.execute("vacuum full erasure.requests")
