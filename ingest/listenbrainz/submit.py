"""``POST /1/submit-listens``, as ListenBrainz has it.

``200`` means that Kafka has every listen that is a play. A refused one costs none of its neighbours in an import:
several clients drop or repeat all of a request that was refused. What ListenBrainz ignores, a further member or a name
twice, is ignored here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, Literal

from pydantic import BaseModel, ValidationError
from starlette.types import Receive, Scope

from ingest.access.authentication import Key
from ingest.access.gate import Gate
from ingest.listenbrainz.listens import FIELDS, read_listen, read_sighting
from ingest.listenbrainz.submission import Submission, bad_request, read_submission
from ingest.listenbrainz.token import listener_of
from ingest.own_listens.playing import PlayingNow
from ingest.play import EARLIEST_PLAYED_AT, SubmittedPlay, write_instant
from ingest.plays.batch import refuse_oversized
from ingest.plays.recorder import Recorder, count_refusal
from ingest.plays.refusals import Refusal, explain
from ingest.plays.replies import Reply
from ingest.web.fast_path import read_body
from ingest.web.problems import FieldProblem, ProblemError, name_fields, unconfirmed

PLAYING_NOW: Final = "playing_now"
_NO_TIME: Final = {"played_at": write_instant(EARLIEST_PLAYED_AT)}
"""What is playing now is checked as a play that started at some time."""

Read = Callable[[object], dict[str, Any]]
Limit = Callable[[SubmittedPlay | Refusal, Key], SubmittedPlay | Refusal]
"""Applies the limits of a key to a play."""


class Submitted(BaseModel):
    """Every listen but those in ``errors`` is durable; one that is playing now is only kept until it is over."""

    status: Literal["ok"] = "ok"
    errors: list[FieldProblem] | None = None


class ListenDoor:
    """The route, with the parts it needs."""

    def __init__(self, gate: Gate, recorder: Recorder, playing: PlayingNow) -> None:
        self._gate = gate
        self._recorder = recorder
        self._playing = playing

    async def submit_listens(self, scope: Scope, receive: Receive) -> Reply:
        """Take listens: ``200`` once Kafka has all of them."""
        key = self._gate.admit(scope)
        submission = read_submission(await read_body(receive))
        self._gate.charge(scope, key, len(submission.payload) - 1)
        plays, refused = read_plays(submission, key, self._recorder.limit)
        if submission.listen_type == PLAYING_NOW:
            await self._playing.keep(plays[0])
        else:
            await self._record(plays, key)
        return Reply(
            HTTPStatus.OK, Submitted(errors=name_fields(refused) or None).model_dump_json(exclude_none=True).encode()
        )

    async def _record(self, plays: list[SubmittedPlay], key: Key) -> None:
        if not all(await self._recorder.publish(self._recorder.record(plays, key), key, is_own=True)):
            raise unconfirmed()


def read_plays(submission: Submission, key: Key, limit: Limit) -> tuple[list[SubmittedPlay], list[Refusal]]:
    """Every listen as a play, and the refused ones; raises a problem that names these when no listen is a play."""
    decided = {"user_id": listener_of(key)} | dict(key.decides)
    if submission.listen_type == PLAYING_NOW:
        _refuse_time(submission.payload[0])
        decided |= _NO_TIME
        judged = [judge(one, read_sighting, decided) for one in submission.payload]
    else:
        judged = [_limit(judge(one, read_listen, decided), key, limit) for one in submission.payload]
    refused = [_place(index, one) for index, one in enumerate(judged) if isinstance(one, Refusal)]
    plays = [one for one in judged if isinstance(one, SubmittedPlay)]
    if not plays:
        raise _refuse(refused)
    return plays, refused


def judge(item: object, read: Read, decided: Mapping[str, str]) -> SubmittedPlay | Refusal:
    """One listen as a play, or its first fault in a listen's words."""
    oversized = refuse_oversized(item)
    if oversized is not None:
        return oversized
    try:
        return SubmittedPlay.model_validate({**read(item), **decided})
    except ValidationError as error:
        return _in_words_of_listens(explain(error)[0])


def _in_words_of_listens(refusal: Refusal) -> Refusal:
    return Refusal(FIELDS.get(refusal.field, refusal.field), refusal.code, refusal.message)


def _limit(judged: SubmittedPlay | Refusal, key: Key, limit: Limit) -> SubmittedPlay | Refusal:
    limited = limit(judged, key)
    return _in_words_of_listens(limited) if isinstance(limited, Refusal) and limited is not judged else limited


def _place(index: int, refusal: Refusal) -> Refusal:
    count_refusal(refusal)
    return Refusal(f"payload.{index}.{refusal.field}", refusal.code, refusal.message)


def _refuse(refused: list[Refusal]) -> ProblemError:
    first = refused[0]
    more = f", and {len(refused) - 1} more" if len(refused) > 1 else ""
    return bad_request(f"{first.field}: {first.code}{more}. Nothing was stored.", refused)


def _refuse_time(item: object) -> None:
    if isinstance(item, dict) and item.get("listened_at") is not None:
        raise bad_request("payload.0.listened_at: what is playing now has no time yet")
