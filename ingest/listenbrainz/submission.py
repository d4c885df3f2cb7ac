"""The body of ``submit-listens``, read as leniently as ListenBrainz reads it."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from http import HTTPStatus
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from ingest.plays.batch import refuse_envelope
from ingest.plays.refusals import Refusal, explain
from ingest.web.limits import MAXIMUM_BATCH_PLAYS, too_many
from ingest.web.problems import ProblemCode, ProblemError


class Submission(BaseModel):
    """The body of ``submit-listens``."""

    listen_type: Literal["single", "import", "playing_now"]
    payload: list[object] = Field(min_length=1, max_length=MAXIMUM_BATCH_PLAYS)


def read_submission(body: bytes) -> Submission:
    """The submission in a body; raises a problem for anything else."""
    try:
        # A byte order mark is how .NET begins a text, NUL bytes are how a program in C ends its buffer.
        submission = _parse(body.removeprefix(BOM_UTF8).rstrip(b"\0"))
    except ValidationError as error:
        if error.errors()[0]["type"] == "too_long":
            raise too_many() from error
        raise refuse_envelope(explain(error)) from error
    if submission.listen_type != "import" and len(submission.payload) > 1:
        raise bad_request(f"payload: {submission.listen_type} takes one listen")
    return submission


def _parse(body: bytes) -> Submission:
    """Return the submission. Half a surrogate pair, as JavaScript leaves it of a cut text, becomes a question mark."""
    try:
        return Submission.model_validate_json(body)
    except ValidationError as error:
        if error.errors()[0]["type"] != "json_invalid" or b"\\u" not in body:
            raise
        try:
            whole = json.dumps(json.loads(body), ensure_ascii=False).encode(errors="replace")
        except (ValueError, RecursionError):
            raise error from None
        return Submission.model_validate_json(whole)


def bad_request(detail: str, refused: list[Refusal] | None = None) -> ProblemError:
    """Return the error of a request that nothing is stored of."""
    return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.INVALID_BATCH, detail, refusals=refused)
