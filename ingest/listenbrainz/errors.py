"""Errors in ListenBrainz's shape and with its statuses, which its clients read."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import BaseModel
from starlette.responses import Response

from ingest.web.problems import FieldProblem, ProblemCode, ProblemError

PREFIX: Final = "/1/"
SUBMIT: Final = "/1/submit-listens"


class ListenBrainzError(BaseModel):
    """ListenBrainz's shape of an error; ``errors`` is an addition and names each refused field."""

    code: int
    error: str
    errors: list[FieldProblem] | None = None


def is_listenbrainz(path: str) -> bool:
    """Return whether a client of ListenBrainz asked for ``path``."""
    return f"{path}/".startswith(PREFIX)


def answer_in_listenbrainz_shape(path: str, error: ProblemError) -> Response:
    """Return the response to a request that failed."""
    status = _find_status(path, error)
    document = ListenBrainzError(code=status, error=error.detail, errors=error.to_document().errors)
    return Response(document.model_dump_json(exclude_none=True), status, error.headers, "application/json")


def _find_status(path: str, error: ProblemError) -> HTTPStatus:
    # ListenBrainz has no 422, and too many listens are a bad request there.
    if error.status is HTTPStatus.UNPROCESSABLE_ENTITY or error.code is ProblemCode.TOO_MANY_PLAYS:
        return HTTPStatus.BAD_REQUEST
    # After a 429 several clients drop the listens; after a 503 each of them keeps what it can keep.
    if error.code is ProblemCode.RATE_LIMITED and path == SUBMIT:
        return HTTPStatus.SERVICE_UNAVAILABLE
    return error.status
