"""Errors as RFC 9457 problem documents, each with a stable ``code``."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from pydantic import BaseModel
from starlette.responses import Response

from ingest.plays.refusals import Refusal

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_SECONDS: Final = 2
"""What a ``503`` asks of the client: the broker is usually back in seconds."""


class ProblemCode(StrEnum):
    """What went wrong with a request as a whole."""

    INVALID_PLAY = "invalid_play"
    INVALID_BATCH = "invalid_batch"
    NOT_JSON = "not_json"
    BODY_INCOMPLETE = "body_incomplete"
    BODY_TOO_LARGE = "body_too_large"
    BODY_TOO_SLOW = "body_too_slow"
    BROKEN_ENCODING = "broken_encoding"
    UNKNOWN_ENCODING = "unknown_encoding"
    TOO_MANY_PLAYS = "too_many_plays"
    KEY_MISSING = "key_missing"
    KEY_UNKNOWN = "key_unknown"
    RATE_LIMITED = "rate_limited"
    TOO_MANY_LISTENERS = "too_many_listeners"
    UNCONFIRMED = "unconfirmed"
    BUSY = "busy"
    NOT_READY = "not_ready"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BAD_REQUEST = "bad_request"
    INTERNAL_ERROR = "internal_error"


class FieldProblem(BaseModel):
    """One refused field."""

    field: str
    code: str
    message: str


class ProblemDocument(BaseModel):
    """The body of every answer that is an error."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] | None = None


class ProblemError(Exception):
    """A request that is answered with a problem document."""

    def __init__(
        self,
        status: HTTPStatus,
        code: ProblemCode,
        detail: str,
        *,
        refusals: list[Refusal] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.refusals = refusals
        self.headers = headers

    def to_document(self) -> ProblemDocument:
        """The document that the client reads."""
        return ProblemDocument(
            title=self.status.phrase,
            status=self.status,
            code=self.code,
            detail=self.detail,
            errors=None if self.refusals is None else name_fields(self.refusals),
        )

    def to_response(self) -> Response:
        """The document with its status, media type and headers."""
        body = self.to_document().model_dump_json(exclude_none=True)
        return Response(body, self.status, self.headers, MEDIA_TYPE)


def unconfirmed() -> ProblemError:
    """Kafka did not confirm in time; sending the same play again is safe."""
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        ProblemCode.UNCONFIRMED,
        "The play could not be confirmed as stored. Send it again unchanged.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def busy() -> ProblemError:
    """There is no memory for this body at the moment."""
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        ProblemCode.BUSY,
        "Too many large requests are under way. Send this one again later.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def name_fields(refusals: list[Refusal]) -> list[FieldProblem]:
    """Return the refused fields as clients read them."""
    return [FieldProblem(field=one.field, code=one.code, message=one.message) for one in refusals]
