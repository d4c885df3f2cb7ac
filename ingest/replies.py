"""What ingest answers when it took or judged plays."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Literal

from pydantic import BaseModel

from ingest.refusals import Refusal


class Status(StrEnum):
    """The verdict on one play."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNCONFIRMED = "unconfirmed"


class AcceptedPlay(BaseModel):
    """The answer to one play that is durable."""

    play_id: str
    status: Literal[Status.ACCEPTED] = Status.ACCEPTED


class ItemVerdict(BaseModel):
    """The verdict on one play of a batch; ``index`` is its place in the request."""

    index: int
    status: Status
    play_id: str | None = None
    code: str | None = None
    message: str | None = None


class BatchReply(BaseModel):
    """The verdicts on a batch, in the order of the request."""

    accepted: int
    rejected: int
    unconfirmed: int
    items: list[ItemVerdict]

    def to_status(self) -> HTTPStatus:
        """The one HTTP status that stands for all verdicts."""
        if self.accepted == len(self.items):
            return HTTPStatus.ACCEPTED
        if self.accepted:
            return HTTPStatus.MULTI_STATUS
        if self.unconfirmed:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.UNPROCESSABLE_ENTITY


def sum_up(items: list[ItemVerdict]) -> BatchReply:
    """The reply for the verdicts on all plays of a batch."""
    statuses = [item.status for item in items]
    return BatchReply(
        accepted=statuses.count(Status.ACCEPTED),
        rejected=statuses.count(Status.REJECTED),
        unconfirmed=statuses.count(Status.UNCONFIRMED),
        items=items,
    )


def accept(index: int, play_id: str) -> ItemVerdict:
    """The play is durable."""
    return ItemVerdict(index=index, status=Status.ACCEPTED, play_id=play_id)


def reject(index: int, refusal: Refusal) -> ItemVerdict:
    """The play can never be taken as it is."""
    return ItemVerdict(index=index, status=Status.REJECTED, code=refusal.code, message=str(refusal))


def leave_unconfirmed(index: int, play_id: str) -> ItemVerdict:
    """The play may or may not be durable; sending it again is safe."""
    return ItemVerdict(
        index=index,
        status=Status.UNCONFIRMED,
        play_id=play_id,
        code="unconfirmed",
        message="Kafka did not confirm the play in time; send it again unchanged",
    )
