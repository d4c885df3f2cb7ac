"""``POST /play`` and ``POST /plays``: an answer only when Kafka has the plays."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import ValidationError
from starlette.types import Receive, Scope

from ingest.access.authentication import Key
from ingest.access.gate import Gate
from ingest.play import SubmittedPlay
from ingest.plays.batch import read_batch, refuse_oversized
from ingest.plays.recorder import Recorder, count_refusal
from ingest.plays.refusals import Code, Refusal, explain, refuse_text
from ingest.plays.replies import (
    BatchReply,
    ItemVerdict,
    Reply,
    accept,
    leave_unconfirmed,
    reject,
    sum_up,
    write_accepted_batch,
    write_accepted_play,
)
from ingest.web.documents import parse_document, refuse_repeated_names
from ingest.web.fast_path import read_body
from ingest.web.problems import RETRY_AFTER_SECONDS, ProblemCode, ProblemError, unconfirmed

ACCEPTED: Final = int(HTTPStatus.ACCEPTED)
_RETRY_AFTER: Final = (b"retry-after", b"%d" % RETRY_AFTER_SECONDS)


class PlayDoor:
    """The two routes that take plays, with the parts they need."""

    def __init__(self, gate: Gate, recorder: Recorder) -> None:
        self._gate = gate
        self._recorder = recorder

    async def submit_play(self, scope: Scope, receive: Receive) -> Reply:
        """Take one play: ``202`` once Kafka has it."""
        key = self._gate.admit(scope)
        body = await read_body(receive)
        play = self._recorder.read_plain_play(body, key) or self._recorder.record([self._admit(body, key)], key)[0]
        if not all(await self._recorder.publish([play], key, is_own=key.has_listener)):
            raise unconfirmed()
        return Reply(ACCEPTED, write_accepted_play(play.play_id))

    def _admit(self, body: bytes, key: Key) -> SubmittedPlay:
        limited = self._recorder.limit(admit_body(body, key), key)
        if isinstance(limited, Refusal):
            raise _refused([limited], self._recorder.limits.seconds_left())
        return limited

    async def submit_plays(self, scope: Scope, receive: Receive) -> Reply:
        """Take a batch: a verdict for each of its plays."""
        key = self._gate.admit(scope)
        body = await read_body(receive)
        plays = self._recorder.read_plain_batch(body, key)
        if plays is None:
            return await self._judge_all(scope, key, body)
        self._gate.charge(scope, key, len(plays) - 1)
        confirmed = await self._recorder.publish(plays, key, is_own=key.has_listener)
        play_ids = [play.play_id for play in plays]
        if all(confirmed):
            return Reply(ACCEPTED, write_accepted_batch(play_ids))
        return _answer([_conclude(index, *one) for index, one in enumerate(zip(play_ids, confirmed, strict=True))])

    async def _judge_all(self, scope: Scope, key: Key, body: bytes) -> Reply:
        """Take a batch of which the model has to see every play."""
        items = read_batch(body)
        self._gate.charge(scope, key, len(items) - 1)
        judged = [self._recorder.limit(judge(item, key), key) for item in items]
        good = {index: one for index, one in enumerate(judged) if isinstance(one, SubmittedPlay)}
        plays = self._recorder.record(list(good.values()), key)
        fates = zip(plays, await self._recorder.publish(plays, key, is_own=key.has_listener), strict=True)
        recorded = {index: (play.play_id, confirmed) for index, (play, confirmed) in zip(good, fates, strict=True)}
        return _answer(
            [
                _refuse(index, one) if isinstance(one, Refusal) else _conclude(index, *recorded[index])
                for index, one in enumerate(judged)
            ]
        )


def admit_body(body: bytes, key: Key) -> SubmittedPlay:
    """The play in a request's body; raises a problem that names every refused field."""
    try:
        return _read_play(body, key)
    except ValidationError as error:
        raise _refused(explain(error)) from error
    except ValueError as error:
        raise _refused([refuse_text(error)]) from error


def _read_play(body: bytes, key: Key) -> SubmittedPlay:
    if key.decides:
        return SubmittedPlay.model_validate(key.apply_to(parse_document(body)))
    play = SubmittedPlay.model_validate_json(body)
    inner = 0 if play.client is None else len(play.client.model_fields_set)
    refuse_repeated_names(body, len(play.model_fields_set) + inner)
    return play


def judge(item: object, key: Key) -> SubmittedPlay | Refusal:
    """One item of a batch as a play, or its first fault."""
    oversized = refuse_oversized(item)
    if oversized is not None:
        return oversized
    try:
        return SubmittedPlay.model_validate(key.apply_to(item))
    except ValidationError as error:
        return explain(error)[0]


def _refused(refusals: list[Refusal], seconds: int = 0) -> ProblemError:
    first = refusals[0]
    count_refusal(first)
    if first.code is Code.TOO_MANY_LISTENERS:
        again = {"Retry-After": str(seconds)}
        status, code = HTTPStatus.TOO_MANY_REQUESTS, ProblemCode.TOO_MANY_LISTENERS
        return ProblemError(status, code, first.message, headers=again)
    if first.code is Code.NOT_JSON:
        return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.NOT_JSON, first.message)
    detail = f"{first.field}: {first.code}"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.INVALID_PLAY, detail, refusals=refusals)


def _refuse(index: int, refusal: Refusal) -> ItemVerdict:
    count_refusal(refusal)
    return reject(index, refusal)


def _conclude(index: int, play_id: str, confirmed: bool) -> ItemVerdict:
    return accept(index, play_id) if confirmed else leave_unconfirmed(index, play_id)


def _answer(verdicts: list[ItemVerdict]) -> Reply:
    reply: BatchReply = sum_up(verdicts)
    headers = (_RETRY_AFTER,) if reply.unconfirmed else ()
    return Reply(reply.to_status(), reply.model_dump_json().encode(), headers)
