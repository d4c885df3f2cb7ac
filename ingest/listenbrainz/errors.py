"""Errors in ListenBrainz's shape and with its statuses, which its clients read."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from pydantic import BaseModel
from starlette.responses import Response

from ingest.problems import FieldProblem, ProblemCode, ProblemError

PREFIX: Final = "/1/"
ROUTES: Final = ("submit-listens", "validate-token")
"""Also asked for without ``/1/`` in front, when a client was given the wrong base address."""
WRONG_BASE: Final = "Not Found. The routes of ListenBrainz's API are below /1/ here, such as /1/submit-listens."


class ListenBrainzError(BaseModel):
    """ListenBrainz's shape of an error; ``errors`` is an addition and names each refused field."""

    code: int
    error: str
    errors: list[FieldProblem] | None = None


def is_listenbrainz(path: str) -> bool:
    """Return whether a client of ListenBrainz asked for ``path``, also below a wrong base address."""
    return path.startswith(PREFIX) or path.endswith(ROUTES)


def answer_in_listenbrainz_shape(path: str, error: ProblemError) -> Response:
    """Return the response to a request that failed."""
    # ListenBrainz has no 422, and too many listens are a bad request there.
    is_bad = error.status is HTTPStatus.UNPROCESSABLE_ENTITY or error.code is ProblemCode.TOO_MANY_PLAYS
    status = HTTPStatus.BAD_REQUEST if is_bad else error.status
    missed = status is HTTPStatus.NOT_FOUND and not path.startswith(PREFIX)
    document = ListenBrainzError(
        code=status, error=WRONG_BASE if missed else error.detail, errors=error.to_document().errors
    )
    return Response(document.model_dump_json(exclude_none=True), status, error.headers, "application/json")
