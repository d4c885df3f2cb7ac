"""``POST /play`` and ``POST /plays``: an answer only when Kafka has the plays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from pydantic import ValidationError
from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import Response

from ingest.authentication import Key, KeyRing
from ingest.batch import read_batch, refuse_oversized
from ingest.metrics import CONFIRMATION_SECONDS, PLAYS, REFUSALS
from ingest.play import Play, SubmittedPlay, record_play
from ingest.problems import RETRY_AFTER_SECONDS, ProblemCode, ProblemError, unconfirmed
from ingest.publisher import Publisher
from ingest.refusals import WHOLE_PLAY, Code, Refusal, explain
from ingest.replies import (
    AcceptedPlay,
    BatchReply,
    ItemVerdict,
    Status,
    accept,
    leave_unconfirmed,
    reject,
    sum_up,
)

JSON: Final = "application/json"


class PlayDoor:
    """The two routes that take plays, with the parts they need.

    ``secret`` keys the hash of the listener.
    """

    def __init__(self, publisher: Publisher, keys: KeyRing, secret: bytes) -> None:
        self._publisher = publisher
        self._keys = keys
        self._secret = secret

    async def submit_play(self, request: Request) -> Response:
        """Take one play: ``202`` once Kafka has it."""
        key = self._keys.identify(request.headers.get("authorization"))
        submitted = admit_body(await request.body(), key)
        play = record_play(submitted, self._secret, datetime.now(UTC))
        (confirmed,) = await self._publish([play])
        if not confirmed:
            PLAYS.labels(Status.UNCONFIRMED).inc()
            raise unconfirmed()
        PLAYS.labels(Status.ACCEPTED).inc()
        reply = AcceptedPlay(play_id=play.play_id)
        return Response(reply.model_dump_json(), HTTPStatus.ACCEPTED, media_type=JSON)

    async def submit_plays(self, request: Request) -> Response:
        """Take a batch: a verdict for each of its plays."""
        key = self._keys.identify(request.headers.get("authorization"))
        items = read_batch(await request.body())
        judged = [_judge(item, key) for item in items]
        reply = sum_up(await self._record(judged))
        _count(reply)
        return _answer(reply)

    async def _record(self, judged: Sequence[SubmittedPlay | Refusal]) -> list[ItemVerdict]:
        # Taken after every play was checked, so that no checked play lies too far ahead of it.
        received_at = datetime.now(UTC)
        plays = {
            index: record_play(one, self._secret, received_at)
            for index, one in enumerate(judged)
            if isinstance(one, SubmittedPlay)
        }
        confirmed = dict(zip(plays, await self._publish(list(plays.values())), strict=True))
        return [
            reject(index, one) if isinstance(one, Refusal) else _conclude(index, plays[index], confirmed[index])
            for index, one in enumerate(judged)
        ]

    async def _publish(self, plays: list[Play]) -> list[bool]:
        with CONFIRMATION_SECONDS.time():
            return await self._publisher.publish(plays)


def admit_body(body: bytes, key: Key) -> SubmittedPlay:
    """The play in a request's body; raises a problem that names every refused field."""
    try:
        if not key.decides:
            return SubmittedPlay.model_validate_json(body)
        return SubmittedPlay.model_validate(key.apply_to(_parse(body)))
    except ValidationError as error:
        raise _refused(explain(error)) from error


def _parse(body: bytes) -> object:
    try:
        return from_json(body)
    except ValueError as error:
        raise _refused([Refusal(WHOLE_PLAY, Code.NOT_JSON, f"Invalid JSON: {error}")]) from error


def _refused(refusals: list[Refusal]) -> ProblemError:
    PLAYS.labels(Status.REJECTED).inc()
    REFUSALS.labels(refusals[0].code).inc()
    if refusals[0].code is Code.NOT_JSON:
        return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.NOT_JSON, refusals[0].message)
    detail = f"{refusals[0].field}: {refusals[0].code}"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return ProblemError(status, ProblemCode.INVALID_PLAY, detail, refusals=refusals)


def _judge(item: object, key: Key) -> SubmittedPlay | Refusal:
    oversized = refuse_oversized(item)
    if oversized is not None:
        return oversized
    try:
        return SubmittedPlay.model_validate(key.apply_to(item))
    except ValidationError as error:
        return explain(error)[0]


def _conclude(index: int, play: Play, confirmed: bool) -> ItemVerdict:
    return accept(index, play.play_id) if confirmed else leave_unconfirmed(index, play.play_id)


def _count(reply: BatchReply) -> None:
    PLAYS.labels(Status.ACCEPTED).inc(reply.accepted)
    PLAYS.labels(Status.REJECTED).inc(reply.rejected)
    PLAYS.labels(Status.UNCONFIRMED).inc(reply.unconfirmed)
    for item in reply.items:
        if item.status is Status.REJECTED:
            REFUSALS.labels(item.code).inc()


def _answer(reply: BatchReply) -> Response:
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if reply.unconfirmed else None
    return Response(reply.model_dump_json(), reply.to_status(), headers, JSON)
