"""``GET /1/validate-token``: whether a key is valid, whose listens it submits, and what it cannot do."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, Literal

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from ingest.access.authentication import Key
from ingest.access.gate import Gate
from ingest.plays.replies import JSON
from ingest.web.problems import ProblemCode, ProblemError

NO_TOKEN: Final = "You need to provide an Authorization token."
NO_REGION: Final = (
    "Token valid, but it has no region: listens are refused unless additional_info.region says one. "
    "Make a key with a region: make key NAME=… LISTENER=… REGION=…"
)


class TokenAnswer(BaseModel):
    """Whether a key is valid, and whose listens it submits."""

    code: Literal[200] = 200
    message: str
    valid: bool
    user_name: str | None = None


class TokenRoute:
    """The route, with the keys it asks."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def validate_token(self, request: Request) -> Response:
        """Answer for the key in ``Authorization`` or ``?token=``; an invalid one is not an error."""
        try:
            key = self._gate.identify(with_token_header(request))
        except ProblemError as error:
            if error.code is not ProblemCode.KEY_MISSING:
                return _answer(TokenAnswer(message="Token invalid.", valid=False))
            # ListenBrainz says 400 here.
            raise ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.KEY_MISSING, NO_TOKEN) from error
        message = "Token valid." if "region" in key.decides else NO_REGION
        return _answer(TokenAnswer(message=message, valid=True, user_name=listener_of(key)))


def listener_of(key: Key) -> str:
    """Return whose listens come with a key: its listener's, or else those of its name."""
    return key.decides.get("user_id", key.name)


def with_token_header(request: Request) -> Scope:
    """Return the request's scope; a key in ``?token=``, as older clients send it, counts as its header."""
    token = request.query_params.get("token")
    if not token or "authorization" in request.headers:
        return request.scope
    header = (b"authorization", b"Token " + token.encode("latin-1", "replace"))
    return {**request.scope, "headers": [*request.scope["headers"], header]}


def _answer(answer: TokenAnswer) -> Response:
    return Response(answer.model_dump_json(exclude_none=True), media_type=JSON.decode())
