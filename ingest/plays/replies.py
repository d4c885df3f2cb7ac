"""What ingest answers when it took or judged plays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from http import HTTPStatus
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel

from ingest.plays.refusals import Refusal

JSON: Final = b"application/json"
Headers = Sequence[tuple[bytes, bytes]]


class Reply(NamedTuple):
    """An answer ready to be sent."""

    status: int
    body: bytes
    headers: Headers = ()


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


def _template(model: BaseModel) -> str:
    """The model's JSON with places for what differs; what the values of an id may be needs no escapes."""
    return model.model_dump_json().replace("%", "%%").replace('"index":-1', '"index":%d').replace(_PLACE, "%s")


_PLACE: Final = "PLACE"
_ACCEPTED_PLAY: Final = _template(AcceptedPlay(play_id=_PLACE))
_ACCEPTED_ITEM: Final = _template(accept(-1, _PLACE))
_ACCEPTED_BATCH: Final = _template(sum_up([])).replace('"accepted":0', '"accepted":%d').replace("[]", "[%s]")


def write_accepted_play(play_id: str) -> bytes:
    """The JSON of :class:`AcceptedPlay`."""
    return (_ACCEPTED_PLAY % play_id).encode()


def write_accepted_batch(play_ids: Iterable[str]) -> bytes:
    """The JSON of a :class:`BatchReply` in which every play is durable."""
    items = [_ACCEPTED_ITEM % numbered for numbered in enumerate(play_ids)]
    return (_ACCEPTED_BATCH % (len(items), ",".join(items))).encode()
