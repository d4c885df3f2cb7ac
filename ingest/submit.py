"""``POST /play`` and ``POST /plays``: an answer only when Kafka has the plays."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from ingest.authentication import Key
from ingest.batch import read_batch, refuse_oversized
from ingest.documents import parse_document, refuse_repeated_names
from ingest.gate import Gate
from ingest.play import SubmittedPlay
from ingest.problems import RETRY_AFTER_SECONDS, ProblemCode, ProblemError, unconfirmed
from ingest.recorder import Recorder, count_refusal
from ingest.refusals import Code, Refusal, explain, refuse_text
from ingest.replies import (
    AcceptedPlay,
    BatchReply,
    ItemVerdict,
    accept,
    leave_unconfirmed,
    reject,
    sum_up,
)

JSON: Final = "application/json"


class PlayDoor:
    """The two routes that take plays, with the parts they need."""

    def __init__(self, gate: Gate, recorder: Recorder) -> None:
        self._gate = gate
        self._recorder = recorder

    async def submit_play(self, request: Request) -> Response:
        """Take one play: ``202`` once Kafka has it."""
        key = self._gate.admit(request)
        submitted = admit_body(await request.body(), key)
        ((play_id, confirmed),) = await self._recorder.record([submitted])
        if not confirmed:
            raise unconfirmed()
        reply = AcceptedPlay(play_id=play_id)
        return Response(reply.model_dump_json(), HTTPStatus.ACCEPTED, media_type=JSON)

    async def submit_plays(self, request: Request) -> Response:
        """Take a batch: a verdict for each of its plays."""
        key = self._gate.admit(request)
        items = read_batch(await request.body())
        self._gate.charge(request, key, len(items) - 1)
        reply = sum_up(await self._judge_all([judge(item, key) for item in items]))
        return _answer(reply)

    async def _judge_all(self, judged: Sequence[SubmittedPlay | Refusal]) -> list[ItemVerdict]:
        good = {index: one for index, one in enumerate(judged) if isinstance(one, SubmittedPlay)}
        recorded = dict(zip(good, await self._recorder.record(list(good.values())), strict=True))
        return [
            _refuse(index, one) if isinstance(one, Refusal) else _conclude(index, *recorded[index])
            for index, one in enumerate(judged)
        ]


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


def _refused(refusals: list[Refusal]) -> ProblemError:
    first = refusals[0]
    count_refusal(first)
    if first.code is Code.NOT_JSON:
        return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.NOT_JSON, first.message)
    detail = f"{first.field}: {first.code}"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, ProblemCode.INVALID_PLAY, detail, refusals=refusals)


def _refuse(index: int, refusal: Refusal) -> ItemVerdict:
    count_refusal(refusal)
    return reject(index, refusal)


def _conclude(index: int, play_id: str, confirmed: bool) -> ItemVerdict:
    return accept(index, play_id) if confirmed else leave_unconfirmed(index, play_id)


def _answer(reply: BatchReply) -> Response:
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if reply.unconfirmed else None
    return Response(reply.model_dump_json(), reply.to_status(), headers, JSON)
